/** Anything the launcher has to say to whoever starts the gateway. The message is always one line, fit to be printed alone. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError';

  constructor(message: string, options?: ErrorOptions) {
    super(message.trim().replace(/\s*\n\s*/g, ' '), options);
  }
}

/** The code of a failed system call (`ENOENT`, `EACCES`), if `error` comes from one. */
export function systemCode(error: unknown): string | undefined {
  // Not asked with instanceof: a test runner's errors may come from another realm.
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** What `error` says, whatever was thrown. */
export function reasonOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'message' in error
    ? String(error.message)
    : String(error);
}
