import { startGateway } from '../../support/gateway';
import { answerTo, newPerson, profileOf, refused, signIn, type Gateway, type Person } from './people';

let gateway: Gateway;
let person: Person;
beforeEach(async () => {
  gateway = await startGateway();
  person = await newPerson(gateway);
});
afterEach(() => gateway.stop());

const rejection = refused('username or password error');
const login = (username: string, password: string): Promise<unknown> =>
  answerTo(gateway, 'POST', '/v1/api/user/login', { body: { username, password } });
const elsewhere = (password: string): Promise<unknown> =>
  gateway.core.signIn(
    { identifier: person.email, password },
    { door: 'cloudbase', address: null, deviceId: null, clientId: null, userAgent: null },
  );

it('locks the sign-in after ten wrong passwords, at every door, and leaves an open session alone', async () => {
  const names = [person.username, person.email, person.phone];
  for (let tries = 0; tries < 10; tries += 1) {
    expect(await login(names[tries % names.length] ?? '', 'Wrong_1234')).toEqual(rejection);
  }
  expect(await login(person.username, person.password)).toEqual(rejection);
  await expect(elsewhere(person.password)).rejects.toMatchObject({ problem: { code: 'too_many_requests' } });
  await expect(profileOf(gateway, person.token)).resolves.toBeDefined();
  gateway.clock.advance(31);
  expect(await signIn(gateway, person.username, person.password)).toMatchObject({ id: person.id });
});

it('counts the wrong passwords of the other doors', async () => {
  for (let tries = 0; tries < 10; tries += 1) await elsewhere('Wrong_1234').catch(() => undefined);
  expect(await login(person.username, person.password)).toEqual(rejection);
});

it('judges no more than ten of many parallel tries', async () => {
  await Promise.all(Array.from({ length: 30 }, () => login(person.username, 'Wrong_1234')));
  const failed = await gateway.sql<{ count: string }>(
    `SELECT count(*) FROM history WHERE user_id = $1 AND action = 'sign_in_failed'`,
    [person.id],
  );
  expect(Number(failed[0]?.count)).toBeLessThanOrEqual(10);
});

it('forgets the failures at a right password', async () => {
  for (let round = 0; round < 2; round += 1) {
    for (let tries = 0; tries < 9; tries += 1) await login(person.username, 'Wrong_1234');
    expect(await signIn(gateway, person.username, person.password)).toMatchObject({ id: person.id });
  }
});

it('locks a name that nobody has in the same way', async () => {
  for (let tries = 0; tries < 11; tries += 1)
    expect(await login('nobody_here', 'Wrong_1234')).toEqual(rejection);
});
