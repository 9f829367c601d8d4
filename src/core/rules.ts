import { classifyIdentifier, isPhoneLike, parsePhone } from './identifiers';
import type { IdentifierKind, JsonObject } from './model';
import type { Chosen, IdentifierOrder, ProfileChanges } from './operations';
import { fail, type CheckedField, type FieldRule, type Problem } from './problems';
import type { ProfileValues } from './store/profile-update';
import { countCodePoints, foldKey, isStorable, isStorableJson } from './text';

/** The core's own limits, in code points: the union of what the dialects allow. */
const lengths = { username: 64, name: 64, bio: 1000, email: 254, avatar: 2048, locale: 35 };

/** In bytes of UTF-8, because that is what bcrypt, and with it every imported password, counts. */
const passwordBytes = { min: 6, max: 72 };

/** White space as Go's `strings.TrimSpace` sees it: unlike JavaScript's it has U+0085 and lacks U+FEFF. */
const edgeSpace =
  /^[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]|[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]$/u;

/** Control characters have no place in a one-line value that ends up in headers, mails and logs. */
// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const control = /[\u0000-\u001f\u007f]/;

const emailForm = /^[^\s@]+@[^\s@]+$/u;

/** A checked identifier: as the person wrote it, and the key under which it is compared. */
export interface Identifier {
  kind: IdentifierKind;
  shown: string;
  key: string;
}

type Checked = { identifier: Identifier } | { refused: FieldRule };

function checkUsername(value: string): Checked {
  const key = foldKey(value);
  if (value === '') return { refused: 'missing' };
  if (!isStorable(value) || control.test(value) || edgeSpace.test(value)) return { refused: 'format' };
  if (countCodePoints(value) > lengths.username) return { refused: 'length' };
  // Folding may widen a value: a ligature becomes several letters.
  if (countCodePoints(key) > lengths.username * 4) return { refused: 'length' };
  if (key.includes('@') || isPhoneLike(key)) return { refused: 'reserved' };
  return { identifier: { kind: 'username', shown: value, key } };
}

function checkEmail(value: string): Checked {
  if (value === '') return { refused: 'missing' };
  if (!isStorable(value) || control.test(value) || !emailForm.test(value)) return { refused: 'format' };
  if (countCodePoints(value) > lengths.email) return { refused: 'length' };
  return { identifier: { kind: 'email', shown: value, key: foldKey(value) } };
}

function checkPhone(value: string, region: string): Checked {
  if (value === '') return { refused: 'missing' };
  const e164 = parsePhone(value, region);
  return e164 === undefined
    ? { refused: 'format' }
    : { identifier: { kind: 'phone', shown: e164, key: e164 } };
}

/** What `chosen` is as an identifier of this kind, or which rule refuses it. */
export function checkIdentifier(kind: IdentifierKind, chosen: Chosen, region: string): Checked {
  if (typeof chosen !== 'string') return chosen;
  if (kind === 'username') return checkUsername(chosen);
  return kind === 'email' ? checkEmail(chosen) : checkPhone(chosen, region);
}

function checkText(field: CheckedField, value: string, limit: number): string {
  if (!isStorable(value)) fail({ code: 'invalid_field', field, rule: 'format' });
  if (countCodePoints(value) > limit) fail({ code: 'invalid_field', field, rule: 'length' });
  return value;
}

/** The edited fields that are no identifiers, checked. Fails with `invalid_field`. */
export function checkProfileText(changes: ProfileChanges): ProfileValues {
  const values: ProfileValues = {};
  for (const field of ['nickname', 'realName', 'firstName', 'lastName'] as const) {
    const value = changes[field];
    if (value !== undefined) values[field] = checkText(field, value, lengths.name);
  }
  if (changes.bio !== undefined) values.bio = checkText('bio', changes.bio, lengths.bio);
  if (changes.avatar !== undefined) values.avatar = checkText('avatar', changes.avatar, lengths.avatar);
  if (changes.locale !== undefined) values.locale = checkText('locale', changes.locale, lengths.locale);
  if (changes.gender !== undefined) values.gender = changes.gender;
  return values;
}

/** Refuses data of a dialect's own that cannot be stored. */
export function checkRecord(data: JsonObject): JsonObject {
  if (!isStorableJson(data)) fail({ code: 'invalid_field', field: 'record', rule: 'format' });
  return data;
}

/** The order in which identifiers are named when the dialect asks for none. */
export const defaultIdentifierOrder: IdentifierOrder = ['username', 'email', 'phone'];

/** What is wrong with a password that nobody may choose; null when it may. A dialect's narrower rule comes before this one. */
export function newPasswordProblem(password: string): Problem | null {
  if (!isStorable(password) || edgeSpace.test(password)) {
    return { code: 'invalid_field', field: 'password', rule: 'format' };
  }
  const bytes = Buffer.byteLength(password, 'utf8');
  const fits = bytes >= passwordBytes.min && bytes <= passwordBytes.max;
  return fits ? null : { code: 'invalid_field', field: 'password', rule: 'length' };
}

/** The password, or its problem. */
export function checkNewPassword(password: string): string {
  const problem = newPasswordProblem(password);
  return problem === null ? password : fail(problem);
}

/** Which identifier a typed text is, and its key; undefined when nobody can have it. A phone number is one of `region`. */
export function readTypedIdentifier(
  typed: string,
  region: string,
): { kind: IdentifierKind; key: string | undefined } {
  if (!isStorable(typed)) return { kind: 'username', key: undefined };
  const kind = classifyIdentifier(typed);
  return { kind, key: kind === 'phone' ? parsePhone(typed, region) : foldKey(typed) };
}

/** However an identifier is spelled, its failures count together, whether it names somebody or nobody. */
export function spellingKey(typed: string, region: string): string {
  const { kind, key } = readTypedIdentifier(typed, region);
  return key ?? (kind === 'phone' ? typed.normalize('NFKC').replace(/\D/g, '') : foldKey(typed));
}
