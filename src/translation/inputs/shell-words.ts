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

/** What `$'…'` says, as browsers write it where a plain quotation would not do. */
function decodeAnsi(text: string): string {
  return text.replace(
    /\\(?:u([\dA-Fa-f]{1,4})|U([\dA-Fa-f]{1,8})|x([\dA-Fa-f]{1,2})|([0-7]{1,3})|([\s\S]))/g,
    (_, u?: string, long?: string, x?: string, octal?: string, plain?: string) => {
      const hex = u ?? long ?? x;
      if (hex !== undefined) return String.fromCodePoint(parseInt(hex, 16));
      if (octal !== undefined) return String.fromCharCode(parseInt(octal, 8));
      return ansiEscapes[plain ?? ''] ?? plain ?? '';
    },
  );
}

const singleQuoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** One stretch of a shell text: a quotation, an escaped line end, an escaped character, a line end, or anything else. */
const stretch =
  /\$'((?:[^'\\]|\\[\s\S])*)'|('[^']*')|("(?:[^"\\]|\\[\s\S])*")|(\\\r?\n)|(\\[\s\S])|(\r?\n)|([^'"\\\r\n$]+|[\s\S])/g;

/** The text with everything that the splitter does not know in words that it does. */
function prepare(text: string): string {
  return text.replace(
    stretch,
    (
      whole,
      ansi?: string,
      _single?: string,
      _double?: string,
      joined?: string,
      _escaped?: string,
      lineEnd?: string,
    ) => {
      if (ansi !== undefined) return singleQuoted(decodeAnsi(ansi));
      if (joined !== undefined) return ' ';
      return lineEnd === undefined ? whole : ' ; ';
    },
  );
}

const ends = [';', '&&', '||', '|', '|&', '&'];
const redirections = ['>', '>>', '<', '>&', '<<<'];

/**
 * The words of every command of a shell text. Shell variables are written as `{{NAME}}`. What stands behind a redirection
 * is no word.
 */
export function shellCommands(text: string): string[][] {
  const commands: string[][] = [];
  let words: string[] = [];
  let skipped = false;
  for (const token of parse(prepare(text), (name) => `{{${name}}}`)) {
    if (typeof token === 'object' && 'comment' in token) break;
    if (typeof token === 'object' && token.op !== 'glob') {
      if (redirections.includes(token.op)) skipped = true;
      else if (ends.includes(token.op)) {
        commands.push(words);
        words = [];
      } else throw new InputError(`the shell sign ${token.op} must be quoted`);
      continue;
    }
    const word = typeof token === 'string' ? token : token.pattern;
    if (!skipped) words.push(word);
    skipped = false;
  }
  return [...commands, words].filter((command) => command.length > 0);
}
