import type { Auth, Pair } from './postman-schema';

/** What Postman adds to a request for its authorization. */
export interface Credentials {
  headers: Readonly<Record<string, string>>;
  query: readonly { name: string; value: string }[];
}

const none: Credentials = { headers: {}, query: [] };

function reader(given: unknown): (name: string) => string {
  const entries: readonly (readonly [string, unknown])[] = Array.isArray(given)
    ? (given as Pair[]).map(({ key, value }) => [key ?? '', value])
    : Object.entries((given ?? {}) as Readonly<Record<string, unknown>>);
  const values = new Map(entries);
  return (name) => {
    const value = values.get(name);
    return typeof value === 'string' ? value : '';
  };
}

/** A token where its scheme sends it. */
function tokenAt(place: string, prefix: string, token: string): Credentials {
  if (place === 'queryParams') return { headers: {}, query: [{ name: 'access_token', value: token }] };
  return { headers: { authorization: `${prefix === '' ? 'Bearer' : prefix.trim()} ${token}` }, query: [] };
}

export function credentialsOf(chosen: Auth | null | undefined): Credentials {
  if (chosen === null || chosen === undefined) return none;
  const value = reader(chosen[chosen.type]);
  switch (chosen.type) {
    case 'bearer':
      return tokenAt('header', '', value('token'));
    case 'oauth2':
      return value('accessToken') === ''
        ? none
        : tokenAt(value('addTokenTo'), value('headerPrefix'), value('accessToken'));
    case 'basic': {
      const pair = Buffer.from(`${value('username')}:${value('password')}`).toString('base64');
      return { headers: { authorization: `Basic ${pair}` }, query: [] };
    }
    case 'apikey': {
      const key = { name: value('key'), value: value('value') };
      if (key.name === '') return none;
      return value('in') === 'query'
        ? { headers: {}, query: [key] }
        : { headers: { [key.name.toLowerCase()]: key.value }, query: [] };
    }
    default:
      return none;
  }
}
