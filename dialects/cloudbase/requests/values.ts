import Joi from 'joi';
import { countCodePoints, parsePhone, splitPhone } from '../../../src/core';
import { refuse, type MemberRule } from '../../../src/dialect';
import { readPhone, type EditableMembers } from '../vocabulary';

type Check = (value: string) => MemberRule | undefined;

const lengthOf =
  (least: number, most: number): Check =>
  (value) => {
    const length = countCodePoints(value);
    return length < least || length > most ? 'length' : undefined;
  };

const formOf =
  (pattern: RegExp, rule: MemberRule = 'format'): Check =>
  (value) =>
    pattern.test(value) ? undefined : rule;

const emailForm = Joi.string().email({ tlds: false, minDomainSegments: 1, ignoreLength: true });

/**
 * The limits of a value that is chosen through this door, in the order in which a broken one is named; reference 8 and
 * 13. The limits of the core come on top.
 */
const limits: readonly [keyof EditableMembers, Check][] = [
  ['nickname', lengthOf(2, 48)],
  ['username', lengthOf(2, 48)],
  ['username', formOf(/^[A-Za-z0-9][A-Za-z0-9\-_.:+ ]*(?<! )$/, 'charset')],
  ['phone', (value) => (isSpelledPhone(value) ? undefined : 'format')],
  ['avatar_url', lengthOf(0, 2048)],
  ['avatar_url', (value) => (value === '' || isWebAddress(value) ? undefined : 'format')],
  ['gender', formOf(/^(MALE|FEMALE)?$/)],
  ['email', lengthOf(1, 254)],
  ['email', (value) => (emailForm.validate(value).error === undefined ? undefined : 'format')],
];

/** `+86 13000000000`. The digits before the space are the whole country code: `+8 613…` is nobody's number. */
export function isSpelledPhone(value: string): boolean {
  if (!/^\+\d{1,3}\s+\d+$/.test(value)) return false;
  // The region counts only for numbers without a plus sign.
  const number = parsePhone(readPhone(value), 'CN');
  return number !== undefined && value.split(/\s/)[0] === `+${splitPhone(number).countryCode}`;
}

export function isWebAddress(value: string): boolean {
  return /^https?:\/\/[^\s\p{Cc}/?#][^\s\p{Cc}]*$/iu.test(value) && URL.canParse(value);
}

/**
 * Refuses the first value that breaks a limit. A caller's own unchanged values pass. `names`: what the call calls a
 * value, where that is not what `basic/edit` does.
 */
export function checkValues(
  wanted: EditableMembers,
  options: { own?: EditableMembers; names?: Readonly<Partial<Record<keyof EditableMembers, string>>> } = {},
): void {
  const { own = {}, names = {} } = options;
  for (const [member, check] of limits) {
    const value = wanted[member];
    if (value === undefined || value === own[member]) continue;
    const rule = check(value);
    if (rule !== undefined) refuse({ code: 'invalid_member', member: names[member] ?? member, rule });
  }
}

/** What calls other than `basic/edit` call the editable values; reference 7. */
export const profileNames = {
  nickname: 'name',
  phone: 'phone_number',
  description: 'user_desc',
  avatar_url: 'picture',
} as const;
