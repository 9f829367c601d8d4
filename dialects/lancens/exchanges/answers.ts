/** What the exchanges of this wire have in common. */
export const refused = (message: string): { status: number; body: unknown } => ({
  status: 400,
  body: { message },
});
export const success = { status: 200, body: { message: 'success' } };
export const created = { status: 201, body: { message: 'success' } };
export const json = { accept: 'application/json', 'content-type': 'application/json' };
/** An application's key, which passes where none is registered. */
export const key = '0123456789abcdef0123456789abcdef';
