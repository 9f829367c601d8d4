import { isMap } from './pointer';

/** What a JWT says, its signature aside. */
export interface Jwt {
  /** Of its header what tells how it is signed; the key is each server's own. */
  header: { alg: unknown; typ: unknown };
  claims: Readonly<Record<string, unknown>>;
}

const form = /^([\w-]+)\.([\w-]+)\.[\w-]*$/;

function readPart(part: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return isMap(value) ? value : undefined;
  } catch {
    // Three words with dots between them, such as a host name.
    return undefined;
  }
}

/** Undefined for what is no JWT. */
export function readJwt(text: string): Jwt | undefined {
  const [, first = '', second = ''] = form.exec(text) ?? [];
  const [header, claims] = [readPart(first), readPart(second)];
  if (header === undefined || claims === undefined) return undefined;
  return { header: { alg: header['alg'], typ: header['typ'] }, claims };
}
