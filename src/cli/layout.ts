/** Two columns wide on a terminal, in the scripts that have such letters. */
const wide =
  /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff01-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;
const zeroWidth = /\p{M}|\u200d|\ufe0f/u;

/** Characters with which a stored text could move the cursor, hide or reorder what a terminal shows. */
const unsafe = /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** The text with characters that act on a terminal written as escapes. */
export function printable(text: string): string {
  return text.replace(
    unsafe,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16).padStart(2, '0')}}`,
  );
}

function width(text: string): number {
  let columns = 0;
  for (const character of text) columns += zeroWidth.test(character) ? 0 : wide.test(character) ? 2 : 1;
  return columns;
}

/** Rows under their headings, in columns as wide as their widest cell. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [headings, ...rows.map((row) => row.map(printable))];
  const widths = headings.map((_, column) => Math.max(...lines.map((line) => width(line[column] ?? ''))));
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - width(cell)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** One line for each name and its value, the values below each other. */
export function listing(entries: readonly (readonly [name: string, value: string])[]): string {
  const longest = Math.max(...entries.map(([name]) => name.length));
  return entries.map(([name, value]) => `${name.padEnd(longest)}  ${printable(value)}`.trimEnd()).join('\n');
}

/** A moment to the second, in UTC; `absent` when there is none. */
export function moment(date: Date | null, absent = ''): string {
  return date === null ? absent : date.toISOString().replace(/\.\d+Z$/, 'Z');
}
