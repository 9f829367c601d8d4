/** A word for a shell, in quotes when it needs them. */
function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

export interface CurlParts {
  method: string;
  url: string;
  headers: Readonly<Record<string, string>>;
  body?: string;
  /** A file part, and what to call the file that is to be sent. */
  file?: { field: string; name: string };
}

/** A request as a line that a shell takes, broken where people break such lines. */
export function curlLine({ method, url, headers, body, file }: CurlParts): string {
  const payload = body !== undefined || file !== undefined;
  const usual = payload ? 'POST' : 'GET';
  const first = [
    'curl',
    // Brackets and braces in a URL would be read as a list of several.
    ...(/[[\]{}]/.test(url) ? ['-g'] : []),
    ...(method === usual ? [] : ['-X', shellWord(method)]),
    shellWord(url),
  ];
  const rest = [
    ...Object.entries(headers).map(
      ([name, value]) =>
        // curl sends a header without a value only when it is written so.
        `-H ${shellWord(value === '' ? `${name};` : `${name}: ${value}`)}`,
    ),
    ...(body === undefined ? [] : [`${body.startsWith('@') ? '--data-raw' : '-d'} ${shellWord(body)}`]),
    ...(file === undefined ? [] : [`-F ${shellWord(`${file.field}=@${file.name}`)}`]),
  ];
  return [first.join(' '), ...rest].join(' \\\n  ');
}
