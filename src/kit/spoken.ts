import type { Difference } from './compare';
import type { Redact } from './redact';
import type { Reference } from './recognise';
import type { Referenced } from './references';
import type { ShownAnswer } from './result';
import { isMap } from './pointer';

/** The values behind reference names, as far as this run has them. */
export interface Spoken {
  answer: Referenced;
  values?: ReadonlyMap<string, unknown>;
  redact?: Redact;
}

/** What a reference is called where nothing is wrong with it. */
function plainName({ names = [], placeholder, form }: Reference): string {
  if (placeholder !== undefined) return placeholder;
  if (form === 'time') return '<a time>';
  return form === 'token' ? '<a token>' : (names[0] ?? '<a value>');
}

/** What a reference is called where it differs: its value where anybody may read it. */
function oddName(name: string, reference: Reference, { values, redact }: Spoken): unknown {
  if (reference.was !== undefined) return reference.was;
  const value = values?.get(name);
  const isSecret = reference.form === 'token' || value === undefined || redact === undefined;
  const shown = isSecret ? plainName(reference) : redact.value(value);
  // Two secrets are shown apart by their numbers.
  return typeof shown === 'string' && /^<.*>$/.test(shown) ? `${shown.slice(0, -1)} ${name.slice(1)}` : shown;
}

/** A value with words in the place of reference names; those among `odd` as what they are. */
function speak(value: unknown, side: Spoken, odd: ReadonlySet<string>): unknown {
  if (typeof value === 'string') {
    const { references } = side.answer;
    const reference = Object.hasOwn(references, value) ? references[value] : undefined;
    if (reference === undefined) return value;
    return odd.has(value) ? oddName(value, reference, side) : plainName(reference);
  }
  if (Array.isArray(value)) return value.map((inner) => speak(inner, side, odd));
  if (!isMap(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, speak(inner, side, odd)]));
}

/** An answer as a report shows it. */
function show(side: Spoken, odd: ReadonlySet<string>): ShownAnswer {
  const { status, headers, cookies, body } = side.answer;
  const lines = Object.entries(cookies).map(([name, { value, attributes }]) => {
    const parts = Object.entries(attributes).map(([key, setting]) =>
      setting === true ? key : `${key}=${setting}`,
    );
    return [`${name}=${String(speak(value, side, odd))}`, ...parts].join('; ');
  });
  const spoken = speak(headers, side, odd) as Record<string, unknown>;
  const texts = Object.entries(spoken).map(([name, line]) => [name, String(line)]);
  return {
    status,
    headers: {
      ...(Object.fromEntries(texts) as Record<string, string>),
      ...(lines.length > 0 && { 'set-cookie': lines.join(', ') }),
    },
    body: speak(body, side, odd),
  };
}

/** Two answers and their differences in words that give nothing away. */
export function speakBoth(
  left: Spoken,
  right: Spoken,
  differences: readonly Difference[],
): { expected: ShownAnswer; received: ShownAnswer; differences: Difference[] } {
  const namesIn = (value: unknown): string[] =>
    typeof value === 'string'
      ? [value]
      : value instanceof Object
        ? Object.values(value).flatMap(namesIn)
        : [];
  const oddLeft = new Set(differences.flatMap(({ expected }) => namesIn(expected)));
  const oddRight = new Set(differences.flatMap(({ received }) => namesIn(received)));
  return {
    expected: show(left, oddLeft),
    received: show(right, oddRight),
    differences: differences.map(({ at, kind, expected, received }) => ({
      at,
      kind,
      ...(expected !== undefined && { expected: speak(expected, left, oddLeft) }),
      ...(received !== undefined && { received: speak(received, right, oddRight) }),
    })),
  };
}
