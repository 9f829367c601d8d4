import type { Answer, Exchange } from '../../../src/contract';
import {
  badBio,
  badEmail,
  badGender,
  badLocale,
  badName,
  badNumber,
  badPicture,
  badUsername,
  emailTaken,
  good,
  notFound,
  phoneTaken,
  reservedUsername,
  text,
  unserved,
  unstorable,
  usernameTaken,
} from './answers';
import { rowsOf, typesOf, type Call } from './rows';

const me: Call = { method: 'GET', path: 'user/me', credential: 'own' };

const nobodyYet = {
  sub: '<id>',
  user_id: '<id>',
  username: '<username>',
  providers: [],
  groups: [],
  status: 'ACTIVE',
  created_at: '<time>',
  updated_at: '<time>',
  password_updated_at: '<time>',
  last_login: '<time>',
  has_password: true,
  internal_user_type: 'generalUser',
};

const bare = { nickname: '', email: null, phone: null };

const readings: readonly Exchange[] = [
  {
    title: 'the profile of a user who set nothing but what signing in needs',
    source: 'client',
    kind: 'success',
    given: 'the user was made with a password and has signed in',
    arrange: { own: bare },
    request: { method: 'GET', path: '/auth/v1/user/me', query: { client_id: 'demo-env-1' }, headers: text },
    credential: 'own',
    response: good(nobodyYet),
  },
  {
    title: 'the profile of a user who set everything',
    source: 'client',
    kind: 'success',
    given: 'the user has these values and has signed in',
    arrange: {
      own: {
        nickname: 'Zhang San',
        bio: 'A developer who loves technology',
        avatar: 'uploads/1.webp',
        email: 'zhangsan@example',
        phone: '+8613000000000',
        createdAt: new Date('2024-01-02T03:04:05.678Z'),
        updatedAt: new Date('2024-02-03T04:05:06.789Z'),
        lastSignInAt: new Date('2024-03-04T05:06:07Z'),
      },
    },
    request: { method: 'GET', path: '/auth/v1/user/me', query: { client_id: 'demo-env-1' }, headers: text },
    credential: 'own',
    response: good({
      ...nobodyYet,
      name: 'Zhang San',
      picture: '<own upload>',
      email: 'zhangsan@example',
      email_verified: false,
      phone_number: '+86 13000000000',
      user_desc: 'A developer who loves technology',
      created_at: '2024-01-02T03:04:05.678Z',
      updated_at: '2024-02-03T04:05:06.789Z',
      last_login: '2024-03-04T05:06:07.000Z',
    }),
  },
  ...rowsOf(me, { kind: 'success', source: 'client' }, [
    ['what an SDK asks besides is ignored', { with_department: 'true' }, good(nobodyYet), { own: bare }],
    [
      'an administrator is told apart',
      {},
      good({ ...nobodyYet, internal_user_type: 'administrator' }),
      { own: { ...bare, role: 'admin' } },
    ],
    [
      'a proven address is told to be so',
      {},
      good({ ...nobodyYet, email: 'zhangsan@example', email_verified: true }),
      { own: { ...bare, email: 'zhangsan@example', proven: 'email' } },
    ],
  ]),
  ...rowsOf(
    { ...me, credential: 'none', headers: { authorization: '<client bearer>' } },
    { kind: 'error', source: 'ours', answer: notFound, arrange: { client: true } },
    [['a program has no profile', {}]],
  ),
];

const edit: Call = { method: 'PATCH', path: 'user/profile', credential: 'own' };

/** A profile that held nothing before the edit. */
const edited = (members: object): Answer => good({ ...nobodyYet, ...members });
const other = 'somebody_else';

const edits: readonly Exchange[] = [
  ...rowsOf(edit, { kind: 'success', source: 'client', arrange: { own: bare } }, [
    ['the answer is the whole profile', { name: 'Zhang San' }, edited({ name: 'Zhang San' })],
    ['a picture is kept', { picture: 'https://example/a.jpg' }, edited({ picture: 'https://example/a.jpg' })],
    ['a gender is kept', { gender: 'FEMALE' }, edited({ gender: 'FEMALE' })],
    ['a locale is kept', { locale: 'zh-CN' }, edited({ locale: 'zh-CN' })],
    [
      'a phone number is kept',
      { phone_number: '+86 13000000000' },
      edited({ phone_number: '+86 13000000000' }),
    ],
    ['an edit of nothing answers the profile too', {}, edited({})],
    ['facts of the server’s own are ignored', { created_at: 'never', groups: [] }, edited({})],
  ]),
  ...rowsOf(edit, { kind: 'error', source: 'ours' }, [
    ['a user name that somebody has is refused', { username: '<taken username>' }, usernameTaken, { other }],
    [
      'an address that somebody has is refused',
      { email: 'taken.person@example.com' },
      emailTaken,
      { other, otherContacts: { email: 'taken.person@example.com' } },
    ],
    [
      'a phone number that somebody has is refused',
      { phone_number: '+86 13500135000' },
      phoneTaken,
      { other, otherContacts: { phone: '+8613500135000' } },
    ],
    [
      'what nothing keeps is not dropped in silence',
      { birthdate: '1990-01-01' },
      unserved('Only name, username, phone_number, user_desc, picture, gender, email and locale are kept'),
    ],
  ]),
  ...rowsOf(edit, { kind: 'boundary', source: 'ours', arrange: { own: bare } }, [
    ['a name of 48 characters is taken', { name: '三'.repeat(48) }, edited({ name: '三'.repeat(48) })],
    ['a name of 49 characters is refused', { name: '三'.repeat(49) }, badName('name')],
    ['a name of 1 character is refused', { name: '三' }, badName('name')],
    ['a name with U+0000 is refused', { name: 'Z\u0000S' }, unstorable('name')],
    ['a user name of 1 character is refused', { username: 'z' }, badUsername],
    ['a user name that reads as a phone number is refused', { username: '13000000000' }, reservedUsername],
    [
      'a phone number without country code is refused',
      { phone_number: '13000000000' },
      badNumber('phone_number'),
    ],
    ['a description of 1001 characters is refused', { user_desc: 'x'.repeat(1001) }, badBio('user_desc')],
    ['a description with U+0000 is refused', { user_desc: 'a\u0000' }, unstorable('user_desc')],
    ['a picture that is no URL is refused', { picture: 'a.jpg' }, badPicture('picture')],
    ['a gender in lower case is refused', { gender: 'female' }, badGender],
    ['an address without an at sign is refused', { email: 'zhangsan' }, badEmail],
    ['a locale of 35 characters is taken', { locale: 'x'.repeat(35) }, edited({ locale: 'x'.repeat(35) })],
    ['a locale of 36 characters is refused', { locale: 'x'.repeat(36) }, badLocale('locale')],
    ['a locale with U+0000 is refused', { locale: 'zh\u0000' }, unstorable('locale')],
    ['an empty locale clears it', { locale: '' }, edited({})],
  ]),
  ...typesOf(edit, ['name', 'username', 'phone_number', 'user_desc', 'picture', 'gender', 'email', 'locale']),
];

/** `GET /user/me` and `PATCH /user/profile`; reference 7 and 8.1. */
export const profiles: readonly Exchange[] = [...readings, ...edits];
