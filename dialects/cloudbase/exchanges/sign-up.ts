import type { Exchange } from '../../../src/contract';
import {
  badEmail,
  badGender,
  badLocale,
  badName,
  badNumber,
  badPassword,
  badPicture,
  badProof,
  badUsername,
  device,
  emailTaken,
  grantTo,
  invalid,
  missing,
  noContact,
  notValid,
  providerNotEnabled,
  reservedUsername,
  twoContacts,
  unstorable,
  usernameTaken,
} from './answers';
import { rowsOf, typesOf, type Call } from './rows';

const query = { client_id: 'demo-env-1' };
const call: Call = { method: 'POST', path: 'signup', query };

/** With a token that proves the address. */
const proven: Call = {
  ...call,
  beside: { email: '<new email>', verification_token: '<verification token>' },
};
/** With a token that proves nothing: the other mistakes are named first. */
const unproven: Call = { ...call, beside: { email: 'zhangsan@example', verification_token: 'none' } };
const byProof = { proof: 'redeemed' } as const;
const other = 'somebody_else';

const signUps: readonly Exchange[] = [
  ...rowsOf(proven, { kind: 'success', source: 'client', answer: grantTo('<new id>'), arrange: byProof }, [
    [
      'a proven address registers, and the raw code beside its token is tolerated',
      { verification_code: '<sent code>', password: 'Secret_123' },
    ],
    ['a proven address alone is enough', {}],
    [
      'everything that the page names is taken',
      {
        username: '<new username>',
        password: 'Secret_123',
        name: 'Zhang San',
        gender: 'MALE',
        picture: 'https://example/avatar.jpg',
        locale: 'zh-CN',
      },
    ],
  ]),
  ...rowsOf(proven, { kind: 'no_credential', source: 'documented', arrange: byProof }, [
    ['nobody has to have been anonymous before', { username: '<new username>' }, grantTo('<new id>')],
  ]),
  ...rowsOf(proven, { kind: 'bad_credential', source: 'ours', arrange: byProof }, [
    [
      'a token that is nobody’s upgrades nobody, and nobody registers',
      { anonymous_token: 'none' },
      invalid('anonymous_token must be the access token of an anonymous user'),
    ],
  ]),
  ...rowsOf(call, { kind: 'error', source: 'documented' }, [
    [
      'a user name and a password alone are no registration',
      { username: 'zhangsan', password: 'Secret_123' },
      noContact,
    ],
  ]),
  ...rowsOf(proven, { kind: 'error', source: 'ours', arrange: byProof }, [
    [
      'a user name that somebody has is refused',
      { username: '<taken username>' },
      usernameTaken,
      { ...byProof, other },
    ],
    ['a token of another address is refused', { email: 'zhangsan@example' }, badProof],
    ['a token of ten minutes ago is refused', {}, badProof, { ...byProof, elapsed: 600 }],
    [
      'the token of somebody who is not anonymous upgrades nobody',
      { anonymous_token: '<own access token>' },
      invalid('anonymous_token must be the access token of an anonymous user'),
    ],
  ]),
  ...rowsOf(call, { kind: 'error', source: 'ours' }, [
    [
      'an address that somebody has is refused, though proven',
      { email: '<email>', verification_token: '<proof token>' },
      emailTaken,
    ],
    ['a token that is none is refused', { email: 'zhangsan@example', verification_token: 'none' }, badProof],
    [
      'what a provider would vouch for is not dropped in silence',
      { provider_token: 'none' },
      providerNotEnabled,
    ],
  ]),
  ...rowsOf(proven, { kind: 'boundary', source: 'ours', answer: grantTo('<new id>'), arrange: byProof }, [
    ['a password of 6 bytes is taken', { password: 'abc123' }],
    ['a password of 72 bytes is taken', { password: 'p'.repeat(72) }],
    ['a name of 2 characters is taken', { name: '张三' }],
    ['an empty name is none', { name: '' }],
    ['a token of nearly ten minutes ago is good', {}, grantTo('<new id>'), { ...byProof, elapsed: 590 }],
  ]),
  ...rowsOf(proven, { kind: 'boundary', source: 'ours', arrange: byProof }, [
    ['a password of 5 bytes is refused', { password: 'abc12' }, badPassword('password')],
    ['a password of 73 bytes is refused', { password: 'p'.repeat(73) }, badPassword('password')],
    [
      '24 characters of 3 bytes each are a password of 72',
      { password: '密'.repeat(24) },
      grantTo('<new id>'),
    ],
    ['25 characters of 3 bytes each are too many', { password: '密'.repeat(25) }, badPassword('password')],
    ['a password with a space at its end is refused', { password: 'Secret_123 ' }, badPassword('password')],
    ['a locale of 36 characters is refused', { locale: 'x'.repeat(36) }, badLocale('locale')],
    ['a name with U+0000 is refused', { name: 'Z\u0000S' }, unstorable('name')],
    ['a user name that reads as a phone number is refused', { username: '13000000000' }, reservedUsername],
  ]),
  ...rowsOf(unproven, { kind: 'boundary', source: 'ours' }, [
    ['a name of 1 character is refused', { name: 'Z' }, badName('name')],
    ['a name of 49 characters is refused', { name: 'Z'.repeat(49) }, badName('name')],
    ['a user name of 1 character is refused', { username: 'z' }, badUsername],
    ['a user name of 49 characters is refused', { username: 'z'.repeat(49) }, badUsername],
    ['a picture that is no URL is refused', { picture: 'avatar.jpg' }, badPicture('picture')],
    ['a gender in lower case is refused', { gender: 'male' }, badGender],
    ['an address without an at sign is refused', { email: 'zhangsan' }, badEmail],
    ['a phone number beside the address is refused', { phone_number: '+86 13000000000' }, twoContacts],
    ['an empty token is refused', { verification_token: '' }, notValid('verification_token')],
  ]),
  ...rowsOf(call, { kind: 'boundary', source: 'ours' }, [
    ['an address without a token is refused', { email: 'zhangsan@example' }, missing('verification_token')],
    [
      'a phone number without country code is refused',
      { phone_number: '13000000000', verification_token: 'none' },
      badNumber('phone_number'),
    ],
    ['nothing at all is refused', {}, noContact],
  ]),
  ...typesOf(unproven, [
    'phone_number',
    'email',
    'verification_token',
    'username',
    'password',
    'name',
    'gender',
    'picture',
    'locale',
    'anonymous_token',
  ]),
];

const anonymously: Call = { method: 'POST', path: 'signin/anonymously', query };
const withDevice = (id: string): Call => ({ ...anonymously, headers: { 'x-device-id': id } });
const noDevice = invalid('x-device-id of 16 to 48 characters is required');
const anonymous = grantTo('<new id>', 'anonymous');

const anonymousSignIns: readonly Exchange[] = [
  ...rowsOf(withDevice(device), { kind: 'success', source: 'documented' }, [
    ['a device signs in without a name', {}, anonymous],
  ]),
  ...rowsOf(
    { ...anonymously, headers: { 'x-device-id': device, authorization: 'Basic ZGVtby1lbnYtMTo=' } },
    { kind: 'success', source: 'client' },
    [['the SDK’s own Basic authorization, whose secret is empty, is tolerated', {}, anonymous]],
  ),
  ...rowsOf(anonymously, { kind: 'error', source: 'documented' }, [['a device is required', {}, noDevice]]),
  ...rowsOf(withDevice(device), { kind: 'error', source: 'ours' }, [
    [
      'what a provider would vouch for is not dropped in silence',
      { provider_token: 'none' },
      providerNotEnabled,
    ],
  ]),
  ...rowsOf(withDevice(device), { kind: 'wrong_type', source: 'ours' }, [
    ['a provider token that is no string is refused all the same', { provider_token: 5 }, providerNotEnabled],
  ]),
  ...rowsOf(withDevice('d'.repeat(15)), { kind: 'boundary', source: 'ours' }, [
    ['a device of 15 characters is none', {}, noDevice],
  ]),
  ...rowsOf(withDevice('d'.repeat(16)), { kind: 'boundary', source: 'client' }, [
    ['a device of 16 characters is one', {}, anonymous],
  ]),
  ...rowsOf(withDevice('d'.repeat(48)), { kind: 'boundary', source: 'client' }, [
    ['a device of 48 characters is one', {}, anonymous],
  ]),
  ...rowsOf(withDevice('d'.repeat(49)), { kind: 'boundary', source: 'ours' }, [
    ['a device of 49 characters is none', {}, noDevice],
  ]),
];

/** `POST /signup` and `POST /signin/anonymously`; reference 5.1 and 5.3. */
export const registrations: readonly Exchange[] = [...signUps, ...anonymousSignIns];
