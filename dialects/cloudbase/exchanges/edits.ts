import type { Exchange } from '../../../src/contract';
import {
  badBio,
  badEmail,
  badGender,
  badName,
  badNumber,
  badPicture,
  badUsername,
  denied,
  emailTaken,
  invalid,
  json,
  missing,
  notFound,
  phoneTaken,
  reservedUsername,
  success,
  unserved,
  unstorable,
  usernameTaken,
} from './answers';
import { rowsOf, typesOf, type Call, type Row } from './rows';

const call: Call = { method: 'POST', path: 'user/basic/edit', credential: 'own', headers: json };

/** The published page. Its sample token and its placeholder addresses are replaced as the README's table says. */
const documented: readonly Exchange[] = [
  {
    title: 'the documented request changes seven fields',
    source: 'documented',
    kind: 'success',
    request: {
      method: 'POST',
      path: '/auth/v1/user/basic/edit',
      headers: { ...json, 'x-device-id': 'device_123456' },
      body: {
        nickname: 'Zhang San',
        username: 'zhangsan',
        phone: '+86 13000000000',
        description: 'A developer who loves technology',
        avatar_url: 'https://example/avatar.jpg',
        gender: 'MALE',
        email: 'zhangsan@example',
      },
    },
    credential: 'own',
    response: success,
  },
  {
    title: 'a user name that somebody has is refused',
    source: 'documented',
    kind: 'error',
    given: 'another user has this user name',
    arrange: { other: 'somebody_else' },
    request: {
      method: 'POST',
      path: '/auth/v1/user/basic/edit',
      headers: json,
      body: { username: '<taken username>' },
    },
    credential: 'own',
    response: usernameTaken,
  },
];

const other = 'somebody_else';
const admin = { other, own: { role: 'admin' } } as const;

const who: readonly Exchange[] = [
  ...rowsOf(call, { kind: 'success', source: 'documented', answer: success }, [
    ['the own user_id is taken from everyone', { user_id: '<id>', nickname: 'Zhang San' }],
    ['an administrator edits somebody else', { user_id: '<other>', nickname: 'Zhang San' }, success, admin],
  ]),
  ...rowsOf(
    { ...call, credential: 'none', headers: { ...json, authorization: '<client bearer>' } },
    { kind: 'success', source: 'client', answer: success },
    [
      [
        'a program edits anybody',
        { user_id: '<other>', nickname: 'Zhang San' },
        success,
        { other, client: true },
      ],
      ['a program says whom it edits', { nickname: 'Zhang San' }, missing('user_id'), { client: true }],
    ],
  ),
  ...rowsOf(call, { kind: 'error', source: 'documented', answer: denied }, [
    [
      'somebody else is edited by administrators only',
      { user_id: '<other>', nickname: 'Zhang San' },
      denied,
      { other },
    ],
  ]),
  ...rowsOf(call, { kind: 'error', source: 'ours' }, [
    ['an administrator is told of a user_id that nobody has', { user_id: '2147483647' }, notFound, admin],
    ['a user_id that nobody has is refused as somebody else’s', { user_id: '2147483647' }, denied],
    ['a user_id beyond all of ours is nobody’s', { user_id: '9007199254740993' }, notFound, admin],
    [
      'an address that somebody has is refused',
      { email: 'Taken.Person@example.com' },
      emailTaken,
      { other, otherContacts: { email: 'taken.person@example.com' } },
    ],
    [
      'a phone number that somebody has is refused',
      { phone: '+86 13500135000' },
      phoneTaken,
      { other, otherContacts: { phone: '+8613500135000' } },
    ],
  ]),
  ...rowsOf(
    call,
    {
      kind: 'error',
      source: 'ours',
      answer: unserved('Changing the password through this call is not enabled'),
    },
    [
      ['an encrypted old password is not dropped in silence', { encrypt_password: 'x' }],
      ['an encrypted new password is not dropped in silence', { encrypt_new_password: 'x' }],
      ['the thumbprint of a key is not dropped in silence', { public_key_thumbprint: 'x' }],
    ],
  ),
];

/** Values at their limits, which pass. */
const fitting: readonly Row[] = [
  ['a nickname of 2 characters is taken', { nickname: 'Zh' }],
  ['a nickname of 48 characters is taken', { nickname: 'Z'.repeat(48) }],
  ['a nickname of 48 emoji is taken, for code points count', { nickname: '🙂'.repeat(48) }],
  ['a user name of 2 characters is taken', { username: 'z7' }],
  ['a user name of 48 characters is taken', { username: 'z'.repeat(48) }],
  ['a user name may have each character of the set', { username: '0aZ-_.:+ z' }],
  ['white space of any length may follow the country code', { phone: '+86   13000000000' }],
  ['a phone number may be of another country', { phone: '+1 2015550123' }],
  ['a description of 1000 characters is taken', { description: '说'.repeat(1000) }],
  ['an avatar of 2048 characters is taken', { avatar_url: `https://example/${'a'.repeat(2032)}` }],
  ['an avatar may be plain http', { avatar_url: 'http://example/avatar.jpg' }],
  ['the gender FEMALE is taken', { gender: 'FEMALE' }],
  ['an address of 254 characters is taken', { email: `${'a'.repeat(242)}@example.com` }],
  ['an address needs no dot after the at sign', { email: 'zhangsan@example' }],
  ['an empty description clears it', { description: '' }],
  ['an empty avatar clears it', { avatar_url: '' }],
  ['an empty gender clears it', { gender: '' }],
  ['null is absent', { nickname: null, user_id: null }],
  ['a member that nobody knows is ignored', { nick: 'Z' }],
  ['the own values pass unchanged', { username: '<username>', email: '<email>' }],
];

const unfit: readonly Row[] = [
  ['a nickname of 1 character is refused', { nickname: 'Z' }, badName('nickname')],
  ['a nickname of one emoji is refused, for code points count', { nickname: '🙂' }, badName('nickname')],
  ['a nickname of 49 characters is refused', { nickname: 'Z'.repeat(49) }, badName('nickname')],
  ['an empty nickname is refused', { nickname: '' }, badName('nickname')],
  ['a nickname with U+0000 is refused', { nickname: 'Z\u0000S' }, unstorable('nickname')],
  ['a user name of 1 character is refused', { username: 'z' }, badUsername],
  ['a user name of 49 characters is refused', { username: 'z'.repeat(49) }, badUsername],
  ['an empty user name is refused', { username: '' }, badUsername],
  ['a Chinese user name is refused', { username: '张三' }, badUsername],
  ['a user name with an at sign is refused', { username: 'zhang@san' }, badUsername],
  ['a user name that starts with a dot is refused', { username: '.zhang' }, badUsername],
  ['a user name that ends with a space is refused', { username: 'zhang ' }, badUsername],
  ['a user name that reads as a phone number is refused', { username: '13000000000' }, reservedUsername],
  ['a phone number without country code is refused', { phone: '13000000000' }, badNumber('phone')],
  ['a phone number without a space is refused', { phone: '+8613000000000' }, badNumber('phone')],
  ['half a country code is refused', { phone: '+8 613000000000' }, badNumber('phone')],
  ['a phone number of one digit is refused', { phone: '+86 1' }, badNumber('phone')],
  ['an empty phone number is refused', { phone: '' }, badNumber('phone')],
  ['a description of 1001 characters is refused', { description: '说'.repeat(1001) }, badBio('description')],
  ['a description with U+0000 is refused', { description: 'a\u0000' }, unstorable('description')],
  ['an avatar that is no URL is refused', { avatar_url: 'avatar.jpg' }, badPicture('avatar_url')],
  ['an avatar of another scheme is refused', { avatar_url: 'ftp://example/a.jpg' }, badPicture('avatar_url')],
  [
    'an avatar of 2049 characters is refused',
    { avatar_url: `https://example/${'a'.repeat(2033)}` },
    badPicture('avatar_url'),
  ],
  ['a gender in lower case is refused', { gender: 'male' }, badGender],
  ['a gender that the wire does not have is refused', { gender: 'UNKNOWN' }, badGender],
  ['an address without an at sign is refused', { email: 'zhangsan' }, badEmail],
  ['an address of 255 characters is refused', { email: `${'a'.repeat(243)}@example.com` }, badEmail],
  ['an empty address is refused', { email: '' }, badEmail],
  [
    'a user_id of no digits is refused',
    { user_id: 'me' },
    invalid('user_id must be the decimal ID of a user'),
  ],
  ['a user_id of zero is refused', { user_id: '0' }, invalid('user_id must be the decimal ID of a user')],
  ['an empty user_id is refused', { user_id: '' }, invalid('user_id must be the decimal ID of a user')],
  [
    'of two mistakes the first in the order of the page is named',
    { gender: 'x', nickname: 'Z' },
    badName('nickname'),
  ],
];

/** `POST /user/basic/edit`; reference 8. */
export const edits: readonly Exchange[] = [
  ...documented,
  ...who,
  ...rowsOf(call, { kind: 'boundary', source: 'documented', answer: success }, fitting),
  ...rowsOf(call, { kind: 'boundary', source: 'ours' }, unfit),
  ...rowsOf(call, { kind: 'success', source: 'ours', answer: success }, [
    ['an edit of nothing succeeds', {}],
    ['a body of null is an edit of nothing', 'null'],
  ]),
  ...typesOf(call, [
    'user_id',
    'nickname',
    'username',
    'phone',
    'description',
    'avatar_url',
    'gender',
    'email',
  ]),
];
