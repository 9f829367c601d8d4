import type { UserCaller } from '../../src/core';
import { startGateway, type TestGateway } from '../support/gateway';
import { change, enter, isIn, settle, stranger } from '../support/people';
import { speakerOf, subjects } from '../support/subjects';
import { callDoor, refusal, stage, startOpen } from './support';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startOpen();
});
afterAll(() => gateway.stop());

const password = 'Secret_123';
/** One of those that keep something about users. */
const dialect = subjects[0]?.name ?? '';

interface Row {
  id: number;
  username: string;
}

async function userRow(id: number): Promise<Record<string, unknown> | undefined> {
  return (await gateway.sql<Record<string, unknown>>('SELECT * FROM users WHERE id = $1', [id]))[0];
}

describe('staging a user', () => {
  it.each(subjects)('makes one who signs in through $name', async (subject) => {
    const { username, email, phone } = stranger();
    const id = await stage(gateway, { username, password, email, phone });
    const { userId } = await enter(speakerOf(gateway, subject), username, password);
    expect(userId).toBe(id);
  });

  it('makes one of whom everything is as it was asked', async () => {
    const id = await stage(gateway, {
      username: 'Staged_One',
      email: 'Staged.One@example.com',
      phone: '+8613600136001',
      nickname: 'Nick',
      realName: 'Real',
      bio: 'Bio',
      avatar: 'https://example.com/a.png',
      createdAt: '2020-01-02T03:04:05.000Z',
      updatedAt: '2020-02-02T03:04:05.000Z',
      lastSignInAt: '2020-03-02T03:04:05+08:00',
      role: 'admin',
      status: 'pending',
      emailVerified: true,
      phoneVerified: false,
      extensions: { [dialect]: { known: 1 } },
      records: [
        { dialect, kind: 'a', data: { n: 1 } },
        { dialect, kind: 'a', data: { n: 2 } },
      ],
    });
    expect(await userRow(id)).toMatchObject({
      username: 'Staged_One',
      username_key: 'staged_one',
      email: 'Staged.One@example.com',
      email_origin: 'registration',
      phone: '+8613600136001',
      nickname: 'Nick',
      real_name: 'Real',
      bio: 'Bio',
      avatar: 'https://example.com/a.png',
      created_at: new Date('2020-01-02T03:04:05.000Z'),
      updated_at: new Date('2020-02-02T03:04:05.000Z'),
      last_sign_in_at: new Date('2020-03-01T19:04:05.000Z'),
      role: 'admin',
      status: 'pending',
      email_verified_at: expect.any(Date),
      phone_verified_at: null,
      password_updated_at: null,
    });
    const extensions = 'SELECT data FROM extensions WHERE user_id = $1 AND dialect = $2';
    expect(await gateway.sql(extensions, [id, dialect])).toEqual([{ data: { known: 1 } }]);
    const records =
      'SELECT kind, data FROM extension_records WHERE user_id = $1 AND dialect = $2 ORDER BY id';
    expect(await gateway.sql(records, [id, dialect])).toEqual([
      { kind: 'a', data: { n: 1 } },
      { kind: 'a', data: { n: 2 } },
    ]);
  });

  it('makes one of whom nothing is known', async () => {
    expect(await userRow(await stage(gateway, {}))).toMatchObject({
      username: null,
      email: null,
      role: 'user',
    });
  });

  it.each<[string, object, object]>([
    [
      'a user name that reads as a phone number',
      { username: '13600136000' },
      { field: 'username', rule: 'reserved' },
    ],
    ['an address that is none', { email: 'nobody' }, { field: 'email', rule: 'format' }],
    [
      'a password that is too short',
      { username: 'short', password: '12345' },
      { field: 'password', rule: 'length' },
    ],
    ['a nickname that is too long', { nickname: 'n'.repeat(65) }, { field: 'nickname', rule: 'length' }],
    ['a bio with a character that cannot be stored', { bio: 'a\u0000' }, { field: 'bio', rule: 'format' }],
  ])('refuses %s, by the rules of a registration', async (_, user, problem) => {
    const answer = await callDoor(gateway, 'POST', '/v1/users', user);
    expect([answer.status, answer.body]).toEqual([400, refusal('invalid_field', problem)]);
  });

  it.each<[string, object, string]>([
    ['a name that is no text', { username: 12 }, 'username'],
    ['a phone number in another form than E.164', { phone: '13600136000' }, 'phone'],
    ['an unknown role', { role: 'root' }, 'role'],
    ['an unknown status', { status: 'gone' }, 'status'],
    ['a truth that is a text', { emailVerified: 'true' }, 'emailVerified'],
    ['a time that is none', { createdAt: 'yesterday' }, 'createdAt'],
    ['an unknown dialect', { extensions: { none: {} } }, 'extensions.none'],
    ['its own mark', { extensions: { 'test-door': {} } }, 'extensions.test-door'],
    ['a record without a kind', { records: [{ dialect: subjects[0]?.name, data: {} }] }, 'records.0.kind'],
    ['an unknown member', { nick: 'x' }, 'nick'],
  ])('refuses %s and names the member', async (_, user, where) => {
    const answer = await callDoor(gateway, 'POST', '/v1/users', { password: 'Never_told_1', ...user });
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject(refusal('invalid_body', { where, message: expect.any(String) }));
    expect(JSON.stringify(answer.body)).not.toContain('Never_told_1');
  });

  it('erases earlier holders of the identifiers whom it may erase', async () => {
    const first = await stage(gateway, { username: 'again', email: 'again@example.com' });
    const registered = await settle(gateway, { phone: '+8613600136009' });
    const second = await stage(gateway, {
      username: 'AGAIN',
      email: 'other@example.com',
      phone: '+8613600136009',
    });
    expect(await userRow(first)).toBeUndefined();
    expect(await userRow(registered.id)).toBeUndefined();
    expect(await userRow(second)).toMatchObject({ username: 'AGAIN', phone: '+8613600136009' });
  });

  it('erases nobody when the new user is refused', async () => {
    const id = await stage(gateway, { username: 'steady' });
    const answer = await callDoor(gateway, 'POST', '/v1/users', {
      username: 'steady',
      bio: 'b'.repeat(2_000),
    });
    expect(answer.status).toBe(400);
    expect(await userRow(id)).toMatchObject({ username: 'steady' });
  });
});

describe('adjusting a user', () => {
  it('writes role, status, times and what dialects keep', async () => {
    const id = await stage(gateway, { username: 'adjusted', extensions: { [dialect]: { old: 1 } } });
    const answer = await callDoor(gateway, 'PATCH', `/v1/users/${id}`, {
      role: 'admin',
      lastSignInAt: '2020-01-02T03:04:05Z',
      extensions: { [dialect]: { fresh: 1 } },
      records: [{ dialect, kind: 'k', data: {} }],
    });
    expect([answer.status, answer.body]).toEqual([200, { id }]);
    expect(await userRow(id)).toMatchObject({
      role: 'admin',
      status: 'active',
      last_sign_in_at: new Date('2020-01-02T03:04:05Z'),
    });
    const kept = await gateway.sql(
      `SELECT data FROM extensions WHERE user_id = $1 AND dialect = $2
       UNION ALL SELECT data FROM extension_records WHERE user_id = $1 AND kind = 'k'`,
      [id, dialect],
    );
    expect(kept).toEqual([{ data: { fresh: 1 } }, { data: {} }]);
  });

  it.each(subjects)('blocks somebody who is signed in through $name', async (subject) => {
    const { username } = stranger();
    const id = await stage(gateway, { username, password });
    const { speaker } = await enter(speakerOf(gateway, subject), username, password);
    expect(await isIn(speaker)).toBe(true);
    await callDoor(gateway, 'PATCH', `/v1/users/${id}`, { status: 'blocked' });
    expect(await isIn(speaker)).toBe(false);
  });

  it('refuses a user who is not there, and a body that says nothing', async () => {
    for (const id of ['2147483647', '9999999999', '0', 'name', '-1']) {
      const answer = await callDoor(gateway, 'PATCH', `/v1/users/${id}`, { role: 'user' });
      expect([id, answer.status, answer.body]).toEqual([id, 404, refusal('user_not_found')]);
    }
    const id = await stage(gateway, {});
    const answer = await callDoor(gateway, 'PATCH', `/v1/users/${id}`, {});
    expect([answer.status, answer.body]).toMatchObject([400, refusal('invalid_body', { where: '' })]);
    const named = await callDoor(gateway, 'PATCH', `/v1/users/${id}`, { username: 'x' });
    expect([named.status, named.body]).toMatchObject([400, refusal('invalid_body', { where: 'username' })]);
  });
});

/** Every table that may know a user, but for the history. */
async function tracesOf(id: number, email: string, phone: string): Promise<Record<string, unknown>[]> {
  return gateway.sql(
    `SELECT 'users' AS in FROM users WHERE id = $1
     UNION ALL SELECT 'credentials' FROM credentials WHERE user_id = $1
     UNION ALL SELECT 'sessions' FROM sessions WHERE user_id = $1
     UNION ALL SELECT 'refresh_tokens' FROM refresh_tokens r JOIN sessions s ON s.id = r.session_id WHERE s.user_id = $1
     UNION ALL SELECT 'codes' FROM verification_codes WHERE user_id = $1 OR requested_by = $1 OR target_key IN ($2, $3)
     UNION ALL SELECT 'sends' FROM verification_sends WHERE target_key IN ($2, $3, 'caller:user:' || $1)
     UNION ALL SELECT 'tickets' FROM tickets WHERE user_id = $1 OR target_key IN ($2, $3)
     UNION ALL SELECT 'extensions' FROM extensions WHERE user_id = $1
     UNION ALL SELECT 'records' FROM extension_records WHERE user_id = $1
     UNION ALL SELECT 'counters' FROM attempt_counters WHERE key = 'user:' || $1`,
    [id, email, phone],
  );
}

describe('erasing a user', () => {
  it('removes everything that hangs on one, and leaves the history', async () => {
    const { username, email, phone } = stranger();
    const id = await stage(gateway, {
      username,
      password,
      email,
      phone,
      records: [{ dialect, kind: 'k', data: {} }],
    });
    for (const subject of subjects) await enter(speakerOf(gateway, subject), username, password);
    for (const target of [{ email }, { phone }]) {
      const asked = { purpose: 'recover', target, audience: 'registered', language: 'en' } as const;
      await gateway.core.requestCode({ caller: null, ...asked }, gateway.operator);
    }
    await callDoor(gateway, 'POST', '/v1/proofs', { email });
    await expect(
      gateway.core.signIn({ identifier: username, password: 'Wrong_1234' }, gateway.operator),
    ).rejects.toThrow();
    expect(await tracesOf(id, email, phone)).not.toEqual([]);

    const answer = await callDoor(gateway, 'DELETE', `/v1/users/${encodeURIComponent(email)}`);
    expect([answer.status, answer.body]).toEqual([204, undefined]);
    expect(await tracesOf(id, email, phone)).toEqual([]);
    const actions = await gateway.sql<{ action: string }>(
      'SELECT action FROM history WHERE user_id = $1 ORDER BY id',
      [id],
    );
    expect(actions.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['user_registered', 'signed_in', 'sign_in_failed', 'user_deleted']),
    );
  });

  it.each<[string, (person: { id: number; username: string; email: string; phone: string }) => string]>([
    ['id', ({ id }) => String(id)],
    ['user name', ({ username }) => username.toUpperCase()],
    ['e-mail address', ({ email }) => email],
    ['phone number', ({ phone }) => phone],
  ])('finds one by %s', async (_, name) => {
    const person = await settle(gateway);
    const answer = await callDoor(gateway, 'DELETE', `/v1/users/${encodeURIComponent(name(person))}`);
    expect(answer.status).toBe(204);
    expect(await userRow(person.id)).toBeUndefined();
  });

  it('is content when there is nobody', async () => {
    for (const name of ['nobody_here', 'nobody@example.com', '%2B8613600136123', '2147483647']) {
      expect((await callDoor(gateway, 'DELETE', `/v1/users/${name}`)).status).toBe(204);
    }
  });

  it.each(subjects)('puts somebody out who is signed in through $name', async (subject) => {
    const { username } = stranger();
    await stage(gateway, { username, password });
    const { speaker } = await enter(speakerOf(gateway, subject), username, password);
    await callDoor(gateway, 'DELETE', `/v1/users/${username}`);
    expect(await isIn(speaker)).toBe(false);
  });
});

describe('somebody who was there before the gateway started', () => {
  let before: TestGateway;
  let open: TestGateway;
  beforeAll(async () => {
    before = await startGateway();
  });
  afterAll(() => before.stop());
  afterEach(() => open.stop());

  async function openBeside(): Promise<TestGateway> {
    open = await startOpen({ connection: before.connection, dataDir: before.dataDir });
    return open;
  }

  async function everybody(): Promise<string> {
    return JSON.stringify(await before.sql('SELECT * FROM users ORDER BY id'));
  }

  it('is not touched by any call', async () => {
    const { id, username, email, phone } = await settle(before);
    const session = {
      purpose: 'recover',
      target: { email },
      audience: 'registered',
      language: 'en',
    } as const;
    const door = await openBeside();
    await door.core.requestCode({ caller: null, ...session }, door.operator);
    const users = await everybody();

    for (const name of [id, username, email, phone]) {
      const answer = await callDoor(door, 'DELETE', `/v1/users/${encodeURIComponent(name)}`);
      expect([name, answer.status, answer.body]).toEqual([name, 409, refusal('not_ours')]);
    }
    for (const user of [{ username }, { email }, { phone }, { username: 'fresh', phone }]) {
      const answer = await callDoor(door, 'POST', '/v1/users', user);
      const identifier = Object.keys(user).at(-1);
      expect([answer.status, answer.body]).toEqual([409, refusal('identifier_taken', { identifier })]);
    }
    for (const [method, path, body] of [
      ['PATCH', `/v1/users/${id}`, { role: 'admin' }],
      ['PATCH', `/v1/users/${id}`, { status: 'blocked' }],
      ['POST', '/v1/forget', { targets: ['nobody', username] }],
      ['GET', `/v1/codes?to=${email}`, undefined],
      ['POST', '/v1/proofs', { email }],
    ] as const) {
      const answer = await callDoor(door, method, path, body);
      expect([path, answer.status, answer.body]).toEqual([path, 409, refusal('not_ours')]);
    }
    expect(await everybody()).toBe(users);
    expect(await before.sql('SELECT 1 FROM verification_codes')).toHaveLength(1);
  });

  it('has a code that the door neither shows nor drops, to a contact that is nobody’s yet', async () => {
    const at = { ...before.operator, door: before.served[0]?.name ?? '' };
    const { username, email: own } = stranger();
    const made = await before.core.registerUser({ username, email: own, password, signIn: true }, at);
    const reference = { sessionId: made.grant?.session.id ?? '', userId: made.user.id };
    const caller = (await before.core.authenticate({ reference }, at)) as UserCaller;
    const { email, phone } = stranger();
    const door = await openBeside();
    await door.core.requestEmailChange({ caller, email, language: 'en' }, at);
    const prove = { purpose: 'prove', target: { phone }, audience: 'anyone', language: 'en' } as const;
    const { verificationId } = await door.core.requestCode({ caller, ...prove }, at);
    const codes = [await door.lastCode(email), await door.lastCode(phone)];

    const ask = async (): Promise<void> => {
      for (const to of [email, email.toUpperCase(), email.replace('@', '＠'), phone, phone.slice(3)]) {
        const shown = await callDoor(door, 'GET', `/v1/codes?to=${encodeURIComponent(to)}`);
        expect([to, shown.status, shown.body]).toEqual([to, 409, refusal('not_ours')]);
        const forgotten = await callDoor(door, 'POST', '/v1/forget', { targets: ['nobody', to] });
        expect([to, forgotten.status, forgotten.body]).toEqual([to, 409, refusal('not_ours')]);
      }
    };
    await ask();
    // Neither a clock that is moved and put back, nor a user of the door's own at that address, is a way around.
    await callDoor(door, 'POST', '/v1/clock', { advanceSeconds: 3_600 });
    await ask();
    await callDoor(door, 'DELETE', '/v1/clock');
    const id = await stage(door, { username: 'at_that_address', email, phone });
    await ask();
    expect((await callDoor(door, 'DELETE', `/v1/users/${id}`)).status).toBe(204);
    await before.core.redeemCode({ verificationId, code: codes[1] ?? '' }, at);
    const changed = await before.core.changeEmail({ caller, email, code: codes[0] ?? '' }, at);
    expect(changed.user.email).toBe(email);
  });

  it('stays out of reach under a new name', async () => {
    const person = await settle(before);
    const door = await openBeside();
    for (const subject of subjects) {
      const { speaker } = await enter(speakerOf(before, subject), person.username, person.password);
      if ((await change(before, speaker, { username: 'renamed_one' })) !== null) break;
    }
    const answer = await callDoor(door, 'DELETE', '/v1/users/renamed_one');
    expect([answer.status, answer.body]).toEqual([409, refusal('not_ours')]);
  });

  it('is within reach when an earlier process staged them', async () => {
    const first = await openBeside();
    const id = await stage(first, { username: 'left_over' });
    await first.stop();
    const door = await openBeside();
    expect((await callDoor(door, 'DELETE', `/v1/users/${id}`)).status).toBe(204);
    expect(await before.sql<Row>('SELECT id FROM users WHERE id = $1', [id])).toEqual([]);
  });
});
