import { isUtf8 } from 'node:buffer';

/** A stretch of bytes, `end` excluded. */
export interface Span {
  start: number;
  end: number;
}

/** The first JSON value of a body. `members` are those of an object, in the body's order; names still quoted. */
export interface ScannedValue {
  value: Span;
  members: readonly { name: Span; value: Span }[];
}

/** Bytes that are no JSON; the message is the text that Go's `encoding/json` gives for them (reference 2.5). */
export class SyntaxFault extends Error {}

const maxDepth = 10_000;
const literals: Readonly<Record<string, string>> = { t: 'true', f: 'false', n: 'null' };
const shortEscapes: Readonly<Record<string, string>> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\\': '\\\\',
  "'": "\\'",
};

/** A byte as Go quotes it: read as Latin-1, with Go's escapes for what cannot be printed. */
function quoteByte(byte: number): string {
  const character = String.fromCharCode(byte);
  const short = shortEscapes[character];
  if (short !== undefined) return `'${short}'`;
  if (byte < 0x20 || byte === 0x7f) return `'\\x${byte.toString(16).padStart(2, '0')}'`;
  if ((byte >= 0x80 && byte <= 0xa0) || byte === 0xad) return `'\\u00${byte.toString(16)}'`;
  return `'${character}'`;
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}

function isHexDigit(byte: number): boolean {
  return isDigit(byte) || (byte >= 0x41 && byte <= 0x46) || (byte >= 0x61 && byte <= 0x66);
}

/** The byte at `at`; the end of the body inside a value is Go's `unexpected EOF`. */
function byteAt(raw: Buffer, at: number): number {
  const byte = raw[at];
  if (byte === undefined) throw new SyntaxFault('unexpected EOF');
  return byte;
}

function fault(byte: number, context: string): never {
  throw new SyntaxFault(`invalid character ${quoteByte(byte)} ${context}`);
}

/** `start` is at the opening quote; the answer is behind the closing one. */
function skipString(raw: Buffer, start: number): number {
  for (let at = start + 1; ; at += 1) {
    const byte = byteAt(raw, at);
    if (byte === 0x22) return at + 1;
    if (byte < 0x20) fault(byte, 'in string literal');
    if (byte !== 0x5c) continue;
    at += 1;
    const escaped = byteAt(raw, at);
    if (escaped === 0x75) {
      for (let left = 4; left > 0; left -= 1) {
        at += 1;
        const digit = byteAt(raw, at);
        if (!isHexDigit(digit)) fault(digit, 'in \\u hexadecimal character escape');
      }
    } else if (!'bfnrt\\/"'.includes(String.fromCharCode(escaped))) {
      fault(escaped, 'in string escape code');
    }
  }
}

function skipDigits(raw: Buffer, start: number, context: string): number {
  const first = byteAt(raw, start);
  if (!isDigit(first)) fault(first, context);
  let at = start + 1;
  while (isDigit(raw[at])) at += 1;
  return at;
}

function skipNumber(raw: Buffer, start: number): number {
  let at = raw[start] === 0x2d ? start + 1 : start;
  at = raw[at] === 0x30 ? at + 1 : skipDigits(raw, at, 'in numeric literal');
  if (raw[at] === 0x2e) at = skipDigits(raw, at + 1, 'after decimal point in numeric literal');
  if (raw[at] === 0x65 || raw[at] === 0x45) {
    at += 1;
    if (raw[at] === 0x2b || raw[at] === 0x2d) at += 1;
    at = skipDigits(raw, at, 'in exponent of numeric literal');
  }
  return at;
}

function skipScalar(raw: Buffer, start: number): number {
  const byte = byteAt(raw, start);
  if (byte === 0x22) return skipString(raw, start);
  if (byte === 0x2d || isDigit(byte)) return skipNumber(raw, start);
  const literal = literals[String.fromCharCode(byte)];
  if (literal === undefined) return fault(byte, 'looking for beginning of value');
  for (let index = 1; index < literal.length; index += 1) {
    const next = byteAt(raw, start + index);
    if (next !== literal.charCodeAt(index))
      fault(next, `in literal ${literal} (expecting '${literal.charAt(index)}')`);
  }
  return start + literal.length;
}

/**
 * Finds the first JSON value of `raw` the way Go's streaming decoder does: what follows it is never looked at. A loop,
 * not a recursion, because Go allows 10,000 levels. Throws `SyntaxFault`.
 */
export function scanValue(raw: Buffer): ScannedValue {
  const members: { name: Span; value: Span }[] = [];
  const closers: (0x7d | 0x5d)[] = [];
  let expecting: 'value' | 'value or end' | 'name' | 'name or end' | 'colon' | 'comma or end' = 'value';
  let name: Span = { start: 0, end: 0 };
  let valueStart = 0;
  let at = 0;
  while (isSpace(raw[at])) at += 1;
  if (at === raw.length) throw new SyntaxFault('EOF');
  const start = at;

  for (;;) {
    while (isSpace(raw[at])) at += 1;
    const byte = byteAt(raw, at);
    const closer = closers.at(-1);
    let complete = false;
    if (
      byte === closer &&
      (expecting === 'comma or end' || expecting === 'value or end' || expecting === 'name or end')
    ) {
      closers.pop();
      at += 1;
      complete = true;
    } else if (expecting === 'comma or end') {
      if (byte !== 0x2c) fault(byte, closer === 0x7d ? 'after object key:value pair' : 'after array element');
      expecting = closer === 0x7d ? 'name' : 'value';
      at += 1;
    } else if (expecting === 'colon') {
      if (byte !== 0x3a) fault(byte, 'after object key');
      expecting = 'value';
      at += 1;
    } else if (expecting === 'name' || expecting === 'name or end') {
      if (byte !== 0x22) fault(byte, 'looking for beginning of object key string');
      const end = skipString(raw, at);
      if (closers.length === 1) name = { start: at, end };
      expecting = 'colon';
      at = end;
    } else {
      if (closers.length === 1) valueStart = at;
      if (byte === 0x7b || byte === 0x5b) {
        closers.push(byte === 0x7b ? 0x7d : 0x5d);
        if (closers.length > maxDepth) fault(byte, 'exceeded max depth');
        expecting = byte === 0x7b ? 'name or end' : 'value or end';
        at += 1;
      } else {
        at = skipScalar(raw, at);
        complete = true;
      }
    }
    if (!complete) continue;
    if (closers.length === 0) return { value: { start, end: at }, members };
    if (closers.length === 1 && closers[0] === 0x7d)
      members.push({ name, value: { start: valueStart, end: at } });
    expecting = 'comma or end';
  }
}

/** UTF-8 as Go reads it: every byte that begins no character is one U+FFFD of its own. */
function readUtf8(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString('utf8');
  let text = '';
  for (let at = 0; at < bytes.length;) {
    const lead = bytes[at] ?? 0;
    const length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    const character = bytes.subarray(at, at + length);
    const whole = character.length === length && isUtf8(character);
    text += whole ? character.toString('utf8') : '\ufffd';
    at += whole ? length : 1;
  }
  return text;
}

/** The text of a scanned string, its quotes included in `span`. Half a surrogate pair becomes U+FFFD. */
export function readString(raw: Buffer, span: Span): string {
  const text = readUtf8(raw.subarray(span.start + 1, span.end - 1));
  if (!text.includes('\\')) return text;
  const plain: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };
  return text
    .replace(/\\(?:u([0-9a-fA-F]{4})|(.))/g, (_, unit: string | undefined, escaped: string) =>
      unit === undefined ? (plain[escaped] ?? escaped) : String.fromCharCode(Number.parseInt(unit, 16)),
    )
    .toWellFormed();
}
