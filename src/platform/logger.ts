import pino, { type DestinationStream, type Logger } from 'pino';
import { prettyFactory } from 'pino-pretty';
import type { LogLevel } from './config';

const censored = '[Redacted]';

/** Names, in lower case and without separators, whose values never reach a log. */
const secretNames = new Set([
  'password',
  'newpassword',
  'oldpassword',
  'code',
  'verificationcode',
  'token',
  'accesstoken',
  'refreshtoken',
  'authorization',
  'cookie',
  'setcookie',
]);

/** A `code` in one word is the name of a problem or of a system error. */
const problemName = /^[A-Za-z_]+$/;

function isSecret(name: string, value: unknown): boolean {
  if (!secretNames.has(name.toLowerCase().replace(/[-_]/g, ''))) return false;
  return !(name === 'code' && typeof value === 'string' && problemName.test(value));
}

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/**
 * The same object, with the values of secret names replaced on its first `depth` levels. Copies only what it changes.
 * pino's own redaction does this at several times the price of the whole log line.
 */
function censor(details: Record<string, unknown>, depth: number): Record<string, unknown> {
  let result = details;
  for (const name of Object.keys(details)) {
    const value = details[name];
    let safe = value;
    if (isSecret(name, value)) safe = censored;
    else if (depth > 1 && isPlain(value)) safe = censor(value, depth - 1);
    if (safe === value) continue;
    if (result === details) result = { ...details };
    result[name] = safe;
  }
  return result;
}

const censorLine = (details: Record<string, unknown>): Record<string, unknown> => censor(details, 2);

/** pino's `isoTime`, which asks for the text of one and the same millisecond once. */
function createTimestamp(): () => string {
  let last = NaN;
  let text = '';
  return () => {
    const now = Date.now();
    if (now !== last) {
      last = now;
      text = `,"time":"${new Date(now).toISOString()}"`;
    }
    return text;
  };
}

/** pino-pretty as a function of a line: its stream would still hold the last lines when the process exits. */
function prettified(destination: DestinationStream): DestinationStream {
  const format = prettyFactory({ ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss.l', singleLine: true });
  return {
    write(line) {
      destination.write(format(line));
    },
  };
}

/**
 * Writes each line before the call returns: JSON, or coloured for people when `pretty`. Values of names such as
 * `password`, `code`, `token` and `authorization` are replaced in the object of a line and in the objects inside it,
 * though not in the bindings of a child logger: a safety net, not a licence to log them. `destination` stands in for
 * the standard output.
 */
export function createLogger(
  { level, pretty }: { level: LogLevel; pretty: boolean },
  destination: DestinationStream = pino.destination({ fd: 1, sync: true }),
): Logger {
  return pino(
    {
      level,
      timestamp: createTimestamp(),
      formatters: { log: censorLine },
    },
    pretty ? prettified(destination) : destination,
  );
}
