/** What goes into a call of curl. */
export interface CurlRequest {
  /** In upper case. */
  method: string;
  url: string;
  headers: Readonly<Record<string, string>>;
  body?: string;
  /** The only part of a multipart body; `name` is that of the file to send. */
  file?: { part: string; name: string; type?: string };
}

/** One word for a POSIX shell, in quotes when it needs them. */
export function quoteForShell(text: string): string {
  if (/^[\w@%+=:,./-]+$/.test(text)) return text;
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function methodWords({ method, body, file }: CurlRequest): readonly string[] {
  if (method === 'HEAD') return ['--head'];
  const chosenByCurl = body === undefined && file === undefined ? 'GET' : 'POST';
  return method === chosenByCurl ? [] : ['-X', method];
}

function optionsOf({ headers, body, file }: CurlRequest): readonly (readonly string[])[] {
  const options = Object.entries(headers).map(([name, value]) =>
    // curl sends a header without a value only when it is written so.
    ['-H', value === '' ? `${name};` : `${name}: ${value}`],
  );
  // After -d, a leading @ would name a file.
  if (body !== undefined) options.push([body.startsWith('@') ? '--data-raw' : '-d', body]);
  if (file !== undefined) {
    const type = file.type === undefined ? '' : `;type=${file.type}`;
    options.push(['-F', `${file.part}=@${file.name}${type}`]);
  }
  return options;
}

/**
 * A request as one call of curl that a POSIX shell sends unchanged: with `flags` behind the word curl, and `between` the
 * options.
 */
export function curlLine(
  request: CurlRequest,
  { flags = [], between = ' ' }: { flags?: readonly string[]; between?: string } = {},
): string {
  // Brackets and braces in a URL would be read as a list of several.
  const glob = /[[\]{}]/.test(request.url) ? ['-g'] : [];
  const call = ['curl', ...flags, ...glob, ...methodWords(request), request.url];
  return [call, ...optionsOf(request)].map((words) => words.map(quoteForShell).join(' ')).join(between);
}
