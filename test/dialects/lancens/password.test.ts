import { startGateway } from '../../support/gateway';
import {
  answerTo,
  newPerson,
  profileOf,
  refused,
  signIn,
  success,
  type Gateway,
  type Person,
} from './people';

let gateway: Gateway;
let person: Person;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.stop());
beforeEach(async () => {
  person = await newPerson(gateway);
});

const change = (body: object): Promise<unknown> =>
  answerTo(gateway, 'PUT', '/v1/api/user/password', { token: person.token, body });

it('replaces the password and keeps the token of the caller', async () => {
  expect(await change({ password: 'Another_123', oldpassword: person.password })).toEqual(success);
  await expect(profileOf(gateway, person.token)).resolves.toBeDefined();
  const { username, password } = person;
  expect(await answerTo(gateway, 'POST', '/v1/api/user/login', { body: { username, password } })).toEqual(
    refused('username or password error'),
  );
  expect(await signIn(gateway, username, 'Another_123')).toMatchObject({ id: person.id });
});

it('ends the sessions of the user at the other doors', async () => {
  const elsewhere = { door: 'cloudbase', address: null, deviceId: 'd', clientId: null, userAgent: null };
  await gateway.core.signIn({ identifier: person.email, password: person.password }, elsewhere);
  expect(await change({ password: 'Another_123', oldpassword: person.password })).toEqual(success);
  const live = await gateway.sql('SELECT dialect FROM sessions WHERE user_id = $1 AND ended_at IS NULL', [
    person.id,
  ]);
  expect(live).toEqual([{ dialect: 'lancens' }]);
});

it('refuses a wrong old password and changes nothing', async () => {
  expect(await change({ password: 'Another_123', oldpassword: 'Wrong_1234' })).toEqual(
    refused('oldpassword error'),
  );
  expect(await signIn(gateway, person.username, person.password)).toMatchObject({ id: person.id });
});

it('takes the old password again', async () => {
  expect(await change({ password: person.password, oldpassword: person.password })).toEqual(success);
});

it('takes an old password that nobody could choose here', async () => {
  const wide = `long pass phrase ${'x'.repeat(40)} 密码`;
  await gateway.core.setUserPassword({ userId: person.id, password: wide }, gateway.operator);
  const { token } = await signIn(gateway, person.username, wide);
  const body = { password: 'Another_123', oldpassword: wide };
  expect(await answerTo(gateway, 'PUT', '/v1/api/user/password', { token, body })).toEqual(success);
});

it.each([
  ['!@#$%^&*', success],
  ['()+-=_aZ', success],
  ['12345678', success],
  ['a'.repeat(16), success],
  ['a'.repeat(17), refused('password length error')],
  ['1234567', refused('password length error')],
  ['1234567 ', refused('password error')],
  ['1234567.', refused('password error')],
  ['密码密码', refused('password error')],
])('answers the new password %j with %j', async (password, expected) => {
  expect(await change({ password, oldpassword: person.password })).toEqual(expected);
});

it('lets nobody guess the old password: ten wrong ones lock, here and at sign-in', async () => {
  for (let tries = 0; tries < 10; tries += 1) {
    expect(await change({ password: 'Another_123', oldpassword: 'Wrong_1234' })).toEqual(
      refused('oldpassword error'),
    );
  }
  expect(await change({ password: 'Another_123', oldpassword: person.password })).toEqual(
    refused('username or password error'),
  );
  const { username, password } = person;
  expect(await answerTo(gateway, 'POST', '/v1/api/user/login', { body: { username, password } })).toEqual(
    refused('username or password error'),
  );
  await expect(profileOf(gateway, person.token)).resolves.toBeDefined();
  gateway.clock.advance(31);
  expect(await change({ password: 'Another_123', oldpassword: person.password })).toEqual(success);
});
