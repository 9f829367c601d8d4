import type { Answer, RunFacts } from '../contract';
import { isCompared, readCookie } from './compared-headers';
import { readJwt } from './jwt';
import type { Received } from './message';
import { isSecretMember, redactWith, spellingsOf, type Redact } from './redact';
import type { Stage } from './stage';
import type { Subject } from './subject';
import { quotePattern } from './pattern';
import { isMap } from './pointer';

/** What stands behind a reference name: a value that another server, or another moment, has another of. */
export interface Reference {
  type: 'string' | 'number';
  /** The names under which the run knew the value beforehand, such as `<id>`. */
  names?: readonly string[];
  /** The placeholder that the contract has at its place. */
  placeholder?: string;
  /** `time`: a moment. `token`: random, by its form. `value`: anything else that the contract lets differ. */
  form: 'named' | 'time' | 'token' | 'value';
  /** Of a time: seconds from the answer to it. */
  fromAnswer?: number;
  /** Of a JWT: what it says, by reference. */
  jwt?: { header: unknown; claims: unknown };
  /** The value itself, where it is a number or a time, which are no secrets. */
  was?: number | string;
}

/** One side's answer to a case, in which every value that may differ is a reference name, `<#1>` and so on. */
export interface Referenced {
  status: number;
  /** Those that are compared. */
  headers: Readonly<Record<string, string>>;
  cookies: Readonly<Record<string, { value: string; attributes: Readonly<Record<string, string | true>> }>>;
  body: unknown;
  references: Readonly<Record<string, Reference>>;
  /** The names of all that the run knew, whether it stood in the answer or not. */
  knows: readonly string[];
}

/** A referenced answer with the values themselves, which are for the present run only. */
export interface Observed extends Referenced {
  values: ReadonlyMap<string, unknown>;
}

const day = 86_400;
/** How far from the answer a number or text is still taken for a moment of it. */
const nearbyDays = 370;

const jwtForm = /^eyJ[\w-]+\.[\w-]+\.[\w-]+$/;
const uuidForm = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;
const hexForm = /^[\da-f]{32,}$/i;
const isoForm = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)$/;

/** Seconds since 1970 of what is written as a moment; undefined for what is not. */
function secondsOf(value: string | number): number | undefined {
  if (typeof value === 'string') {
    const seconds = isoForm.test(value) ? Date.parse(value) / 1000 : Number.NaN;
    return Number.isNaN(seconds) ? undefined : seconds;
  }
  if (value >= 1e12 && value < 4.2e12) return value / 1000;
  return value >= 1e9 && value < 4.2e9 ? value : undefined;
}

/** How many characters a known text has at least, to be found without a placeholder that says that it stands there. */
const shortestKnown = 3;
/** How large a known number is at least, for the same. */
const smallestKnown = 1_000;

interface Context {
  subject: Pick<Subject, 'contract' | 'declaration'>;
  facts: RunFacts;
  origins: readonly string[];
  names: ReadonlyMap<string, readonly string[]>;
  /** Known texts inside others, the longest first. */
  inside: readonly (readonly [RegExp, string])[];
  answeredAt: number;
  redact: Redact;
}

function namesByValue(known: Stage['known']): Map<string, string[]> {
  const names = new Map<string, string[]>();
  for (const [name, value] of Object.entries(known)) {
    if (value !== '') names.set(value, [...(names.get(value) ?? []), name]);
  }
  return names;
}

function insideOf(names: ReadonlyMap<string, readonly string[]>): [RegExp, string][] {
  return [...names]
    .filter(([value]) => value.length >= shortestKnown)
    .sort(([one], [other]) => other.length - one.length)
    .flatMap(([value, [name = '']]) => {
      // A short number in a text may be any; in a URL it is meant.
      const before = /^\d{1,8}$/.test(value) ? '(?<=[/=])' : '(?<![\\p{L}\\p{N}])';
      return spellingsOf(value).map((spelled): [RegExp, string] => [
        new RegExp(`${before}${quotePattern(spelled)}(?![\\p{L}\\p{N}])`, 'gu'),
        name,
      ]);
    });
}

/** Whether a text is a random token of this wire, or one of the usual forms of such. */
function isToken({ declaration }: Context['subject'], text: string): boolean {
  if (jwtForm.test(text) || uuidForm.test(text) || hexForm.test(text)) return true;
  const { format } = declaration.accessToken;
  return (
    format.kind === 'opaque' &&
    text.length === format.length &&
    Array.from(text).every((letter) => format.alphabet.includes(letter))
  );
}

/** Where a scalar stands: what the contract has there, and the name of the member. */
interface Place {
  promised: unknown;
  member?: string;
}

/** What of a scalar is not the same elsewhere; undefined when all of it is. */
function referenceTo(
  value: string | number,
  { promised, member }: Place,
  context: Context,
): Reference | undefined {
  const type = typeof value as Reference['type'];
  const { contract } = context.subject;
  const kind =
    typeof promised === 'string' && Object.hasOwn(contract.placeholders, promised)
      ? contract.placeholders[promised]
      : undefined;
  const placeholder = typeof promised === 'string' && /^<[a-z_ ]+>$/.test(promised) ? promised : undefined;
  const at = placeholder === undefined ? {} : { placeholder };
  const seconds = secondsOf(value);

  const isRandom = typeof value === 'string' && isToken(context.subject, value);
  // Two tokens of the same second may be one: that an answer's is one of before is a coincidence.
  const names = isRandom
    ? undefined
    : context.names.get(String(value))?.filter((name) => name.startsWith('<'));
  const isPlain = typeof value === 'string' ? value.length < shortestKnown : value < smallestKnown;
  if (names !== undefined && names.length > 0 && (placeholder !== undefined || !isPlain)) {
    return { type, names, ...at, form: 'named', ...(type === 'number' && { was: value }) };
  }
  const time =
    seconds === undefined
      ? undefined
      : ({ form: 'time', fromAnswer: Math.round(seconds - context.answeredAt), was: value } as const);
  if (kind?.(value, context.facts) === true)
    return { type, ...at, ...(time ?? { form: 'value', ...(type === 'number' && { was: value }) }) };
  if (time !== undefined && Math.abs(time.fromAnswer) < nearbyDays * day) return { type, ...time };
  if (typeof value !== 'string') return undefined;
  return isRandom || isSecretMember(member ?? '', value) ? { type, form: 'token' } : undefined;
}

/** A text without what is peculiar to the server or the run: its origin, known values inside it, and secrets. */
function generalise(text: string, { origins, inside, redact }: Context): string {
  const placed = origins.reduce((result, origin) => result.replaceAll(origin, '<origin>'), text);
  return redact.text(inside.reduce((result, [value, name]) => result.replace(value, () => name), placed));
}

/** Puts reference names in the places of values, the same name wherever the same value stands. */
function createNaming(context: Context) {
  const references: Record<string, Reference> = {};
  const values = new Map<string, unknown>();
  const byValue = new Map<string, string>();

  function nameOf(value: string | number, reference: Reference): string {
    const key = `${typeof value} ${reference.form} ${reference.placeholder ?? ''} ${value}`;
    // The same moment in two places is a coincidence.
    const given = reference.form === 'time' ? undefined : byValue.get(key);
    if (given !== undefined) return given;
    const name = `<#${values.size + 1}>`;
    byValue.set(key, name);
    values.set(name, value);
    references[name] = reference;
    return name;
  }

  /** Nobody can tell from its form whether a cookie is a session's, so that each is taken for one; an empty one is none. */
  function cookie(value: string): string {
    return value === '' ? value : nameOf(value, { type: 'string', form: 'token' });
  }

  function scalar(value: string | number, place: Place): string | number {
    if (value === '') return value;
    const reference = referenceTo(value, place, context);
    if (reference !== undefined) return nameOf(value, reference);
    // Somebody who is here in the place of a person of the contract goes by that person's values.
    const literal = context.names.get(String(value))?.find((name) => !name.startsWith('<'));
    if (typeof value === 'number') return literal === undefined ? value : Number(literal);
    return literal ?? generalise(value, context);
  }

  function tree(value: unknown, place: Place): unknown {
    const { promised } = place;
    if (typeof value === 'string' || typeof value === 'number') return scalar(value, place);
    if (Array.isArray(value)) {
      const items = Array.isArray(promised) ? (promised as unknown[]) : [];
      return value.map((item, index) => tree(item, { promised: items[index] }));
    }
    if (!isMap(value)) return value;
    const members = isMap(promised) ? promised : {};
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [
        name,
        tree(inner, { promised: Object.hasOwn(members, name) ? members[name] : undefined, member: name }),
      ]),
    );
  }

  /** A claim goes by the name that its value has in the answer. Some wires write a moment as a text of seconds there. */
  function claim(member: string, value: unknown): unknown {
    if (typeof value !== 'string' && typeof value !== 'number') return tree(value, { promised: undefined });
    const known = [...values].find(([, other]) => String(other) === String(value))?.[0];
    const reference = known === undefined ? undefined : references[known];
    if (known !== undefined && reference !== undefined && reference.form !== 'time')
      return reference.type === typeof value
        ? known
        : nameOf(value, { ...reference, type: typeof value as Reference['type'] });
    const isMoment = typeof value === 'string' && /^[1-3]\d{9}$/.test(value);
    return scalar(isMoment ? new Date(Number(value) * 1000).toISOString() : value, {
      promised: undefined,
      member,
    });
  }

  /** Once all is named: what the tokens among the values say. */
  function describeTokens(): void {
    for (const [name, value] of [...values]) {
      const reference = references[name];
      const jwt = typeof value === 'string' ? readJwt(value) : undefined;
      if (jwt === undefined || reference === undefined) continue;
      const claims = Object.entries(jwt.claims).map(([key, inner]) => [key, claim(key, inner)]);
      references[name] = { ...reference, jwt: { header: jwt.header, claims: Object.fromEntries(claims) } };
    }
  }

  return { references, values, scalar, tree, cookie, describeTokens };
}

/** `application/json;charset=UTF-8` and `application/json; charset=utf-8` are one type. */
function plainType(type: string): string {
  return type.toLowerCase().replace(/\s*;\s*/g, '; ');
}

/** What a run knows when an answer arrives. */
export interface Arrival {
  stage: Pick<Stage, 'known' | 'facts'>;
  /** Where the wires are served. */
  baseUrl: string;
  /** Milliseconds since 1970. */
  at: number;
}

/** An answer of one side, by reference. `promised`: what the contract has at its places. */
export function observe(
  subject: Pick<Subject, 'contract' | 'declaration'>,
  promised: Answer,
  received: Received,
  { stage, baseUrl, at }: Arrival,
): Observed {
  const names = namesByValue(stage.known);
  const context: Context = {
    subject,
    facts: stage.facts,
    origins: [...new Set([stage.facts.publicUrl, baseUrl].filter((url) => url !== ''))],
    names,
    inside: insideOf(names),
    answeredAt: at / 1000,
    redact: redactWith(subject, stage.known),
  };
  const naming = createNaming(context);
  // The body comes first: what it names, headers and cookies only repeat.
  const body = naming.tree(received.body, { promised: promised.body });
  const headers = Object.entries(received.headers)
    .filter(([name]) => isCompared(name))
    .map(([name, line]) => [
      name,
      name === 'content-type'
        ? plainType(line)
        : String(naming.scalar(line, { promised: promised.headers?.[name], member: name })),
    ]);
  const cookies = received.cookies
    .map(readCookie)
    .map(({ name, value, attributes }) => [name, { value: naming.cookie(value), attributes }]);
  naming.describeTokens();
  return {
    status: received.status,
    headers: Object.fromEntries(headers) as Record<string, string>,
    cookies: Object.fromEntries(cookies) as Referenced['cookies'],
    body,
    references: naming.references,
    knows: Object.keys(stage.known).filter((name) => name.startsWith('<')),
    values: naming.values,
  };
}
