import { at, problemOf, startCore, type TestCore } from './support';

let world: TestCore;
beforeAll(async () => {
  world = await startCore();
});
afterAll(() => world.stop());

const rejected = { code: 'client_rejected' };
const signIn = (clientId: string, secret: string, context = at('sdk')) =>
  world.core.signInClient({ clientId, secret }, context);

test('a program signs in with its secret, which is stored hashed, at doors that have programs', async () => {
  const made = await world.core.createClient({ name: 'ci' }, at('operator'));
  const granted = await signIn(made.clientId, made.secret);
  expect(granted.accessTokenExpiresAt.getTime() - world.clock.now().getTime()).toBeLessThanOrEqual(3_600_000);
  expect(JSON.stringify(await world.sql('SELECT * FROM clients'))).not.toContain(made.secret);
  expect(await problemOf(signIn(made.clientId, made.secret, at('web')))).toEqual(rejected);
  expect(await problemOf(signIn(made.clientId, 'wrong'))).toEqual(rejected);
  for (const unknown of ['unknown', '', 'a\u0000', 'x'.repeat(10_000)]) {
    expect(await problemOf(signIn(unknown, made.secret))).toEqual(rejected);
  }
});

test('a revoked one is out at once, and stays listed', async () => {
  const { clientId, secret } = await world.core.createClient({ name: 'gone' }, at('operator'));
  const reference = { clientId };
  expect(await world.core.authenticate({ reference }, at('sdk'))).toEqual({ kind: 'client', clientId });
  const revoked = await world.core.revokeClient({ clientId }, at('operator'));
  world.clock.advance(60);
  expect(await world.core.revokeClient({ clientId }, at('operator'))).toEqual(revoked);
  expect(await problemOf(world.core.authenticate({ reference }, at('sdk')))).toMatchObject({
    reason: 'ended',
  });
  expect(await problemOf(signIn(clientId, secret))).toEqual(rejected);
  const { clients } = await world.core.listClients({}, at('operator'));
  expect(clients).toContainEqual(revoked);
  expect(JSON.stringify(clients)).not.toContain(secret);
  expect(await problemOf(world.core.revokeClient({ clientId: 'unknown' }, at('operator')))).toEqual(rejected);
});

test('guesses from one network do not lock a program out elsewhere', async () => {
  const { clientId, secret } = await world.core.createClient({ name: 'steady' }, at('operator'));
  const attacker = at('sdk', { address: '192.0.2.66' });
  for (let tries = 0; tries < 10; tries += 1) await problemOf(signIn(clientId, 'wrong', attacker));
  expect(await problemOf(signIn(clientId, secret, attacker))).toMatchObject({ code: 'too_many_requests' });
  expect(await problemOf(signIn(clientId, secret, at('sdk', { address: '192.0.2.67' })))).toBeUndefined();
});

test('sign-ins and refusals of programs are told to the history', async () => {
  const { clientId, secret } = await world.core.createClient({ name: 'told' }, at('operator'));
  await signIn(clientId, secret);
  await problemOf(signIn(clientId, 'guessed-secret'));
  const rows = await world.sql<{ action: string; actor: string }>(
    'SELECT action, actor FROM history ORDER BY id DESC LIMIT 2',
  );
  expect(rows).toEqual([
    { action: 'client_refused', actor: 'nobody' },
    { action: 'client_signed_in', actor: `client:${clientId}` },
  ]);
  expect(JSON.stringify(await world.sql('SELECT * FROM history'))).not.toContain('guessed-secret');
});
