import { startGateway } from '../../support/gateway';
import { answerTo, newcomer, newPerson, refused, type Gateway, type Person } from './people';

let gateway: Gateway;
let person: Person;
let friend: Person;
beforeAll(async () => {
  gateway = await startGateway();
  person = await newPerson(gateway);
  friend = await newPerson(gateway, { realm: '叮叮' });
});
afterAll(() => gateway.stop());

const find = (name: string): Promise<unknown> =>
  answerTo(gateway, 'GET', `/v1/api/selecte/share/friend?name=${encodeURIComponent(name)}`, {
    token: person.token,
  });
const found = (shown: { phone?: string; mail?: string } = {}): unknown => ({
  status: 200,
  body: { suid: friend.id, friendname: friend.username, phone: '', mail: '', realm: '叮叮', ...shown },
});

it('finds a user by name, and tells neither address nor number', async () => {
  expect(await find(friend.username)).toEqual(found());
  expect(await find(friend.username.toUpperCase())).toEqual(found());
});

it('shows the address or the number to whoever knows it already', async () => {
  expect(await find(friend.email)).toEqual(found({ mail: friend.email }));
  expect(await find(friend.phone)).toEqual(found({ phone: friend.phone }));
  expect(await find(`+86${friend.phone}`)).toEqual(found({ phone: friend.phone }));
});

it('does not take the caller for a friend', async () => {
  for (const own of [person.username, person.email, person.phone]) {
    expect(await find(own)).toEqual(refused('use myself'));
  }
});

it('does not find whom nobody is, nor who never used this door', async () => {
  const { username, email } = newcomer();
  expect(await find(username)).toEqual(refused('no data error'));
  await gateway.core.registerUser(
    { username, email, password: 'Secret_123', signIn: false },
    gateway.operator,
  );
  expect(await find(username)).toEqual(refused('no data error'));
  expect(await find(email)).toEqual(refused('no data error'));
  expect(await find('a\u0000b')).toEqual(refused('no data error'));
});

it('answers a name of 255 characters, and one of 254', async () => {
  expect(await find('a'.repeat(255))).toEqual(refused('name length error'));
  expect(await find('a'.repeat(254))).toEqual(refused('no data error'));
});
