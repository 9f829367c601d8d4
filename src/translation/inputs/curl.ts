import { encodeForm, InputError, splitUrl, type CapturedRequest } from './captured';
import { shellCommands } from './shell-words';

/** Options that take a value and change nothing about what is sent. */
const ignoredWithValue = new Set([
  '-o',
  '--output',
  '-w',
  '--write-out',
  '-m',
  '--max-time',
  '--connect-timeout',
  '--retry',
  '--retry-delay',
  '-x',
  '--proxy',
  '--cacert',
  '--capath',
  '--cert',
  '-E',
  '--key',
  '--resolve',
  '--connect-to',
  '-c',
  '--cookie-jar',
  '-D',
  '--dump-header',
  '--max-redirs',
  '--interface',
  '--limit-rate',
  '--ciphers',
  '--stderr',
  '--trace',
  '--trace-ascii',
]);
/** Options without a value that change nothing about what is sent. */
const ignoredAlone = new Set([
  '-s',
  '--silent',
  '-S',
  '--show-error',
  '-L',
  '--location',
  '-k',
  '--insecure',
  '-i',
  '--include',
  '-v',
  '--verbose',
  '-f',
  '--fail',
  '--fail-with-body',
  '-g',
  '--globoff',
  '-N',
  '--no-buffer',
  '-#',
  '--progress-bar',
  '-4',
  '--ipv4',
  '-6',
  '--ipv6',
  '--compressed',
  '--http1.0',
  '--http1.1',
  '--http2',
  '--http3',
  '-0',
  '-1',
  '--tlsv1.2',
  '--tlsv1.3',
  '-O',
  '--remote-name',
  '-j',
  '--path-as-is',
  '-q',
  '--no-progress-meter',
  '-n',
  '--netrc',
  '-R',
  '-J',
]);

const longNames: Readonly<Record<string, string>> = {
  '-X': '--request',
  '-H': '--header',
  '-d': '--data',
  '--data-ascii': '--data',
  '-F': '--form',
  '-u': '--user',
  '-b': '--cookie',
  '-G': '--get',
  '-I': '--head',
  '-A': '--user-agent',
  '-e': '--referer',
  '-T': '--upload-file',
  '--form-string': '--form',
};
const understood = new Set([
  '--request',
  '--header',
  '--data',
  '--data-raw',
  '--data-binary',
  '--data-urlencode',
  '--json',
  '--form',
  '--user',
  '--cookie',
  '--user-agent',
  '--referer',
  '--url',
  '--upload-file',
  '--url-query',
]);

interface Option {
  name: string;
  value: string;
}

/** Words → options and addresses, single letters that stand together taken apart. */
function readOptions(words: readonly string[]): Option[] {
  const options: Option[] = [];
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (!word.startsWith('-') || word === '-') {
      options.push({ name: '--url', value: word });
      continue;
    }
    const [long, glued] = word.startsWith('--')
      ? splitLong(word)
      : [word.slice(0, 2), word.slice(2) || undefined];
    const name = longNames[long] ?? long;
    if (ignoredAlone.has(long) || name === '--get' || name === '--head') {
      options.push({ name, value: '' });
      // The other letters of `-sSX` are options of their own.
      if (glued !== undefined && !word.startsWith('--')) rest.unshift(`-${glued}`);
      continue;
    }
    if (!understood.has(name) && !ignoredWithValue.has(long))
      throw new InputError(`curl: the option ${long} is not understood here`);
    const value = glued ?? rest.shift();
    if (value === undefined) throw new InputError(`curl: the option ${long} needs a value`);
    options.push({ name: ignoredWithValue.has(long) ? '' : name, value });
  }
  return options;
}

function splitLong(word: string): [string, string | undefined] {
  const equals = word.indexOf('=');
  return equals === -1 ? [word, undefined] : [word.slice(0, equals), word.slice(equals + 1)];
}

function refuseFile(option: string, value: string): never {
  throw new InputError(
    `curl: ${option} ${value} takes its data from a file, which is not read here; put the data itself on the line, or capture the call as a HAR file`,
  );
}

/** One piece of data as curl would send it. */
function dataOf({ name, value }: Option): string {
  if (name === '--data-raw') return value;
  if (name === '--data-urlencode') {
    const [, key = '', sign = '=', content = value] = /^([^=@]*)([=@])(.*)$/s.exec(value) ?? [];
    if (sign === '@') return refuseFile(name, value);
    return key === '' ? encodeURIComponent(content) : encodeForm([{ name: key, value: content }]);
  }
  if (value.startsWith('@')) return refuseFile(name, value);
  // A shell hands lines on as they are, and curl leaves their ends out of plain data.
  return name === '--data' ? value.replace(/[\r\n]/g, '') : value;
}

function partOf(value: string): { name: string; fileName?: string } {
  const [, name = '', content = ''] = /^([^=]*)=(.*)$/s.exec(value) ?? [];
  if (name === '') throw new InputError('curl: a part of --form has no name');
  const file = /^[@<]([^;]*)(?:;.*?filename=([^;]*))?/.exec(content);
  return file === null ? { name } : { name, fileName: file[2] ?? file[1] ?? '' };
}

function headersOf(options: readonly Option[]): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const { name, value } of options) {
    if (name === '--header') {
      const [, header, content = ''] = /^([^:;]+)[:;]\s*(.*)$/s.exec(value) ?? [];
      if (header === undefined) throw new InputError('curl: what follows --header is no header');
      headers[header.trim().toLowerCase()] = content.trim();
    }
    if (name === '--user-agent') headers['user-agent'] = value;
    if (name === '--referer') headers['referer'] = value;
    if (name === '--user') headers['authorization'] = `Basic ${Buffer.from(value).toString('base64')}`;
    if (name === '--cookie') {
      // Without an equals sign it is the name of a file to curl, and a bare token to whoever forgot the name.
      if (!value.includes('='))
        throw new InputError('curl: what follows --cookie is the name of a file, which is not read here');
      headers['cookie'] = value;
    }
  }
  return headers;
}

function requestOf(words: readonly string[], label: string): CapturedRequest {
  const options = readOptions(words);
  const has = (...names: string[]): boolean => options.some(({ name }) => names.includes(name));
  const upload = options.find(({ name }) => name === '--upload-file');
  if (upload !== undefined) refuseFile('--upload-file', upload.value);
  const urls = options.filter(({ name }) => name === '--url').map(({ value }) => value);
  const [url] = urls;
  if (url === undefined) throw new InputError(`${label}: there is no URL`);
  if (urls.length > 1)
    throw new InputError(
      `${label}: there are ${urls.length} URLs; is one of them a value that needs quotes?`,
    );

  const data = options.filter(({ name }) => name.startsWith('--data') || name === '--json');
  const joined = data.some(({ name }) => name === '--json')
    ? data.map(dataOf).join('')
    : data.map(dataOf).join('&');
  const parts = options.filter(({ name }) => name === '--form').map(({ value }) => partOf(value));
  const isQuery = has('--get');
  const headers = headersOf(options);
  if (has('--json')) headers['accept'] ??= 'application/json';
  if (data.length > 0 && !isQuery)
    headers['content-type'] ??= has('--json') ? 'application/json' : 'application/x-www-form-urlencoded';
  if (parts.length > 0) headers['content-type'] ??= 'multipart/form-data; boundary=-';
  const address = splitUrl(url);
  const inQuery = [
    address.query,
    isQuery ? joined : '',
    ...options
      .filter(({ name }) => name === '--url-query')
      .map(({ value }) => dataOf({ name: '--data-urlencode', value })),
  ];
  const usual = has('--head') ? 'HEAD' : (data.length > 0 && !isQuery) || parts.length > 0 ? 'POST' : 'GET';
  return {
    label,
    method: (options.findLast(({ name }) => name === '--request')?.value ?? usual).toUpperCase(),
    url,
    ...address,
    query: inQuery.filter((piece) => piece !== '').join('&'),
    headers,
    body: Buffer.from(isQuery ? '' : joined),
    ...(parts.length > 0 && { parts }),
  };
}

const isCurl = (command: readonly string[]): boolean => /(^|\/)curl(\.exe)?$/.test(command[0] ?? '');

/** The requests of one or more curl lines as a shell reads them; other commands between them are left out. */
export function readCurl(text: string): CapturedRequest[] {
  const commands = shellCommands(text).filter(isCurl);
  if (commands.length === 0) throw new InputError('there is no curl line');
  return commands.map((words, index) =>
    requestOf(words.slice(1), commands.length === 1 ? 'curl line' : `curl line ${index + 1}`),
  );
}
