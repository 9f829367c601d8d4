import { parse } from 'shell-quote';
import { InputError } from './captured';

const ansiEscapes: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  v: '\v',
};

/** Bytes as the text that they are in UTF-8, or else in Latin-1, which some browsers mean. */
function decodeBytes(bytes: readonly number[]): string {
  const given = Buffer.from(bytes);
  const text = given.toString('utf8');
  return text.includes('\ufffd') ? given.toString('latin1') : text;
}

const escapes =
  /((?:\\x[\dA-Fa-f]{1,2}|\\[0-7]{1,3})+)|\\u([\dA-Fa-f]{1,4})|\\U([\dA-Fa-f]{1,8})|\\([\s\S])/g;

/** What `$'…'` says, as browsers write it where a plain quotation would not do. */
function decodeAnsi(text: string): string {
  return text.replace(escapes, (whole, bytes?: string, u?: string, long?: string, plain?: string) => {
    if (bytes !== undefined)
      return decodeBytes(
        (bytes.match(/x[\dA-Fa-f]{1,2}|[0-7]{1,3}/g) ?? []).map((byte) =>
          byte.startsWith('x') ? parseInt(byte.slice(1), 16) : parseInt(byte, 8) & 0xff,
        ),
      );
    const hex = u ?? long;
    if (hex === undefined) return ansiEscapes[plain ?? ''] ?? plain ?? '';
    const point = parseInt(hex, 16);
    if (point > 0x10ffff) throw new InputError(`${whole} is no character`);
    return String.fromCodePoint(point);
  });
}

const singleQuoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** `$(…)`, with one more pair of brackets in it, or the same between backticks. */
const substitution = String.raw`\$\((?:[^()]|\([^()]*\))*\)|${'`'}[^${'`'}]*${'`'}`;

/**
 * One stretch of a shell text: a comment, a quotation, what another command says, an escaped line end, an escaped character, a line end,
 * or anything else.
 */
const stretch = new RegExp(
  [
    String.raw`(?<=^|[\s;&|])(#[^\r\n]*)`,
    String.raw`\$'((?:[^'\\]|\\[\s\S])*)'`,
    String.raw`('[^']*')`,
    String.raw`("(?:[^"\\$${'`'}]|\\[\s\S]|${substitution}|\$(?!\())*")`,
    `(${substitution})`,
    String.raw`(\\\r?\n)`,
    String.raw`(\\[\s\S])`,
    String.raw`(\r?\n)`,
    String.raw`([^'"\\\r\n$${'`'}#]+|[\s\S])`,
  ].join('|'),
  'g',
);
const substitutions = new RegExp(String.raw`(\\[\s\S])|${substitution}`, 'g');

/** What another command says, as a variable with the command for its name. */
function asVariable(command: string): string {
  const name = command.replace(/^\$\(|^`|\)$|`$/g, '').replace(/["'`$\\{}\s]+/g, ' ');
  return `{{${name.trim()}}}`;
}

/** The text with everything that the splitter does not know in words that it does. */
function prepare(text: string): string {
  return text.replace(
    stretch,
    (
      whole: string,
      comment?: string,
      ansi?: string,
      _single?: string,
      double?: string,
      command?: string,
      joined?: string,
      _escaped?: string,
      lineEnd?: string,
      other?: string,
    ) => {
      if (comment !== undefined) return '';
      if (ansi !== undefined) return singleQuoted(decodeAnsi(ansi));
      if (double !== undefined)
        return double.replace(substitutions, (found, escaped?: string) => escaped ?? asVariable(found));
      if (command !== undefined) return singleQuoted(asVariable(command));
      if (joined !== undefined) return ' ';
      if (other === "'" || other === '"')
        throw new InputError(`a quotation that begins with ${other} has no end`);
      // A hash inside a word is a letter like others.
      if (other === '#') return '\\#';
      return lineEnd === undefined ? whole : ' ; ';
    },
  );
}

const ends = [';', '&&', '||', '|', '|&', '&', '(', ')'];
const redirections = ['>', '>>', '<', '>&', '<&', '<<<'];

/** One command of a shell text, and what of it could not be followed. */
export interface ShellCommand {
  words: string[];
  fault: string | undefined;
}

/**
 * The commands of a text for a POSIX shell. Shell variables and what other commands say are written as `{{NAME}}`. What stands behind a
 * redirection is no word.
 */
export function shellCommands(text: string): ShellCommand[] {
  const commands: ShellCommand[] = [];
  let current: ShellCommand = { words: [], fault: undefined };
  let skipped = false;
  for (const token of parse(prepare(text), (name) => `{{${name}}}`)) {
    if (typeof token === 'object' && 'comment' in token) break;
    if (typeof token === 'object' && token.op !== 'glob') {
      if (redirections.includes(token.op)) skipped = true;
      else if (ends.includes(token.op)) {
        commands.push(current);
        current = { words: [], fault: undefined };
        skipped = false;
      } else
        current.fault = `the shell sign ${token.op} is not understood here; put the data itself on the line`;
      continue;
    }
    const word = typeof token === 'string' ? token : token.pattern;
    if (!skipped) current.words.push(word);
    skipped = false;
  }
  return [...commands, current].filter(({ words }) => words.length > 0);
}
