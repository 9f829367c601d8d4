import { idiom, idiomJson, makePlace, serve, stopServing, type Place } from '../support/command-line';

let place: Place;
beforeAll(async () => {
  place = await makePlace('external');
});
afterAll(() => place.remove());

const run = (...args: string[]) => idiom(args, place.environment);
const runJson = <T>(...args: string[]) => idiomJson<T>(args, place.environment);

interface ApiKeyJson {
  id: string;
  dialect: string;
  name: string;
  createdAt: string;
  revokedAt: string | null;
}

interface ClientJson {
  clientId: string;
  name: string;
  createdAt: string;
  revokedAt: string | null;
}

describe('apikey', () => {
  test('the banner says that any key is good until there is one, and then no more', async () => {
    const open = await serve(place.environment);
    await stopServing(open);
    expect(open.stdout()).toContain('none for lancens, so any well-formed key registers users');
    await run('apikey', 'create', 'lancens');
    const closed = await serve(place.environment);
    await stopServing(closed);
    expect(closed.stdout()).not.toContain('any well-formed key');
  });

  test('makes a key, tells it once, lists and revokes it', async () => {
    const made = await run('apikey', 'create', 'lancens', '--name', 'doorbell app');
    expect({ code: made.code, stderr: made.stderr }).toEqual({ code: 0, stderr: '' });
    const key = /^key +(\S+)$/m.exec(made.stdout)?.[1];
    const id = /^id +(\S+)$/m.exec(made.stdout)?.[1] ?? '';
    expect(key).toMatch(/^[0-9a-f]{32}$/);

    const listed = await run('apikey', 'list');
    expect(listed.stdout).toMatch(new RegExp(`^${id} +lancens +doorbell app +\\S+Z +in use$`, 'm'));
    expect(listed.stdout).not.toContain(key);

    expect(await run('apikey', 'revoke', id)).toEqual({
      code: 0,
      stdout: `The key ${id} of lancens is revoked.\n`,
      stderr: '',
    });
    const { keys } = await runJson<{ keys: ApiKeyJson[] }>('apikey', 'list');
    expect(keys.find((one) => one.id === id)).toEqual({
      id,
      dialect: 'lancens',
      name: 'doorbell app',
      createdAt: expect.any(String) as string,
      revokedAt: expect.any(String) as string,
    });
  });

  test('answers as one document', async () => {
    const made = await runJson<{ key: ApiKeyJson; apiKey: string }>('apikey', 'create', 'lancens');
    expect(Object.keys(made).sort()).toEqual(['apiKey', 'key']);
    expect(made.key).toMatchObject({ dialect: 'lancens', name: '', revokedAt: null });
    const { key } = await runJson<{ key: ApiKeyJson }>('apikey', 'revoke', made.key.id);
    expect(key.revokedAt).not.toBeNull();
  });

  test.each(['nope', '6f1c2b1e-9a55-4f0e-8c36-0d8f3a1f7b22'])('knows no key %s', async (id) => {
    expect(await run('apikey', 'revoke', id)).toEqual({
      code: 1,
      stdout: '',
      stderr: 'error: There is no such record.\n',
    });
  });

  test('makes none for a dialect whose registrations name none, or that is not served', async () => {
    expect(await run('apikey', 'create', 'anqicms')).toMatchObject({
      code: 1,
      stderr: 'error: The registrations of anqicms name no key.\n',
    });
    const elsewhere = { ...place.environment, DIALECTS: 'anqicms' };
    expect(await idiom(['apikey', 'create', 'lancens'], elsewhere)).toMatchObject({
      code: 1,
      stderr: 'error: The dialect lancens is not served; see DIALECTS.\n',
    });
  });
});

describe('client', () => {
  test('makes credentials, tells the secret once, lists and revokes them', async () => {
    expect((await run('client', 'list')).stdout).toBe('No clients.\n');
    const made = await run('client', 'create', '--name', 'nightly report');
    expect({ code: made.code, stderr: made.stderr }).toEqual({ code: 0, stderr: '' });
    const secret = /^secret +(\S+)$/m.exec(made.stdout)?.[1];
    const id = /^client id +(\S+)$/m.exec(made.stdout)?.[1] ?? '';
    expect(secret).toMatch(/^[\w-]{43}$/);

    const listed = await run('client', 'list');
    expect(listed.stdout).toMatch(new RegExp(`^${id} +nightly report +\\S+Z +in use$`, 'm'));
    expect(listed.stdout).not.toContain(secret);

    expect(await run('client', 'revoke', id)).toEqual({
      code: 0,
      stdout: `The client ${id} (nightly report) is revoked.\n`,
      stderr: '',
    });
    const { clients } = await runJson<{ clients: ClientJson[] }>('client', 'list');
    expect(clients).toEqual([
      {
        clientId: id,
        name: 'nightly report',
        createdAt: expect.any(String) as string,
        revokedAt: expect.any(String) as string,
      },
    ]);
  });

  test('answers as one document, and knows no other client', async () => {
    const made = await runJson<{ client: ClientJson; secret: string }>('client', 'create', '--name', 'x');
    expect(Object.keys(made).sort()).toEqual(['client', 'secret']);
    expect(await run('client', 'revoke', 'nope')).toEqual({
      code: 1,
      stdout: '',
      stderr: 'error: No client has this id, or it was revoked.\n',
    });
  });
});

describe('user history', () => {
  interface EntryJson {
    id: string;
    action: string;
    fields: string[];
    actor: string;
    door: string;
  }

  test('tells what happened, the newest first, page by page, and no values', async () => {
    const { user } = await runJson<{ user: { id: number } }>('user', 'create', '--username', 'ada_history');
    await run('user', 'set-role', 'ada_history', 'admin');
    await run('user', 'block', 'ada_history');

    const text = await run('user', 'history', 'ada_history');
    expect(text.stdout.split('\n')[0]).toMatch(/^ID +AT +ACTION +FIELDS +BY +THROUGH +ADDRESS +DEVICE$/);
    expect(text.stdout).not.toContain('ada_history');

    const { entries, next } = await runJson<{ entries: EntryJson[]; next: string | null }>(
      'user',
      'history',
      String(user.id),
    );
    expect(entries.map(({ action }) => action)).toEqual(['status_set', 'role_set', 'user_registered']);
    expect(entries[2]).toMatchObject({ actor: 'operator', door: 'operator', fields: ['username'] });
    expect(next).toBeNull();

    const first = await runJson<{ entries: EntryJson[]; next: string }>(
      'user',
      'history',
      'ada_history',
      '--limit',
      '2',
    );
    expect(first.entries.map(({ action }) => action)).toEqual(['status_set', 'role_set']);
    const second = await runJson<{ entries: EntryJson[]; next: null }>(
      'user',
      'history',
      'ada_history',
      '--before',
      first.next,
    );
    expect(second.entries.map(({ action }) => action)).toEqual(['user_registered']);
  });

  test('knows no history of nobody', async () => {
    expect(await run('user', 'history', 'nobody_here')).toMatchObject({ code: 1, stdout: '' });
  });
});
