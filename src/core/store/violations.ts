import type { IdentifierKind } from '../model';

/** The constraints that decide who has an identifier, by name. */
const identifierConstraints: Readonly<Record<string, IdentifierKind>> = {
  users_username_key_unique: 'username',
  users_email_key_unique: 'email',
  users_phone_unique: 'phone',
};

const connectionCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOENT',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

function member(error: unknown, name: string): unknown {
  return typeof error === 'object' && error !== null && name in error
    ? (error as Record<string, unknown>)[name]
    : undefined;
}

/** The identifier that a unique constraint refused; undefined for every other error. Decided by the constraint's name. */
export function violatedIdentifier(error: unknown): IdentifierKind | undefined {
  if (member(error, 'code') !== '23505') return undefined;
  const constraint = member(error, 'constraint');
  return typeof constraint === 'string' ? identifierConstraints[constraint] : undefined;
}

/** Whether an error comes from the database or from the way to it, rather than from our own code. */
export function isStorageError(error: unknown): boolean {
  const code = member(error, 'code');
  // PostgreSQL's own errors carry a severity and an SQLSTATE of five characters.
  if (typeof code === 'string' && typeof member(error, 'severity') === 'string') return code.length === 5;
  if (typeof code === 'string' && connectionCodes.has(code)) return true;
  if (member(error, 'name') === 'KnexTimeoutError') return true;
  // pg reports a connection that ended under a query, or none in time, with a message and nothing else; knex puts the statement
  // in front of it.
  const message = member(error, 'message');
  return (
    typeof message === 'string' &&
    /(^| - )(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect)/.test(
      message,
    )
  );
}
