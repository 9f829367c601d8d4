import type { RunFacts } from '../contract';
import { quotePattern } from './pattern';
import { isSecretMember, redactWith, spellingsOf, type Redact } from './redact';
import type { Stage } from './stage';
import type { Subject } from './subject';

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

/** What is known when an answer is looked at. */
export interface Context {
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

/** What a run knows when an answer arrives. */
export interface Arrival {
  stage: Pick<Stage, 'known' | 'facts'>;
  /** Where the wires are served. */
  baseUrl: string;
  /** Milliseconds since 1970. */
  at: number;
}

export function contextOf(subject: Context['subject'], { stage, baseUrl, at }: Arrival): Context {
  const names = namesByValue(stage.known);
  return {
    subject,
    facts: stage.facts,
    origins: [...new Set([stage.facts.publicUrl, baseUrl].filter((url) => url !== ''))],
    names,
    inside: insideOf(names),
    answeredAt: at / 1000,
    redact: redactWith(subject, stage.known),
  };
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
export interface Place {
  promised: unknown;
  member?: string;
}

/** What of a scalar is not the same elsewhere; undefined when all of it is. */
export function referenceTo(
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
export function generalise(text: string, { origins, inside, redact }: Context): string {
  const placed = origins.reduce((result, origin) => result.replaceAll(origin, '<origin>'), text);
  return redact.text(inside.reduce((result, [value, name]) => result.replace(value, () => name), placed));
}
