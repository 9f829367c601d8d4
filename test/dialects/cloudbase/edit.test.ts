import { startGateway } from '../../support/gateway';
import {
  answerTo,
  done,
  edit,
  invalid,
  me,
  newName,
  newPerson,
  newUser,
  refused,
  type Gateway,
  type Person,
} from './people';

let gateway: Gateway;
let person: Person;
beforeAll(async () => {
  gateway = await startGateway();
  person = await newPerson(gateway);
});
afterAll(() => gateway.stop());

const shown = async (token = person.token): Promise<Record<string, unknown>> =>
  (await me(gateway, token)).body as Record<string, unknown>;

const forms = {
  nickname: 'nickname must be 2 to 48 characters',
  username:
    'username must be 2 to 48 letters, digits, spaces and - _ . : +, the first a letter or digit, the last no space',
  phone: 'phone must be a phone number such as +86 13000000000',
  avatar_url: 'avatar_url must be an http or https URL of at most 2048 characters',
  gender: 'gender must be MALE or FEMALE',
  email: 'email must be an email address of at most 254 characters',
  description: 'description must be at most 1000 characters',
};
const reserved = 'username must not read as an email address or a phone number';
const unstorable = (member: string) => `${member} must not contain U+0000 or half a character`;

describe('a value', () => {
  test.each([
    ['nickname', 'Zh', 'name'],
    ['nickname', '张三'.repeat(24), 'name'],
    ['nickname', '👩‍👩‍👧 e\u0301 مرحبا', 'name'],
    ['nickname', ' padded ', 'name'],
    ['username', 'Zh', 'username'],
    ['username', 'z'.repeat(48), 'username'],
    ['username', 'Zhang San-_.:+', 'username'],
    ['description', 'a', 'user_desc'],
    ['description', '😀'.repeat(1000), 'user_desc'],
    ['avatar_url', `https://example/${'a'.repeat(2032)}`, 'picture'],
    ['gender', 'FEMALE', 'gender'],
    ['email', 'a@b', 'email'],
    ['phone', '+86 13111111111', 'phone_number'],
    ['phone', '+1 2425551234', 'phone_number'],
  ])('of %s comes back: %.40s', async (member, value, read) => {
    expect(await edit(gateway, person.token, { [member]: value })).toEqual(done);
    expect((await shown())[read]).toBe(value);
  });

  test('of phone comes back with one space', async () => {
    expect(await edit(gateway, person.token, { phone: '+86   13222222222' })).toEqual(done);
    expect((await shown()).phone_number).toBe('+86 13222222222');
  });

  test('of avatar_url that is an upload of ours follows the public URL', async () => {
    const picture = `${gateway.url}/uploads/a.webp`;
    expect(await edit(gateway, person.token, { avatar_url: picture })).toEqual(done);
    expect((await shown()).picture).toBe(picture);
    const stored = await gateway.core.getProfile(
      { caller: { kind: 'client', clientId: 'test' }, userId: person.user.id },
      gateway.operator,
    );
    expect(stored.user.avatar).toBe('uploads/a.webp');
  });

  test.each([
    ['nickname', 'Z', forms.nickname],
    ['nickname', '😀', forms.nickname],
    ['nickname', '', forms.nickname],
    ['nickname', 'n'.repeat(49), forms.nickname],
    ['nickname', 'a\u0000b', unstorable('nickname')],
    ['nickname', 'a\ud800b', unstorable('nickname')],
    ['username', 'z', forms.username],
    ['username', '', forms.username],
    ['username', 'z'.repeat(49), forms.username],
    ['username', '张三', forms.username],
    ['username', 'zhang@san', forms.username],
    ['username', 'zhang ', forms.username],
    ['username', '13000000000', reserved],
    ['username', '130-000.000', reserved],
    ['phone', '', forms.phone],
    ['phone', '13000000000', forms.phone],
    ['phone', '+8613000000000', forms.phone],
    ['phone', '+86 1', forms.phone],
    ['phone', '+86 130000000001234567', forms.phone],
    ['description', 'd'.repeat(1001), forms.description],
    ['description', 'a\u0000b', unstorable('description')],
    ['avatar_url', 'avatar.jpg', forms.avatar_url],
    ['avatar_url', `https://example/${'a'.repeat(2033)}`, forms.avatar_url],
    ['gender', 'male', forms.gender],
    ['gender', 'UNKNOWN', forms.gender],
    ['email', '', forms.email],
    ['email', 'zhangsan', forms.email],
    ['email', `${'a'.repeat(250)}@b.cn`, forms.email],
    ['user_id', 'me', 'user_id must be the decimal ID of a user'],
  ])('is refused: %s %.40j', async (member, value, description) => {
    const before = await shown();
    expect(await edit(gateway, person.token, { [member]: value })).toEqual(invalid(description));
    expect(await shown()).toEqual(before);
  });

  test.each(['user_id', 'nickname', 'username', 'phone', 'description', 'avatar_url', 'gender', 'email'])(
    'of %s is a string',
    async (member) => {
      for (const value of [5, true, ['x'], {}]) {
        expect(await edit(gateway, person.token, { [member]: value })).toEqual(
          invalid(`${member} must be a string`),
        );
      }
    },
  );
});

test('only what is named changes, and a refusal changes nothing', async () => {
  const { token } = await newPerson(gateway);
  expect(await edit(gateway, token, { nickname: 'Zhang San', description: 'D' })).toEqual(done);
  expect(await edit(gateway, token, { nickname: 'Li Si', gender: 'other' })).toEqual(invalid(forms.gender));
  expect(await edit(gateway, token, { gender: 'MALE' })).toEqual(done);
  expect(await shown(token)).toMatchObject({ name: 'Zhang San', user_desc: 'D', gender: 'MALE' });
});

test('an empty string clears the description, the avatar and the gender', async () => {
  const { token } = await newPerson(gateway);
  await edit(gateway, token, { description: 'D', avatar_url: 'https://example/a', gender: 'MALE' });
  expect(await edit(gateway, token, { description: '', avatar_url: '', gender: '' })).toEqual(done);
  const body = await shown(token);
  for (const member of ['user_desc', 'picture', 'gender']) expect(body).not.toHaveProperty(member);
});

test('null is absent, and so is a member that nobody knows', async () => {
  const before = await shown();
  const nothing = {
    nickname: null,
    username: null,
    user_id: null,
    public_key_thumbprint: null,
    more: 5,
    ['__proto__']: 'x',
  };
  expect(await edit(gateway, person.token, nothing)).toEqual(done);
  expect(await shown()).toMatchObject({ name: before.name, username: before.username });
});

test.each([['{}'], ['null'], [undefined]])('an edit of nothing succeeds: %s', async (body) => {
  expect(await edit(gateway, person.token, body)).toEqual(done);
});

test('the own values are accepted unchanged, whatever another door allowed', async () => {
  const username = `张 ${newName()}`.padEnd(60, 'x');
  const { token } = await newPerson(gateway, { username, profile: { nickname: 'Z' } });
  expect(await edit(gateway, token, { username, nickname: 'Z' })).toEqual(done);
  expect(await edit(gateway, token, { username: `${username}y` })).toEqual(invalid(forms.username));
  expect(await shown(token)).toMatchObject({ username, name: 'Z' });
});

test.each([
  ['username', 'TAKEN Name', refused(409, 'username_already_exists', 409, 'Username already exists')],
  ['email', 'Taken@Example.com', refused(409, 'already_exists', 6, 'Email already exists')],
  ['phone', '+86 13900001111', refused(409, 'already_exists', 6, 'Phone number already exists')],
])('somebody else has this %s', async (member, value, answer) => {
  await gateway.sql(`DELETE FROM users WHERE username_key = $1`, ['taken name']);
  await newUser(gateway, { username: 'taken name', email: 'taken@example.com', phone: '+8613900001111' });
  const before = await shown();
  expect(await edit(gateway, person.token, { nickname: 'Other', [member]: value })).toEqual(answer);
  expect(await shown()).toEqual(before);
});

test.each(['encrypt_password', 'encrypt_new_password', 'public_key_thumbprint'])(
  '%s is not dropped in silence',
  async (member) => {
    expect(await edit(gateway, person.token, { nickname: 'Other', [member]: 'x' })).toEqual(
      refused(501, 'unimplemented', 12, 'Changing the password through this call is not enabled'),
    );
  },
);

describe('with a user_id', () => {
  const denied = refused(403, 'permission_denied', 7, 'Administrator rights are required');

  test('one edits oneself', async () => {
    expect(await edit(gateway, person.token, { user_id: String(person.user.id), nickname: 'Me' })).toEqual(
      done,
    );
    expect(await shown()).toMatchObject({ name: 'Me' });
  });

  test('one edits nobody else, be there such a user or not', async () => {
    const other = await newPerson(gateway);
    for (const user_id of [String(other.user.id), '2147483647', '9876543210123456789']) {
      expect(await edit(gateway, person.token, { user_id, nickname: 'You' })).toEqual(denied);
    }
    expect(await shown(other.token)).not.toHaveProperty('name');
  });

  test('an administrator edits anybody', async () => {
    const admin = await newPerson(gateway, { role: 'admin' });
    const other = await newPerson(gateway);
    expect(await shown(admin.token)).toMatchObject({ internal_user_type: 'administrator' });
    expect(await edit(gateway, admin.token, { user_id: String(other.user.id), nickname: 'You' })).toEqual(
      done,
    );
    expect(await shown(other.token)).toMatchObject({ name: 'You' });
    expect(await shown(admin.token)).not.toHaveProperty('name');
    for (const user_id of ['2147483647', '9876543210123456789']) {
      expect(await edit(gateway, admin.token, { user_id, nickname: 'You' })).toEqual(
        refused(404, 'not_found', 5, 'User not found'),
      );
    }
  });
});

test('contacts that must be proven are not taken on their word', async () => {
  const strict = await startGateway({ environment: { REQUIRE_VERIFIED_CONTACT: 'true' } });
  try {
    const { token } = await newPerson(strict);
    for (const [member, value] of [
      ['email', 'zhangsan@example'],
      ['phone', '+86 13000000000'],
    ] as const) {
      expect(await edit(strict, token, { [member]: value })).toEqual(
        refused(400, 'failed_precondition', 9, `${member} must be verified first`),
      );
    }
    expect(await edit(strict, token, { nickname: 'Zhang San' })).toEqual(done);
  } finally {
    await strict.stop();
  }
});

test('a failing storage answers as the crash path does', async () => {
  const broken = await startGateway();
  try {
    const { token } = await newPerson(broken);
    await broken.sql('ALTER TABLE users RENAME TO users_away', []);
    const internal = refused(500, 'internal', 13, 'Internal error');
    expect(await edit(broken, token, { nickname: 'Zhang San' })).toEqual(internal);
    expect(await me(broken, token)).toEqual(internal);
    expect(
      await answerTo(broken, 'POST', '/auth/v1/signin', { body: { username: 'zhangsan', password: 'x' } }),
    ).toEqual(internal);
    await broken.sql('ALTER TABLE users_away RENAME TO users', []);
    expect(await edit(broken, token, { nickname: 'Zhang San' })).toEqual(done);
  } finally {
    await broken.stop();
  }
});
