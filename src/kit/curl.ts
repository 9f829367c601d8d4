import type { SentRequest } from './message';

/** One word for a POSIX shell. */
export function quoteForShell(text: string): string {
  if (/^[\w@%+=:,./-]+$/.test(text)) return text;
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** A request as one call of curl that a POSIX shell sends unchanged. */
export function curlLine({ method, url, headers, body, file }: SentRequest): string {
  const words = ['curl', '-sS', '-i'];
  if (method !== 'GET' || body !== undefined) words.push('-X', method);
  // Brackets and braces in a URL would be read as a list of several.
  if (/[[\]{}]/.test(url)) words.push('-g');
  words.push(url);
  for (const [name, value] of Object.entries(headers)) {
    // curl sends a header without a value only when it is written so.
    words.push('-H', value === '' ? `${name};` : `${name}: ${value}`);
  }
  if (body !== undefined) words.push('--data-raw', body);
  if (file !== undefined) words.push('-F', `${file.part}=@${file.name};type=${file.type}`);
  return words.map(quoteForShell).join(' ');
}
