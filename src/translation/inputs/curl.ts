import { commandsOf } from './commands';
import {
  attempt,
  encodeForm,
  InputError,
  isVariable,
  readEach,
  splitUrl,
  type CapturedRequest,
} from './captured';
import { readOptions, type Option } from './curl-options';

function refuseFile(option: string, value: string): never {
  throw new InputError(
    `${option} ${value} takes its data from a file, which is not read here; put the data itself on the line, or capture the call as a HAR file`,
  );
}

/** One piece of data as curl would send it. */
function dataOf({ name, value }: Option): string {
  if (isVariable(value) && name !== '--url-query')
    throw new InputError(
      `${name} ${value} takes all its data from a variable or a command, which is not run here; put the data itself on the line, or capture the call as a HAR file`,
    );
  if (name === '--data-raw') return value;
  if (name === '--data-urlencode' || name === '--url-query') {
    // With a plus sign, the query is as it should be.
    if (name === '--url-query' && value.startsWith('+')) return value.slice(1);
    const [, key = '', sign = '=', content = value] = /^([^=@]*)([=@])(.*)$/s.exec(value) ?? [];
    if (sign === '@') return refuseFile(name, value);
    const encoded = encodeForm([{ name: '', value: content }]).slice(1);
    // The name is sent as it is written.
    return key === '' ? encoded : `${key}=${encoded}`;
  }
  if (value.startsWith('@')) return refuseFile(name, value);
  // A shell hands lines on as they are, and curl leaves their ends out of plain data.
  return name === '--data' ? value.replace(/[\r\n]/g, '') : value;
}

function partOf({ name: option, value }: Option): { name: string; fileName?: string } {
  const [, name = '', content = ''] = /^([^=]*)=(.*)$/s.exec(value) ?? [];
  if (name === '') throw new InputError(`a part of ${option} has no name`);
  const file = option === '--form' ? /^@([^;]*)(?:;.*?filename=([^;]*))?/.exec(content) : null;
  if (file === null) return { name };
  return { name, fileName: (file[2] ?? file[1] ?? '').replace(/^"(.*)"$/, '$1') };
}

/** The headers of the line. Null: one that curl is told to leave out. */
function headersOf(options: readonly Option[]): Record<string, string | null> {
  const headers: Record<string, string | null> = {};
  for (const { name, value } of options) {
    if (name === '--user-agent') headers['user-agent'] = value;
    if (name === '--referer') headers['referer'] = value;
    if (name === '--user') headers['authorization'] = `Basic ${Buffer.from(value).toString('base64')}`;
    if (name === '--oauth2-bearer') headers['authorization'] = `Bearer ${value}`;
    if (name === '--cookie') {
      // Without an equals sign it is the name of a file to curl, and a bare token to whoever forgot the name.
      if (!value.includes('=') && !isVariable(value))
        throw new InputError('what follows --cookie is the name of a file, which is not read here');
      const before = headers['cookie'];
      headers['cookie'] = typeof before === 'string' ? `${before}; ${value}` : value;
    }
  }
  // What is said as a header stands above what an option means.
  for (const { name, value } of options.filter((option) => option.name === '--header')) {
    if (value.startsWith('@')) refuseFile(name, value);
    const [, header, sign, content = ''] = /^([^:;]+)([:;])\s*(.*)$/s.exec(value) ?? [];
    if (header === undefined) throw new InputError(`what follows ${name} is no header`);
    headers[header.trim().toLowerCase()] = sign === ':' && content.trim() === '' ? null : content.trim();
  }
  return headers;
}

/** An address without the user and the password in it, which curl sends as a header. */
function withoutUser(url: string): { url: string; user?: string } {
  const [, scheme = '', user, rest = ''] = /^([a-z][a-z\d+.-]*:\/\/)([^/?#@]*)@(.*)$/is.exec(url) ?? [];
  if (user === undefined) return { url };
  try {
    return { url: `${scheme}${rest}`, user: decodeURIComponent(user) };
  } catch {
    throw new InputError(`the user in ${scheme}…@${rest} is not escaped as an address needs it`);
  }
}

function addressOf(options: readonly Option[]): string {
  const urls = options.filter(({ name }) => name === '--url').map(({ value }) => value);
  const [url] = urls;
  if (url === undefined) throw new InputError('there is no URL');
  if (urls.length > 1)
    throw new InputError(`there are ${urls.length} URLs; is one of them a value that needs quotes?`);
  return url;
}

function requestOf(
  words: readonly string[],
  label: string,
  known: ReadonlyMap<string, string>,
): CapturedRequest {
  const options = readOptions(words);
  const has = (...names: string[]): boolean => options.some(({ name }) => names.includes(name));
  for (const name of ['--upload-file', '--config']) {
    const file = options.find((option) => option.name === name);
    if (file !== undefined) refuseFile(name, file.value);
  }
  const written = addressOf(options).replace(
    /^\{\{(\w+)\}\}/,
    (whole, name: string) => known.get(name) ?? whole,
  );
  const { url, user } = withoutUser(written);

  const data = options.filter(({ name }) => name.startsWith('--data') || name === '--json');
  const joined = data.map(dataOf).join(has('--json') ? '' : '&');
  const parts = options.filter(({ name }) => ['--form', '--form-string'].includes(name)).map(partOf);
  const isQuery = has('--get');
  const headers = headersOf(user === undefined ? options : [{ name: '--user', value: user }, ...options]);
  const preset = (name: string, value: string): void => {
    if (headers[name] === undefined) headers[name] = value;
  };
  if (has('--json')) preset('accept', 'application/json');
  if (data.length > 0 && !isQuery)
    preset('content-type', has('--json') ? 'application/json' : 'application/x-www-form-urlencoded');
  if (parts.length > 0) preset('content-type', 'multipart/form-data; boundary=-');
  const address = splitUrl(url);
  const inQuery = [
    address.query,
    isQuery ? joined : '',
    ...options.filter(({ name }) => name === '--url-query').map(dataOf),
  ];
  const usual = has('--head') ? 'HEAD' : (data.length > 0 && !isQuery) || parts.length > 0 ? 'POST' : 'GET';
  const query = inQuery.filter((piece) => piece !== '').join('&');
  return {
    label,
    method: (options.findLast(({ name }) => name === '--request')?.value ?? usual).toUpperCase(),
    url: query === address.query ? url : `${url.replace(/[?#].*$/s, '')}?${query}`,
    ...address,
    query,
    headers: Object.fromEntries(
      Object.entries(headers).filter((pair): pair is [string, string] => pair[1] !== null),
    ),
    body: Buffer.from(isQuery ? '' : joined),
    ...(parts.length > 0 && { parts }),
  };
}

const isCurl = (word: string): boolean => /(?:^|[/\\])curl(?:\.exe)?$/i.test(word);
const isAssignment = (word: string): boolean => /^\w+=/.test(word);
/** Words that may stand before a command, and change nothing about it. */
const heralds = ['sudo', 'time', 'exec', 'command', 'env', 'nohup', 'export'];

/** `--next` begins another call of the same line. */
function splitCalls(words: readonly string[]): string[][] {
  const calls: string[][] = [[]];
  for (const word of words) {
    if (word === '--next' || word === '-:') calls.push([]);
    else calls.at(-1)?.push(word);
  }
  return calls;
}

/** The requests of one or more curl lines as a shell reads them; other commands between them are left out. */
export function readCurl(text: string): { requests: CapturedRequest[]; junk: string[] } {
  const known = new Map<string, string>();
  const calls: { words: readonly string[]; fault: string | undefined; known: Map<string, string> }[] = [];
  for (const { words, fault } of commandsOf(text)) {
    const start = words.findIndex((word) => !isAssignment(word) && !heralds.includes(word));
    // Assignments in front of a command hold for that command only.
    if (start === -1) for (const word of words.filter(isAssignment)) known.set(...splitPair(word));
    if (start === -1 || !isCurl(words[start] ?? '')) continue;
    for (const call of splitCalls(words.slice(start + 1)))
      calls.push({ words: call, fault, known: new Map(known) });
  }
  if (calls.length === 0) throw new InputError('there is no curl line');
  return readEach(
    calls.map((call, index) => ({
      ...call,
      label: calls.length === 1 ? 'curl line' : `curl line ${index + 1}`,
    })),
    ({ words, fault, label, known: variables }) =>
      fault === undefined ? attempt(label, () => requestOf(words, label, variables)) : { label, fault },
  );
}

function splitPair(word: string): [string, string] {
  const equals = word.indexOf('=');
  return [word.slice(0, equals), word.slice(equals + 1)];
}
