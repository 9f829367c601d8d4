import { Client } from 'pg';
import type { UserCaller } from '../../src/core';
import {
  at,
  codeTo,
  linkTokenTo,
  newcomer,
  problemOf,
  prove,
  signedIn,
  startCore,
  stateOf,
  sudo,
  type TestCore,
} from './support';

let world: TestCore;
beforeAll(async () => {
  world = await startCore();
});
afterAll(() => world.stop());

/**
 * Runs `call` and stops it where it meets the row that `lock` holds; then does `change` on that connection, or beside it, and
 * lets `call` go on.
 */
async function withChange(
  lock: { sql: string; values: unknown[] },
  call: () => Promise<unknown>,
  change: (holder: Client) => Promise<unknown>,
) {
  const holder = new Client(world.connection);
  await holder.connect();
  try {
    await holder.query('BEGIN');
    await holder.query(lock.sql, lock.values);
    const going = problemOf(call());
    const waits = async () =>
      (
        await world.sql(
          "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
        )
      ).length > 0;
    while (!(await waits())) await new Promise((resolve) => setTimeout(resolve, 5));
    await change(holder);
    await holder.query('COMMIT');
    return await going;
  } finally {
    await holder.end();
  }
}

const userRow = (caller: UserCaller) => ({
  sql: 'SELECT FROM users WHERE id = $1 FOR UPDATE',
  values: [caller.user.id],
});

describe('a call whose caller has been signed out since it began does nothing', () => {
  const ended = { code: 'access_token_rejected', reason: 'ended' };
  const acts: [string, (caller: UserCaller, name: string) => Promise<() => Promise<unknown>>][] = [
    [
      'changing the password by a confirmation',
      async (caller) => {
        const sudoToken = await sudo(world, caller, 'secret-1');
        return () =>
          world.core.changePassword({ caller, password: 'secret-2', authority: { sudoToken } }, at('sdk'));
      },
    ],
    [
      'changing the address by a code',
      async (caller, name) => {
        const email = `${name}-new@example.com`;
        await world.core.requestEmailChange({ caller, email, language: 'en' }, at('sdk'));
        return () => world.core.changeEmail({ caller, email, code: codeTo(world, email) }, at('sdk'));
      },
    ],
    [
      'changing a contact by proof',
      async (caller, name) => {
        const contact = { email: `${name}-new@example.com` };
        const proofToken = await prove(world, contact, { caller });
        const sudoToken = await sudo(world, caller, 'secret-1');
        const command = { caller, contact, sudoToken, proofToken, onConflict: 'refuse' as const };
        return () => world.core.changeContact(command, at('sdk'));
      },
    ],
    [
      'closing the account',
      async (caller) => {
        const sudoToken = await sudo(world, caller, 'secret-1');
        return () => world.core.deleteUser({ caller, sudoToken }, at('sdk'));
      },
    ],
  ];

  test.each(acts.map(([what, act], index) => [what, `out${index}`, act] as const))(
    '%s',
    async (_what, name, act) => {
      const own = { username: name, email: `${name}@example.com`, password: 'secret-1' };
      const caller = await newcomer(world, own, 'sdk');
      const call = await act(caller, name);
      const contact = { email: own.email };
      const proof = { proofToken: await prove(world, contact) };
      await world.core.recoverPassword({ contact, proof, password: 'recovered' }, at('web'));
      expect(await problemOf(call())).toEqual(ended);
      const again = await signedIn(world, own.email, 'recovered');
      expect(again.user).toMatchObject({ id: caller.user.id, username: name, email: own.email });
    },
  );
});

test('who is blocked or gone by the time a call has its turn is told so', async () => {
  const change = (caller: UserCaller, sudoToken: string) =>
    problemOf(
      world.core.changePassword({ caller, password: 'secret-2', authority: { sudoToken } }, at('web')),
    );
  const blocked = await newcomer(world, { username: 'b1', password: 'secret-1' });
  const own = await sudo(world, blocked, 'secret-1');
  await world.core.setUserStatus({ userId: blocked.user.id, status: 'blocked' }, at('operator'));
  expect(await change(blocked, own)).toEqual({ code: 'access_token_rejected', reason: 'user_blocked' });
  const gone = await newcomer(world, { username: 'b2', password: 'secret-1' });
  await world.core.deleteUser({ caller: gone, sudoToken: await sudo(world, gone, 'secret-1') }, at('web'));
  const put = world.core.putRecord({ caller: gone, kind: 'push', data: {} }, at('web'));
  expect(await problemOf(put)).toEqual({ code: 'access_token_rejected', reason: 'user_gone' });
});

test('the notice of a changed address goes to the one that was there, not to the one that the caller came with', async () => {
  const caller = await newcomer(world, { username: 'n1', email: 'n1@example.com' });
  const changeTo = async (email: string) => {
    await world.core.requestEmailChange({ caller, email, language: 'en' }, at('web'));
    await world.core.changeEmail({ caller, email, code: codeTo(world, email) }, at('web'));
  };
  await changeTo('n2@example.com');
  await changeTo('n3@example.com');
  const notices = world.mails.filter(({ kind }) => kind === 'email_changed').map(({ to }) => to);
  expect(notices).toContain('n2@example.com');
});

test('a link proves the address that it went to, not the one that its user has put in its place meanwhile', async () => {
  const caller = await newcomer(world, { username: 'l1', email: 'l1@example.com' }, 'sdk');
  await world.core.requestCode(
    {
      caller,
      purpose: 'prove',
      target: { own: 'email' },
      audience: 'anyone',
      language: 'en',
      link: { template: 'https://app.example.com/?token={token}', use: 'verify_email' },
    },
    at('sdk'),
  );
  const proofToken = linkTokenTo(world, 'l1@example.com');
  const problem = await withChange(
    { sql: 'SELECT FROM tickets WHERE target_key = $1 FOR UPDATE', values: ['l1@example.com'] },
    () => world.core.verifyEmailByLink({ caller, email: 'l1@example.com', proofToken }, at('sdk')),
    () => world.core.updateProfile({ caller, changes: { email: 'stranger@example.com' } }, at('sdk')),
  );
  expect(problem).toEqual({ code: 'user_not_found' });
  const rows = await world.sql('SELECT email, email_verified_at FROM users WHERE id = $1', [caller.user.id]);
  expect(rows).toEqual([{ email: 'stranger@example.com', email_verified_at: null }]);
});

describe('a proof finds its owner as they are when it has its turn', () => {
  const start = async (name: string) => {
    const email = `${name}@example.com`;
    const caller = await newcomer(world, { username: name, email, password: 'secret-1' }, 'sdk');
    return { caller, contact: { email }, proofToken: await prove(world, { email }) };
  };

  test('somebody who was blocked meanwhile recovers nothing', async () => {
    const { caller, contact, proofToken } = await start('c1');
    const problem = await withChange(
      userRow(caller),
      () => world.core.recoverPassword({ contact, proof: { proofToken }, password: 'recovered' }, at('web')),
      (holder) => holder.query("UPDATE users SET status = 'blocked' WHERE id = $1", [caller.user.id]),
    );
    expect(problem).toEqual({ code: 'user_blocked' });
    await world.core.setUserStatus({ userId: caller.user.id, status: 'active' }, at('operator'));
    expect(await problemOf(signedIn(world, 'c1', 'secret-1'))).toBeUndefined();
  });

  test('an address that an edit has set meanwhile signs nobody in', async () => {
    const { caller, proofToken } = await start('c2');
    const problem = await withChange(
      userRow(caller),
      () => world.core.signInByProof({ proofToken }, at('web')),
      (holder) => holder.query("UPDATE users SET email_origin = 'edit' WHERE id = $1", [caller.user.id]),
    );
    expect(problem).toEqual({ code: 'user_not_found' });
    expect(await stateOf(world, caller)).toBe('good');
  });
});

test('whoever waits for the place of a code holds up nobody by the expired ones that it takes along', async () => {
  const ask = (email: string) =>
    world.core.requestCode(
      { caller: null, purpose: 'prove', target: { email }, audience: 'anyone', language: 'en' },
      at('sdk'),
    );
  await ask('place1@example.com');
  await ask('place2@example.com');
  world.clock.advance(2 * 86_400);
  const problem = await withChange(
    {
      sql: 'SELECT FROM verification_codes WHERE target_key = $1 FOR UPDATE',
      values: ['place1@example.com'],
    },
    () => ask('place1@example.com'),
    () => ask('place2@example.com'),
  );
  expect(problem).toBeUndefined();
});
