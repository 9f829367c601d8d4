import { refuse } from '../../src/dialect';
import { readString, scanValue, SyntaxFault, type Span } from './go-scanner';

/**
 * Types of the members of the server's request structs. `uint or string` is the one place where the documented type
 * and the server's differ and both are taken (reference section 3, row 19).
 */
export type GoType =
  'string' | 'bool' | 'int' | 'int64' | 'uint' | 'uint or string' | 'map[string]interface {}';

interface GoValues {
  string: string;
  bool: boolean;
  int: number;
  int64: number;
  uint: number;
  'uint or string': number | string;
  'map[string]interface {}': Span;
}

/** A request struct: the name that Go's errors give it, and its members. */
export interface GoStruct<
  Members extends Readonly<Record<string, GoType>> = Readonly<Record<string, GoType>>,
> {
  name: string;
  members: Members;
}

/** What a body says: members that are absent or `null` are absent. Integers beyond 2^53 lose their last digits. */
export type Decoded<Struct extends GoStruct> = {
  -readonly [Member in keyof Struct['members']]?: GoValues[Struct['members'][Member]];
};

const kinds: Readonly<Record<string, string>> = {
  '"': 'string',
  '{': 'object',
  '[': 'array',
  t: 'bool',
  f: 'bool',
  n: 'null',
};
const ranges = {
  int: { least: -(2n ** 63n), most: 2n ** 63n - 1n },
  int64: { least: -(2n ** 63n), most: 2n ** 63n - 1n },
  uint: { least: 0n, most: 2n ** 64n - 1n },
} as const;

function kindOf(raw: Buffer, span: Span): string {
  return kinds[String.fromCharCode(raw[span.start] ?? 0)] ?? 'number';
}

/** Of the integers that Go's 64 bits hold, sign included. More digits than that are not worth the time to read them. */
const longestInteger = 20;

/** The integer of a number literal; undefined when Go's `ParseInt` or `ParseUint` would refuse it. */
function readInteger(literal: string, type: 'int' | 'int64' | 'uint'): number | undefined {
  if (
    literal.length > longestInteger ||
    !/^-?\d+$/.test(literal) ||
    (type === 'uint' && literal.startsWith('-'))
  )
    return undefined;
  const value = BigInt(literal);
  const range = ranges[type];
  return value < range.least || value > range.most ? undefined : Number(value);
}

const stringOrNumber = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g;

/** The first number within a scanned object that is too large for Go's `float64`. */
function findOverflow(text: string): string | undefined {
  const numbers = (text.match(stringOrNumber) ?? []).filter((token) => !token.startsWith('"'));
  return numbers.find((literal) => !Number.isFinite(Number(literal)));
}

/** A value of the wanted type, or what Go calls the unfitting one and the type that it did not fit. */
function readValue(
  raw: Buffer,
  span: Span,
  type: GoType,
): { value: unknown } | { unfit: string; wanted: string } {
  const kind = kindOf(raw, span);
  const text = () => raw.toString('latin1', span.start, span.end);
  if (kind === 'string' && (type === 'string' || type === 'uint or string'))
    return { value: readString(raw, span) };
  if (kind === 'bool' && type === 'bool') return { value: raw[span.start] === 0x74 };
  if (kind === 'object' && type === 'map[string]interface {}') {
    const overflow = findOverflow(text());
    return overflow === undefined ? { value: span } : { unfit: `number ${overflow}`, wanted: 'float64' };
  }
  const wanted = type === 'uint or string' ? 'uint' : type;
  if (kind !== 'number' || wanted === 'string' || wanted === 'bool' || wanted === 'map[string]interface {}')
    return { unfit: kind, wanted };
  const value = readInteger(text(), wanted);
  return value === undefined ? { unfit: `number ${text()}`, wanted } : { value };
}

/** Go finds members whatever their letters' case, and takes two signs outside ASCII for the letters they fold to. */
function foldName(name: string): string {
  return name
    .replace(/[A-Z]/g, (letter) => letter.toLowerCase())
    .replaceAll('\u017f', 's')
    .replaceAll('\u212a', 'k');
}

function decode<Struct extends GoStruct>(raw: Buffer, struct: Struct): Decoded<Struct> {
  const scanned = scanValue(raw);
  const kind = kindOf(raw, scanned.value);
  const decoded: Record<string, unknown> = {};
  if (kind === 'null') return decoded as Decoded<Struct>;
  if (kind !== 'object')
    throw new SyntaxFault(`json: cannot unmarshal ${kind} into Go value of type request.${struct.name}`);
  const folded = new Map(Object.keys(struct.members).map((member) => [foldName(member), member]));
  for (const { name, value } of scanned.members) {
    const written = readString(raw, name);
    const member = Object.hasOwn(struct.members, written) ? written : folded.get(foldName(written));
    const type = member === undefined ? undefined : struct.members[member];
    if (member === undefined || type === undefined || kindOf(raw, value) === 'null') continue;
    const outcome = readValue(raw, value, type);
    if ('unfit' in outcome) {
      const { unfit, wanted } = outcome;
      throw new SyntaxFault(
        `json: cannot unmarshal ${unfit} into Go struct field ${struct.name}.${member} of type ${wanted}`,
      );
    }
    decoded[member] = outcome.value;
  }
  return decoded as Decoded<Struct>;
}

/**
 * What the server's decoder makes of a body (reference 2.5). Syntax faults in the first value come before wrong types, of
 * which the first in the body's order counts; anything after the first value is ignored. Refuses with Go's own text.
 */
export function decodeStruct<Struct extends GoStruct>(raw: Buffer, struct: Struct): Decoded<Struct> {
  try {
    return decode(raw, struct);
  } catch (error) {
    if (error instanceof SyntaxFault) return refuse({ code: 'malformed_body', detail: error.message });
    throw error;
  }
}
