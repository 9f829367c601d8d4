import { CoreError } from '../core';
import { ConfigError } from '../platform/config';
import { EmbeddedPostgresError } from '../platform/embedded-postgres';
import { NewerSchemaError } from '../platform/migrate';
import { CommandError } from './command-error';
import { describeProblem } from './messages';

/** A failure as a person and a program are told of it. */
export interface Failure {
  code: string;
  /** One sentence, which may come from elsewhere and have several lines. */
  message: string;
}

/** Errors of the driver and of the operating system, as far as they tell what they are. */
interface CodedError {
  code: string;
  message: string;
  syscall?: string;
  address?: string;
  port?: number;
}

const sqlState = /^[0-9A-Z]{5}$/;
const networkCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EACCES',
  'EPIPE',
  'ETIMEDOUT',
]);

/** The driver has no code for these. */
const lostConnection = /^(Connection terminated|timeout expired|Client has encountered a connection error)/;

function coded(error: unknown): CodedError | undefined {
  // A host with several addresses fails with the errors of all of them.
  if (error instanceof AggregateError) return coded(error.errors[0]);
  if (!(error instanceof Error)) return undefined;
  return 'code' in error && typeof error.code === 'string' ? (error as CodedError & Error) : undefined;
}

function isUnreachable(error: unknown): boolean {
  const known = coded(error);
  if (known === undefined) return error instanceof Error && lostConnection.test(error.message);
  // What the file system says has other calls, and listening is not connecting.
  return (
    networkCodes.has(known.code) &&
    ['connect', 'getaddrinfo', 'read', 'write', 'queryA', 'queryAaaa'].includes(known.syscall ?? '')
  );
}

/** Whether a connection to the database could not be made, or was cut by a server that is going down or coming up. */
export function isConnectionFailure(error: unknown): boolean {
  const state = coded(error)?.code ?? '';
  return isUnreachable(error) || state.startsWith('57P0') || state.startsWith('08');
}

/** The classes of SQLSTATE that an operator can do something about. */
const databaseSentences: readonly [RegExp, string][] = [
  [/^28/, 'The database refused the user or the password of DATABASE_URL'],
  [/^3D000$/, 'The database that DATABASE_URL names does not exist'],
  [/^42501$/, 'The database user may not do this; the schema must belong to it'],
  [/^53300$/, 'The database has no connection left'],
  [/^57P0/, 'The database is starting or stopping'],
];

function describeDatabase({ code, message }: CodedError): Failure {
  const sentence = databaseSentences.find(([form]) => form.test(code))?.[1] ?? 'The database failed';
  return { code: 'database', message: `${sentence}: ${message}` };
}

const listenSentences: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is in use by another process; stop that one, or set PORT',
  EACCES: 'may not be used by this user; set PORT to one from 1024 on',
  EADDRNOTAVAIL: 'is no address of this machine; set HOST',
};

function describeListen({ code, message, address, port }: CodedError): Failure {
  const sentence = listenSentences[code];
  return {
    code: 'cannot_listen',
    message:
      sentence === undefined
        ? `It cannot listen: ${message}`
        : `${address ?? 'the address'} port ${port ?? 0} ${sentence}.`,
  };
}

/** What anything thrown means to an operator. Total: the unexpected is told as such, in its own words. */
export function describeFailure(error: unknown): Failure {
  if (error instanceof CoreError)
    return { code: error.problem.code, message: describeProblem(error.problem) };
  if (error instanceof CommandError) return { code: error.code, message: error.message };
  if (error instanceof ConfigError) return { code: 'configuration', message: `${error.message}.` };
  if (error instanceof EmbeddedPostgresError) return { code: 'embedded_database', message: error.message };
  if (error instanceof NewerSchemaError) return { code: 'newer_schema', message: error.message };
  const known = coded(error);
  if (known?.syscall === 'listen' || known?.syscall === 'bind') return describeListen(known);
  if (isUnreachable(error)) {
    const reason = known?.message ?? (error as Error).message;
    return { code: 'database_unreachable', message: `The database cannot be reached: ${reason}` };
  }
  if (known !== undefined && sqlState.test(known.code)) return describeDatabase(known);
  return { code: 'unexpected', message: error instanceof Error ? error.message : String(error) };
}
