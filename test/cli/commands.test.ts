import { Client } from 'pg';
import { idiom, idiomJson, makePlace, type Place } from '../support/command-line';

interface UserJson {
  id: number;
  username: string | null;
  email: string | null;
  phone: string | null;
  nickname: string;
  role: string;
  status: string;
  hasPassword: boolean;
  [member: string]: unknown;
}

let place: Place;
beforeAll(async () => {
  place = await makePlace('external');
});
afterAll(() => place.remove());

const run = (args: string[], input?: string) => idiom(args, place.environment, input);
const runJson = <T>(args: string[], input?: string) => idiomJson<T>(args, place.environment, input);

async function sql<Row>(text: string, values: unknown[] = []): Promise<Row[]> {
  const client = new Client(place.environment['DATABASE_URL']);
  await client.connect();
  try {
    return (await client.query(text, values)).rows as Row[];
  } finally {
    await client.end();
  }
}

const fields = [
  'avatar',
  'bio',
  'birthday',
  'createdAt',
  'email',
  'emailVerifiedAt',
  'firstName',
  'gender',
  'hasPassword',
  'id',
  'kind',
  'lastName',
  'lastSignInAt',
  'locale',
  'nickname',
  'passwordUpdatedAt',
  'phone',
  'phoneVerifiedAt',
  'realName',
  'role',
  'status',
  'updatedAt',
  'username',
];

describe('user create', () => {
  test('makes a user without a password', async () => {
    const { code, stdout, stderr } = await run([
      'user',
      'create',
      '--username',
      'plain',
      '--email',
      'Plain@Example.com',
    ]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^id +\d{4}$/m);
    expect(stdout).toMatch(/^user name +plain$/m);
    expect(stdout).toMatch(/^e-mail +Plain@Example\.com \(not verified\)$/m);
    expect(stdout).toMatch(/^password +none$/m);
    expect(stdout).toMatch(/^role +user$/m);
  });

  test('takes every field, and the password from the standard input', async () => {
    const { user, ...others } = await runJson<{ user: UserJson }>(
      [
        'user',
        'create',
        '--username',
        'full',
        '--email',
        'full@example.com',
        '--phone',
        '13800138000',
        '--nickname',
        '全部',
        '--role',
        'admin',
        '--password-stdin',
      ],
      'correct horse\n',
    );
    expect(others).toEqual({});
    expect(Object.keys(user).sort()).toEqual(fields);
    expect(user).toMatchObject({
      username: 'full',
      email: 'full@example.com',
      phone: '+8613800138000',
      nickname: '全部',
      role: 'admin',
      status: 'active',
      hasPassword: true,
    });
    const [stored] = await sql<{ password_hash: string }>(
      'SELECT password_hash FROM credentials WHERE user_id = $1',
      [user.id],
    );
    expect(stored?.password_hash).toMatch(/^\$argon2id\$/);
    const [row] = await sql<{ actor: string; door: string }>(
      'SELECT actor, door FROM history WHERE user_id = $1',
      [user.id],
    );
    expect(row).toEqual({ actor: 'operator', door: 'operator' });
  });

  test('prints a generated password once, to people and to programs', async () => {
    const text = await run(['user', 'create', '--username', 'made1', '--generate-password']);
    expect(text.stdout).toMatch(/^Password \(not shown again\): [A-Za-z2-9]{16}$/m);
    const { password } = await runJson<{ password: string }>([
      'user',
      'create',
      '--username',
      'made2',
      '--generate-password',
    ]);
    expect(password).toMatch(/^[A-Za-z2-9]{16}$/);
    expect((await run(['user', 'show', 'made2'])).stdout).not.toContain(password);
  });

  test.each([
    [['--username', 'FULL'], 'identifier_taken', 'Another user has this user name.'],
    [['--email', 'FULL@example.com'], 'identifier_taken', 'Another user has this e-mail address.'],
    [['--phone', '+86 138 0013 8000'], 'identifier_taken', 'Another user has this phone number.'],
    [
      ['--username', '13800138001'],
      'invalid_field',
      'This user name cannot be used: a user name must not read as an e-mail address or a phone number.',
    ],
    [
      ['--email', 'nobody'],
      'invalid_field',
      'This e-mail address cannot be used: an e-mail address looks like name@example.com.',
    ],
    [['--username', ''], 'invalid_field', 'The user name must not be empty.'],
    [
      ['--username', 'new', '--nickname', 'x'.repeat(65)],
      'invalid_field',
      'This nickname cannot be used: a nickname has at most 64 characters.',
    ],
  ])('refuses %j', async (args, code, message) => {
    const outcome = await run(['user', 'create', ...args, '--json']);
    expect(outcome).toMatchObject({ code: 1, stdout: '' });
    expect(JSON.parse(outcome.stderr)).toEqual({ error: { code, message } });
  });

  test.each([
    ['12345\n', 'This password cannot be used: a password has 6 to 72 bytes in UTF-8.'],
    ['', 'This password cannot be used: a password has 6 to 72 bytes in UTF-8.'],
    [' 123456', 'This password cannot be used: a password has no white space at either end.'],
    ['x'.repeat(5000), 'The standard input is too long for a password.'],
  ])('refuses the password of the standard input %#', async (input, message) => {
    const outcome = await run(['user', 'create', '--username', 'never', '--password-stdin'], input);
    expect(outcome).toEqual({ code: 1, stdout: '', stderr: `error: ${message}\n` });
    expect((await run(['user', 'show', 'never'])).code).toBe(1);
  });

  test('does not ask for a password where there is no terminal', async () => {
    const outcome = await run(['user', 'create', '--username', 'never', '--password-prompt']);
    expect(outcome).toEqual({
      code: 1,
      stdout: '',
      stderr: 'error: There is no terminal to ask for a password on; use --password-stdin.\n',
    });
  });
});

describe('user show', () => {
  test.each(['full', 'FULL@example.com', '138 0013 8000', '+8613800138000'])(
    'finds by %s',
    async (identifier) => {
      const { user } = await runJson<{ user: UserJson }>(['user', 'show', identifier]);
      expect(user.username).toBe('full');
      const byId = await run(['user', 'show', String(user.id)]);
      expect(byId).toMatchObject({ code: 0, stderr: '' });
      expect(byId.stdout).toMatch(/^phone +\+8613800138000 \(not verified\)$/m);
      expect(byId.stdout).not.toContain('$argon2');
    },
  );

  test('tells that there is no such user', async () => {
    const message = 'No user has this id, user name, e-mail address or phone number.';
    expect(await run(['user', 'show', 'nobody'])).toEqual({
      code: 1,
      stdout: '',
      stderr: `error: ${message}\n`,
    });
    const json = await run(['user', 'show', 'nobody', '--json']);
    expect(JSON.parse(json.stderr)).toEqual({ error: { code: 'user_not_found', message } });
  });

  test('what a user wrote cannot act on the terminal', async () => {
    await run(['user', 'create', '--username', 'sly', '--nickname', 'a\u001b[2Jb\u202ec\nd']);
    expect((await run(['user', 'show', 'sly'])).stdout).toMatch(
      /^nickname +a\\u\{1b\}\[2Jb\\u\{202e\}c\\u\{0a\}d$/m,
    );
  });
});

describe('user list', () => {
  test('goes through all users page by page', async () => {
    const all = await runJson<{ users: UserJson[]; next: number | null }>(['user', 'list']);
    expect(all.next).toBeNull();
    const ids = all.users.map(({ id }) => id);
    expect(ids).toEqual([...ids].sort((a, b) => a - b));
    expect(Object.keys(all.users[0] ?? {}).sort()).toEqual(fields);

    const seen: number[] = [];
    let after: number | null = 0;
    while (after !== null) {
      const page: typeof all = await runJson(['user', 'list', '--after', String(after), '--limit', '2']);
      seen.push(...page.users.map(({ id }) => id));
      after = page.next;
    }
    expect(seen).toEqual(ids);
  });

  test('shows a table, and how to go on', async () => {
    const { code, stdout, stderr } = await run(['user', 'list', '--limit', '2']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const lines = stdout.trimEnd().split('\n');
    expect(lines[0]).toMatch(/^ID +USER NAME +E-MAIL +PHONE +ROLE +STATUS +CREATED$/);
    expect(lines[1]).toMatch(/^\d+ +plain +Plain@Example\.com +user +active +\d{4}-/);
    expect(lines[3]).toMatch(/^More with --after \d+$/);
    expect((await run(['user', 'list', '--after', '2000000000'])).stdout).toBe('No users.\n');
  });
});

describe('changes of a user', () => {
  test('set-role', async () => {
    const text = await run(['user', 'set-role', 'plain', 'admin']);
    expect(text).toMatchObject({ code: 0, stderr: '' });
    expect(text.stdout).toMatch(/^The role of user \d+ \(plain\) is admin\.\n$/);
    const { user } = await runJson<{ user: UserJson }>(['user', 'set-role', 'plain', 'user']);
    expect(user.role).toBe('user');
  });

  test('block and unblock', async () => {
    const text = await run(['user', 'block', 'plain']);
    expect(text.stdout).toMatch(
      /^The status of user \d+ \(plain\) is blocked; all their sessions have ended\.\n$/,
    );
    expect((await runJson<{ user: UserJson }>(['user', 'block', 'plain'])).user.status).toBe('blocked');
    expect((await run(['user', 'unblock', 'plain'])).stdout).toMatch(/ is active\.\n$/);
    expect((await runJson<{ user: UserJson }>(['user', 'unblock', 'plain'])).user.status).toBe('active');
  });

  test('set-password', async () => {
    const text = await run(['user', 'set-password', 'plain', '--password-stdin'], 'another one\r\n');
    expect(text).toMatchObject({ code: 0, stderr: '' });
    expect(text.stdout).toMatch(
      /^The password of user \d+ \(plain\) is set; all their sessions have ended\.\n$/,
    );
    const answer = await runJson<{ user: UserJson; password: string }>([
      'user',
      'set-password',
      'plain',
      '--generate-password',
    ]);
    expect(answer.user.hasPassword).toBe(true);
    expect(answer.password).toMatch(/^[A-Za-z2-9]{16}$/);
  });

  test.each([
    ['set-role', 'nobody', 'admin'],
    ['block', 'nobody'],
    ['unblock', 'nobody'],
    ['set-password', 'nobody', '--generate-password'],
  ])('%s of nobody is refused', async (...args) => {
    const { code, stdout, stderr } = await run(['user', ...args]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^error: No user has this id/);
  });
});

describe('keys', () => {
  interface KeyJson {
    id: string;
    dialect: string;
    algorithm: string;
    createdAt: string;
    retiredAt: string | null;
    verifiesUntil: string | null;
  }
  const list = async () => (await runJson<{ keys: KeyJson[] }>(['keys', 'list'])).keys;

  test('are listed without the keys themselves', async () => {
    const keys = await list();
    expect(keys.map(({ dialect, algorithm }) => [dialect, algorithm]).sort()).toEqual([
      ['anqicms', 'HS256'],
      ['cloudbase', 'RS256'],
    ]);
    const text = await run(['keys', 'list']);
    expect(text).toMatchObject({ code: 0, stderr: '' });
    expect(text.stdout).toMatch(/^ID +DIALECT +ALGORITHM +CREATED +RETIRED +VERIFIES UNTIL$/m);
    const secrets = await sql<{ material: string }>('SELECT material FROM signing_keys');
    for (const { material } of secrets) expect(JSON.stringify(keys) + text.stdout).not.toContain(material);
  });

  test('are rotated, and the old one goes on verifying', async () => {
    const [before] = (await list()).filter(({ dialect }) => dialect === 'cloudbase');
    const { key } = await runJson<{ key: KeyJson }>(['keys', 'rotate', 'cloudbase']);
    expect(key).toMatchObject({ dialect: 'cloudbase', retiredAt: null, verifiesUntil: null });
    const retired = (await list()).find(({ id }) => id === before?.id);
    expect(Date.parse(retired?.verifiesUntil ?? '')).toBeGreaterThan(Date.now());
    const text = await run(['keys', 'rotate', 'anqicms']);
    expect(text.stdout).toMatch(
      /^anqicms signs with the key [0-9a-f-]{36} in ten seconds, once every copy knows it\.\n$/,
    );
  });

  test('are not made where a dialect has none or is not served', async () => {
    expect(await run(['keys', 'rotate', 'lancens'])).toEqual({
      code: 1,
      stdout: '',
      stderr: 'error: The access tokens of lancens are not signed, so it has no keys.\n',
    });
    const outcome = await idiom(['keys', 'rotate', 'cloudbase', '--json'], {
      ...place.environment,
      DIALECTS: 'lancens',
    });
    expect(outcome.code).toBe(1);
    expect(JSON.parse(outcome.stderr)).toEqual({
      error: { code: 'not_served', message: 'The dialect cloudbase is not served; see DIALECTS.' },
    });
  });
});

describe('migrate', () => {
  test('tells what it ran, and then that there is nothing to do', async () => {
    const empty = await makePlace('external, empty');
    try {
      const first = await idiom(['migrate'], empty.environment);
      expect(first).toMatchObject({ code: 0, stderr: '' });
      expect(first.stdout).toMatch(/^Ran 0001_users\n(Ran \d{4}_\w+\n)+$/);
      expect(await idiomJson(['migrate'], empty.environment)).toEqual({ ran: [] });
      expect((await idiom(['migrate'], empty.environment)).stdout).toBe('The schema is up to date.\n');
    } finally {
      await empty.remove();
    }
  });

  test('as one document, and with a URL that has no host but a socket', async () => {
    const empty = await makePlace('external, empty');
    try {
      const url = (empty.environment['DATABASE_URL'] ?? '').replace('@localhost/', '@/');
      const { ran } = await idiomJson<{ ran: string[] }>(['migrate'], {
        ...empty.environment,
        DATABASE_URL: url,
      });
      expect(ran[0]).toBe('0001_users');
    } finally {
      await empty.remove();
    }
  });

  test('works with a single database connection', async () => {
    const empty = await makePlace('external, empty');
    try {
      expect((await idiom(['migrate'], { ...empty.environment, DATABASE_POOL: '1' })).stderr).toBe('');
    } finally {
      await empty.remove();
    }
  });

  test('a database of a newer build is left alone', async () => {
    const newer = await makePlace('external');
    try {
      const client = new Client(newer.environment['DATABASE_URL']);
      await client.connect();
      await client.query(
        "INSERT INTO migrations (name, batch, migration_time) VALUES ('9999_future', 99, now())",
      );
      await client.end();
      const message =
        'The database was migrated by a newer build (9999_future), and migrations only go forward; run that build or a later one.';
      for (const command of ['migrate', 'serve'])
        expect(await idiom([command], newer.environment)).toEqual({
          code: 1,
          stdout: '',
          stderr: `error: ${message}\n`,
        });
      const json = await idiom(['migrate', '--json'], newer.environment);
      expect(JSON.parse(json.stderr)).toEqual({ error: { code: 'newer_schema', message } });
    } finally {
      await newer.remove();
    }
  });

  test('a database that does not exist is named as the cause', async () => {
    const url = (place.environment['DATABASE_URL'] ?? '').replace(/\/test_\w+/, '/none');
    const { code, stdout, stderr } = await idiom(['migrate'], { ...place.environment, DATABASE_URL: url });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toBe(
      'error: The database that DATABASE_URL names does not exist: database "none" does not exist\n',
    );
  });
});
