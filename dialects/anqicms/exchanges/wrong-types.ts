import type { Exchange } from '../../../src/contract';
import { failure, post } from './answers';

/** Each row: the member, a value of a wrong type, what Go calls that value, and the type that it wanted. */
type Rows = readonly (readonly [member: string, value: unknown, called: string, wanted: string])[];

interface Call {
  path: string;
  credential: Exchange['credential'];
  /** How Go's words name the body. */
  struct: string;
  rows: Rows;
}

const extra = 'map[string]interface {}';

/** Every type that the server's decoder checks (reference 2.5, 4.1, 4.2, 4.5, 4.7, 4.9, 4.11). */
const calls: readonly Call[] = [
  {
    path: '/api/login',
    credential: 'none',
    struct: 'ApiLoginRequest',
    rows: [
      ['platform', 1, 'number', 'string'],
      ['user_name', true, 'bool', 'string'],
      ['email', {}, 'object', 'string'],
      ['phone', 13800138000, 'number', 'string'],
      ['password', 12345678, 'number', 'string'],
      ['remember', 1, 'number', 'bool'],
      ['remember', 'true', 'string', 'bool'],
      ['captcha_id', [], 'array', 'string'],
      ['captcha', 1234, 'number', 'string'],
      ['invite_id', '1', 'string', 'uint'],
      ['invite_id', -1, 'number -1', 'uint'],
      ['gender', true, 'bool', 'uint'],
      ['gender', 1.5, 'number 1.5', 'uint'],
      ['rawData', {}, 'object', 'string'],
    ],
  },
  {
    path: '/api/register',
    credential: 'none',
    struct: 'ApiRegisterRequest',
    rows: [
      ['user_name', 1, 'number', 'string'],
      ['password', 12345678, 'number', 'string'],
      ['real_name', [], 'array', 'string'],
      ['avatar_url', {}, 'object', 'string'],
      ['email', false, 'bool', 'string'],
      ['phone', 13800138000, 'number', 'string'],
      ['invite_id', '1', 'string', 'uint'],
      ['invite_id', 1.5, 'number 1.5', 'uint'],
      ['first_name', 1, 'number', 'string'],
      ['captcha', 1, 'number', 'string'],
    ],
  },
  {
    path: '/api/verify/email',
    credential: 'none',
    struct: 'ApiRegisterRequest',
    rows: [
      ['email', 1, 'number', 'string'],
      ['state', true, 'bool', 'string'],
      ['invite_id', -1, 'number -1', 'uint'],
    ],
  },
  {
    path: '/api/password/reset',
    credential: 'none',
    struct: 'UserPasswordRequest',
    rows: [
      ['password', 12345678, 'number', 'string'],
      ['email', [], 'array', 'string'],
      ['token', {}, 'object', 'string'],
      ['code', 123456, 'number', 'string'],
    ],
  },
  {
    path: '/api/user/password',
    credential: 'own',
    struct: 'UserPasswordRequest',
    rows: [
      ['password', 12345678, 'number', 'string'],
      ['old_password', true, 'bool', 'string'],
    ],
  },
  {
    path: '/api/user/detail',
    credential: 'own',
    struct: 'UserRequest',
    rows: [
      ['user_name', 123, 'number', 'string'],
      ['user_name', 1.5, 'number', 'string'],
      ['user_name', true, 'bool', 'string'],
      ['user_name', {}, 'object', 'string'],
      ['user_name', [], 'array', 'string'],
      ['real_name', 1, 'number', 'string'],
      ['first_name', 1, 'number', 'string'],
      ['last_name', 1, 'number', 'string'],
      ['introduce', ['x'], 'array', 'string'],
      ['email', { a: 1 }, 'object', 'string'],
      ['phone', 13800138000, 'number', 'string'],
      ['avatar_url', 1, 'number', 'string'],
      ['password', 1, 'number', 'string'],
      ['invite_code', 1, 'number', 'string'],
      ['id', -1, 'number -1', 'uint'],
      ['group_id', '2', 'string', 'uint'],
      ['parent_id', 1.5, 'number 1.5', 'uint'],
      ['birthday', '1', 'string', 'int64'],
      ['birthday', 1.5, 'number 1.5', 'int64'],
      ['balance', '100', 'string', 'int64'],
      ['expire_time', true, 'bool', 'int64'],
      ['status', '1', 'string', 'int'],
      ['is_retailer', false, 'bool', 'int'],
      ['extra', 'x', 'string', extra],
      ['extra', [], 'array', extra],
    ],
  },
];

/** Bodies that are JSON, and no object: what Go calls each. */
const wholes = [
  [[], 'array'],
  ['x', 'string'],
  [123, 'number'],
  [true, 'bool'],
] as const;

const update = { path: '/api/user/detail', credential: 'own', kind: 'wrong_type' } as const;

/** Values of a wrong type, in Go's own words, which name the first of them. */
export const wrongTypes: readonly Exchange[] = [
  ...calls.flatMap(({ path, credential, struct, rows }) => [
    ...rows.map(([member, value, called, wanted]) =>
      post(
        `POST ${path} takes no ${JSON.stringify(value)} for ${member}`,
        path,
        { [member]: value },
        failure(
          `json: cannot unmarshal ${called} into Go struct field ${struct}.${member} of type ${wanted}`,
        ),
        { kind: 'wrong_type', credential },
      ),
    ),
    ...wholes.map(([body, called]) =>
      post(
        `POST ${path} takes no body that is ${called}`,
        path,
        JSON.stringify(body),
        failure(`json: cannot unmarshal ${called} into Go value of type request.${struct}`),
        { kind: 'wrong_type', credential },
      ),
    ),
  ]),
  post(
    'the first of several wrong types is named',
    update.path,
    '{"introduce":1,"user_name":true}',
    failure('json: cannot unmarshal number into Go struct field UserRequest.introduce of type string'),
    update,
  ),
  post(
    'an integer that is written with an exponent',
    update.path,
    '{"birthday":1e3}',
    failure('json: cannot unmarshal number 1e3 into Go struct field UserRequest.birthday of type int64'),
    update,
  ),
  post(
    'an integer beyond 64 bits',
    update.path,
    '{"balance":9223372036854775808}',
    failure(
      'json: cannot unmarshal number 9223372036854775808 into Go struct field UserRequest.balance of type int64',
    ),
    { ...update, kind: 'boundary' },
  ),
];
