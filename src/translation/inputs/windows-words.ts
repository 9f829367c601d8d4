import { InputError } from './captured';
import type { ShellCommand } from './shell-words';

/** A text that is taken in turn, piece by piece. */
function take(text: string, rules: readonly (readonly [RegExp, (found: RegExpExecArray) => void])[]): void {
  let at = 0;
  while (at < text.length) {
    const start = at;
    for (const [form, act] of rules) {
      form.lastIndex = at;
      const found = form.exec(text);
      if (found === null || found[0] === '') continue;
      act(found);
      at = form.lastIndex;
      break;
    }
    if (at === start) throw new InputError(`a quotation that begins with ${text.charAt(at)} has no end`);
  }
}

/** Words of one command, filled letter by letter. */
function createWords(): { add: (text: string) => void; end: () => void; words: string[] } {
  const words: string[] = [];
  let current: string | undefined;
  return {
    words,
    add(text) {
      current = (current ?? '') + text;
    },
    end() {
      if (current !== undefined) words.push(current);
      current = undefined;
    },
  };
}

/** A command line in the words that a program of Windows makes of it. */
function programWords(line: string): string[] {
  const { add, end, words } = createWords();
  const state = { quoted: false };
  take(line, [
    // Backslashes count before a quote only.
    [
      /((?:\\\\)*)\\"/y,
      ([, before = '']) => {
        add(`${'\\'.repeat(before.length / 2)}"`);
      },
    ],
    [
      /((?:\\\\)+)(?=")/y,
      ([, before = '']) => {
        add('\\'.repeat(before.length / 2));
      },
    ],
    [
      /""?/y,
      ([found]) => {
        // Inside a quotation, two of them are one that is meant.
        if (found === '""' && state.quoted) add('"');
        else {
          if (found === '"') state.quoted = !state.quoted;
          add('');
        }
      },
    ],
    [
      /\s/y,
      ([found]) => {
        if (state.quoted) add(found);
        else end();
      },
    ],
    [
      /[^\s"\\]+|\\+/y,
      ([found]) => {
        add(found);
      },
    ],
  ]);
  if (state.quoted) throw new InputError('a quotation that begins with " has no end');
  end();
  return words;
}

/** The commands of a text for the command prompt of Windows, as browsers copy it. */
export function promptCommands(text: string): ShellCommand[] {
  const lines: string[] = [];
  let line = '';
  const add = (piece: string): void => {
    line += piece;
  };
  const finish = (): void => {
    lines.push(line);
    line = '';
  };
  const state = { quoted: false };
  take(text, [
    // A caret takes the meaning from the sign behind it, and a line end behind it is none.
    [
      /\^\r?\n(\r?\n|)/y,
      ([, next = '']) => {
        add(next);
      },
    ],
    [
      /\^([\s\S]?)/y,
      ([found, sign = '']) => {
        add(state.quoted ? found : sign);
      },
    ],
    [
      /"/y,
      () => {
        state.quoted = !state.quoted;
        add('"');
      },
    ],
    [
      /\r?\n|&+|\|+/y,
      ([found]) => {
        // A quotation ends with its line.
        if (state.quoted && !found.includes('\n')) {
          add(found);
          return;
        }
        state.quoted = false;
        finish();
      },
    ],
    [
      /[^"^\r\n&|]+|\r/y,
      ([found]) => {
        add(found);
      },
    ],
  ]);
  finish();
  return lines
    .map((written) => ({ words: programWords(written), fault: undefined }))
    .filter(({ words }) => words.length > 0);
}

const powerShellEscapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '0': '\0' };

/** The commands of a text for PowerShell. Its variables are written as `{{NAME}}`. */
export function powerShellCommands(text: string): ShellCommand[] {
  const commands: string[][] = [];
  let current = createWords();
  const finish = (): void => {
    current.end();
    commands.push(current.words);
    current = createWords();
  };
  // Older versions lose quotes inside a word unless a backslash stands before each; newer ones need none.
  const add = (word: string): void => {
    current.add(/(?<!\\)"/.test(word) ? word : word.replace(/\\([\\"])/g, '$1'));
  };
  const escaped = (inner: string): string =>
    inner.replace(
      /`([\s\S])|""|\$(?:env:)?(\w+)|\$\{([^}]*)\}/g,
      (found, sign?: string, name?: string, other?: string) => {
        if (sign !== undefined) return powerShellEscapes[sign] ?? sign;
        return found === '""' ? '"' : `{{${name ?? other ?? ''}}}`;
      },
    );
  take(text, [
    // Inside a word, a hash is a letter like others.
    [/(?<=^|[\s;|])#[^\r\n]*/y, () => undefined],
    [
      /`\r?\n/y,
      () => {
        current.end();
      },
    ],
    [
      /'((?:[^']|'')*)'/y,
      ([, inner = '']) => {
        add(inner.replaceAll("''", "'"));
      },
    ],
    [
      /"((?:[^"`]|`[\s\S]|"")*)"/y,
      ([, inner = '']) => {
        add(escaped(inner));
      },
    ],
    [/\r?\n|;|\|/y, finish],
    [
      /[^\S\r\n]+/y,
      () => {
        current.end();
      },
    ],
    [
      /(?:[^\s'"`;|]|`[\s\S])+/y,
      ([found]) => {
        add(escaped(found));
      },
    ],
  ]);
  finish();
  return commands.filter((words) => words.length > 0).map((words) => ({ words, fault: undefined }));
}
