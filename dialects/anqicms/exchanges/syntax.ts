import type { Exchange } from '../../../src/contract';
import { failure, mustSignIn, post } from './answers';

/** The calls that read JSON, and with whose token. */
const calls: readonly (readonly [path: string, credential: Exchange['credential']])[] = [
  ['/api/login', 'none'],
  ['/api/register', 'none'],
  ['/api/verify/email', 'none'],
  ['/api/password/reset', 'none'],
  ['/api/user/detail', 'own'],
  ['/api/user/password', 'own'],
];

type Rows = readonly (readonly [what: string, body: string, msg: string, kind?: 'boundary'])[];

/** Each row: what is wrong, and Go's own words for it (reference 2.5). */
const everywhere: Rows = [
  ['an empty body', '', 'EOF', 'boundary'],
  ['a body that is cut off', '{', 'unexpected EOF'],
  ['a form', 'user_name=1', "invalid character 'u' looking for beginning of value"],
];

const onUpdates: Rows = [
  ['a body of white space', ' \r\n\t', 'EOF', 'boundary'],
  ['a text that is cut off', '{"user_name":"a', 'unexpected EOF'],
  [
    'a name without quotes',
    '{user_name:1}',
    "invalid character 'u' looking for beginning of object key string",
  ],
  [
    'a comma behind the last member',
    '{"a":1,}',
    "invalid character '}' looking for beginning of object key string",
  ],
  ['two values without a comma', '{"a":"b" "c"}', `invalid character '"' after object key:value pair`],
  ['a name without a colon', '{"a" 1}', "invalid character '1' after object key"],
  ['a line break within a text', '{"introduce":"a\nb"}', "invalid character '\\n' in string literal"],
  ['an escape that is none', '{"introduce":"\\x"}', "invalid character 'x' in string escape code"],
  ['a literal that is cut off', '{"a":tru}', "invalid character '}' in literal true (expecting 'e')"],
  ['a byte order mark', '\ufeff{}', "invalid character 'ï' looking for beginning of value"],
  [
    'a fault of syntax behind a wrong type',
    '{"user_name":1,}',
    "invalid character '}' looking for beginning of object key string",
  ],
];

function refuses(path: string, credential: Exchange['credential'], rows: Rows): Exchange[] {
  return rows.map(([what, body, msg, kind]) =>
    post(`POST ${path} does not read ${what}`, path, body, failure(msg), {
      kind: kind ?? 'error',
      credential,
    }),
  );
}

/** Bodies that are no JSON. */
export const syntax: readonly Exchange[] = [
  ...calls.flatMap(([path, credential]) => refuses(path, credential, everywhere)),
  ...refuses('/api/user/detail', 'own', onUpdates),
  ...['/api/user/detail', '/api/user/password'].map((path) =>
    post(`POST ${path} asks to sign in before it reads what is no JSON`, path, '{', mustSignIn, {
      kind: 'no_credential',
    }),
  ),
];
