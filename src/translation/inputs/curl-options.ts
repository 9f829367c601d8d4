import { InputError } from './captured';

/** Options that take a value and change nothing about what is sent. */
const ignoredWithValue = new Set([
  ...['-o', '--output', '--output-dir', '-w', '--write-out', '-c', '--cookie-jar', '-D', '--dump-header'],
  ...['-m', '--max-time', '--connect-timeout', '--keepalive-time', '--expect100-timeout', '--max-filesize'],
  ...['--retry', '--retry-delay', '--retry-max-time', '-y', '--speed-time', '-Y', '--speed-limit'],
  ...['-x', '--proxy', '-U', '--proxy-user', '--proxy-header', '--noproxy', '--preproxy', '--socks5'],
  ...['--socks5-hostname', '--cacert', '--capath', '--cert', '-E', '--cert-type', '--key', '--key-type'],
  ...['--pass', '--pinnedpubkey', '--crlfile', '--ciphers', '--tls13-ciphers', '--tls-max', '--curves'],
  ...['--resolve', '--connect-to', '--dns-servers', '--doh-url', '--interface', '--local-port'],
  ...['--unix-socket', '--limit-rate', '--max-redirs', '--stderr', '--trace', '--trace-ascii', '--rate'],
]);
/** Options without a value that change nothing about what is sent. */
const ignoredAlone = new Set([
  ...['-s', '--silent', '-S', '--show-error', '-v', '--verbose', '-i', '--include', '-f', '--fail', '-q'],
  ...['--fail-with-body', '--fail-early', '-#', '--progress-bar', '--no-progress-meter', '-N', '--no-buffer'],
  ...['-L', '--location', '--location-trusted', '--post301', '--post302', '--post303', '-k', '--insecure'],
  ...['--proxy-insecure', '--ssl-no-revoke', '--ssl-reqd', '-g', '--globoff', '--path-as-is', '--compressed'],
  ...['-4', '--ipv4', '-6', '--ipv6', '-0', '--http1.0', '--http1.1', '--http2', '--http2-prior-knowledge'],
  ...['--http3', '--http3-only', '--http0.9', '-1', '--tlsv1', '--tlsv1.0', '--tlsv1.1', '--tlsv1.2'],
  ...['--tlsv1.3', '-O', '--remote-name', '--remote-name-all', '-J', '--remote-header-name', '-R'],
  ...['--remote-time', '--create-dirs', '-j', '--junk-session-cookies', '-n', '--netrc', '--netrc-optional'],
  ...['--basic', '--tcp-nodelay', '--tcp-fastopen', '--keepalive', '--retry-connrefused', '--raw'],
  ...[
    '--retry-all-errors',
    '-Z',
    '--parallel',
    '--trace-time',
    '--styled-output',
    '--disable',
    '--sessionid',
  ],
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
  '-K': '--config',
};
const understood = new Set([
  ...[
    '--request',
    '--header',
    '--data',
    '--data-raw',
    '--data-binary',
    '--data-urlencode',
    '--json',
    '--form',
  ],
  ...['--form-string', '--user', '--oauth2-bearer', '--cookie', '--user-agent', '--referer', '--url'],
  ...['--upload-file', '--url-query', '--config'],
]);

export interface Option {
  name: string;
  value: string;
}

function splitLong(word: string): [string, string | undefined] {
  const equals = word.indexOf('=');
  return equals === -1 ? [word, undefined] : [word.slice(0, equals), word.slice(equals + 1)];
}

/** Whether an option is of no account, by itself or switched off: `--no-keepalive`. */
function isIgnoredAlone(long: string): boolean {
  return ignoredAlone.has(long) || (long.startsWith('--no-') && ignoredAlone.has(`--${long.slice(5)}`));
}

/** Words → options and addresses, single letters that stand together taken apart. */
export function readOptions(words: readonly string[]): Option[] {
  const options: Option[] = [];
  const rest = [...words];
  let isOver = false;
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--' && !isOver) {
      isOver = true;
      continue;
    }
    if (isOver || !word.startsWith('-') || word === '-') {
      options.push({ name: '--url', value: word });
      continue;
    }
    const [long, glued] = word.startsWith('--')
      ? splitLong(word)
      : [word.slice(0, 2), word.slice(2) || undefined];
    const name = longNames[long] ?? long;
    if (isIgnoredAlone(long) || name === '--get' || name === '--head') {
      options.push({ name, value: '' });
      // The other letters of `-sSX` are options of their own.
      if (glued !== undefined && !word.startsWith('--')) rest.unshift(`-${glued}`);
      continue;
    }
    if (!understood.has(name) && !ignoredWithValue.has(long))
      throw new InputError(`the option ${long} is not understood here`);
    const value = glued ?? rest.shift();
    if (value === undefined) throw new InputError(`the option ${long} needs a value`);
    options.push({ name: ignoredWithValue.has(long) ? '' : name, value });
  }
  return options;
}
