import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { bannerText } from '../../src/cli/banner';
import { attachEmbeddedPostgres } from '../../src/platform/embedded-postgres';
import {
  idiom,
  idiomJson,
  makePlace,
  serve,
  stopServing,
  type Place,
  type ServeProcess,
} from '../support/command-line';
import { runInBash } from '../support/readme';
import { wires } from '../support/wires';
import { until } from '../support/until';

const password = 'correct horse';
const running: ServeProcess[] = [];
const places: Place[] = [];

afterEach(async () => {
  for (const gateway of running.splice(0)) {
    gateway.signal('SIGKILL');
    await gateway.exited;
  }
  for (const place of places.splice(0)) await place.remove();
});

async function newPlace(kind: Parameters<typeof makePlace>[0]): Promise<Place> {
  const place = await makePlace(kind);
  places.push(place);
  return place;
}

async function startIn(place: Place, environment: Record<string, string> = {}): Promise<ServeProcess> {
  const gateway = await serve({ ...place.environment, ...environment });
  running.push(gateway);
  return gateway;
}

function logLines(gateway: ServeProcess): Record<string, unknown>[] {
  return gateway
    .stdout()
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('the banner', () => {
  test('off a terminal it is lines of the log, and the lines to try work as they stand', async () => {
    const place = await newPlace('embedded');
    const gateway = await startIn(place);
    const lines = logLines(gateway);
    expect(lines).toContainEqual(
      expect.objectContaining({ level: 30, msg: 'listening', url: gateway.url, publicUrl: gateway.url }),
    );
    expect(
      lines.filter(({ msg }) => msg === 'serving').map(({ dialect, mounts }) => [dialect, mounts]),
    ).toEqual([
      ['anqicms', ['/api', '/logout', '/account/password/reset']],
      ['cloudbase', ['/auth']],
      ['lancens', ['/v1/api']],
    ]);
    const messages = lines.map(({ msg }) => String(msg));
    expect(messages).toContainEqual(expect.stringMatching(/^Database: embedded PostgreSQL in \/.*\/pg$/));
    expect(messages).toContain(`Mail: .eml files in ${place.dataDir}/outbox`);
    expect(messages).toContain(`SMS: .json files in ${place.dataDir}/outbox`);
    expect(messages).toContain(`Docs: ${gateway.url}/docs/`);
    const description = await fetch(`${gateway.url}/docs/lancens/openapi.yaml`);
    expect(await description.text()).toMatch(/^openapi: 3\.1\.\d/);

    const toTry = messages
      .filter((message) => message.startsWith('Try it: '))
      .map((message) => ({ line: 0, script: message.slice('Try it: '.length), shown: '' }));
    const { printed } = await runInBash(toTry, {});
    const [made, signedIn = ''] = printed;
    expect(made).toMatch(/^user name +ada$/m);
    expect(JSON.parse(signedIn)).toMatchObject({ code: 0, data: { user_name: 'ada' } });
    expect(await stopServing(gateway)).toBe(0);
    expect(gateway.stderr()).toBe('');
  });

  test('says where everything goes without a secret, and offers nothing to try in production', async () => {
    const place = await newPlace('external');
    const gateway = await startIn(place, {
      NODE_ENV: 'production',
      DIALECTS: 'lancens',
      DOCS: 'off',
      PUBLIC_URL: 'https://id.example.com',
      SMTP_URL: 'smtp://mailer:hunter2@127.0.0.1:2525',
      SMS_WEBHOOK_URL: 'https://key:hunter3@sms.example.com/send?key=hunter4',
    });
    const messages = logLines(gateway).map(({ msg }) => String(msg));
    expect(messages).toContainEqual(expect.stringMatching(/^Database: PostgreSQL at \/.*\/test_\w+$/));
    expect(messages).toContain('Mail: SMTP at 127.0.0.1:2525');
    expect(messages).toContain('SMS: posted to sms.example.com/send');
    expect(logLines(gateway)).toContainEqual(
      expect.objectContaining({ publicUrl: 'https://id.example.com' }),
    );
    expect(gateway.stdout()).not.toMatch(/hunter|Try it|anqicms|Docs/);
    for (const path of ['/docs', '/docs/', '/docs/lancens/openapi.yaml'])
      expect([path, (await fetch(`${gateway.url}${path}`)).status]).toEqual([path, 404]);
  });

  test('on a terminal it is plain text', () => {
    expect(
      bannerText({
        url: 'http://127.0.0.1:3000',
        publicUrl: 'https://id.example.com',
        dialects: [{ name: 'lancens', mounts: ['/v1/api'] }],
        facts: [['Mail', '.eml files in /data/outbox']],
        tryIt: ['first', 'second'],
      }),
    ).toBe(`
Idiom is running.

Listening on  http://127.0.0.1:3000, as https://id.example.com
lancens       /v1/api
Mail          .eml files in /data/outbox

Try it:
first
second

`);
  });
});

describe('a gateway that cannot start says why in one line, ends with 1 and leaves nothing running', () => {
  test('its port is taken', async () => {
    const place = await newPlace('embedded');
    const occupant = createServer().listen(0, '127.0.0.1');
    await once(occupant, 'listening');
    const { port } = occupant.address() as AddressInfo;
    try {
      const outcome = await idiom(['serve'], {
        ...place.environment,
        PORT: String(port),
        LOG_LEVEL: 'error',
      });
      expect(outcome).toEqual({
        code: 1,
        stdout: '',
        stderr: `error: 127.0.0.1 port ${port} is in use by another process; stop that one, or set PORT.\n`,
      });
      expect(await attachEmbeddedPostgres({ dataDir: place.dataDir })).toBeUndefined();
    } finally {
      occupant.close();
    }
  });

  test('its address is not one of this machine', async () => {
    const place = await newPlace('external');
    const outcome = await idiom(['serve'], { ...place.environment, HOST: '192.0.2.1', PORT: '3999' });
    expect(outcome).toEqual({
      code: 1,
      stdout: '',
      stderr: 'error: 192.0.2.1 port 3999 is no address of this machine; set HOST.\n',
    });
  });

  test('another gateway has its folder, and that one goes on', async () => {
    const place = await newPlace('embedded');
    const first = await startIn(place);
    const { code, stderr } = await idiom(['serve'], place.environment);
    expect(code).toBe(1);
    expect(stderr).toBe(
      `error: The data folder ${place.dataDir} is in use by another gateway (process ${first.pid}); stop that one, or choose another DATA_DIR.\n`,
    );
    expect((await fetch(`${first.url}/readyz`)).status).toBe(200);
  });
});

describe('stopping', () => {
  /** A gateway with a write that waits for a lock which the test holds. */
  async function withWriteInFlight() {
    const place = await newPlace('external');
    await idiomJson(
      ['user', 'create', '--username', 'waiting', '--password-stdin'],
      place.environment,
      password,
    );
    const gateway = await startIn(place);
    const { token } = await wires.lancens.signIn(gateway.url, 'waiting', password);
    const lock = new Client(place.environment['DATABASE_URL']);
    await lock.connect();
    await lock.query('BEGIN; SELECT FROM users FOR UPDATE');
    const written = wires.lancens.write(gateway.url, token, { field: 'nickname', value: 'late' });
    // Observed at once: a rejection that nobody awaits yet would end the test.
    written.catch(() => undefined);
    const waiting =
      "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    while ((await lock.query(waiting)).rowCount === 0) {
      await delay(20);
      // Within a transaction the view would show the same for ever.
      await lock.query('SELECT pg_stat_clear_snapshot()');
    }
    return { gateway, token, lock, written };
  }

  test.each(['SIGTERM', 'SIGINT'] as const)('%s ends an idle gateway with 0', async (signal) => {
    const gateway = await startIn(await newPlace('external'));
    gateway.signal(signal);
    expect(await gateway.exited).toBe(0);
    expect(logLines(gateway).slice(-2)).toEqual([
      expect.objectContaining({ msg: 'stopping', signal }),
      expect.objectContaining({ msg: 'stopped' }),
    ]);
  });

  test('the request in flight is answered, and no new one is taken', async () => {
    const { gateway, lock, written } = await withWriteInFlight();
    gateway.signal('SIGTERM');
    await until(() => gateway.stdout().includes('"stopping"'));
    await delay(100);
    await expect(fetch(`${gateway.url}/healthz`)).rejects.toThrow();
    await lock.query('COMMIT');
    expect(await written).toBe(true);
    expect(await gateway.exited).toBe(0);
    expect((await lock.query("SELECT FROM users WHERE nickname = 'late'")).rowCount).toBe(1);
    await lock.end();
  });

  test('a request that does not end is cut, and the gateway is gone within five seconds', async () => {
    const { gateway, lock, written } = await withWriteInFlight();
    const asked = performance.now();
    gateway.signal('SIGTERM');
    expect(await gateway.exited).toBe(1);
    expect(performance.now() - asked).toBeLessThan(5_500);
    await expect(written).rejects.toThrow();
    await lock.end();
  });

  test('a second signal ends it at once', async () => {
    const { gateway, lock, written } = await withWriteInFlight();
    gateway.signal('SIGTERM');
    await until(() => gateway.stdout().includes('"stopping"'));
    const asked = performance.now();
    gateway.signal('SIGINT');
    expect(await gateway.exited).toBe(1);
    expect(performance.now() - asked).toBeLessThan(2_000);
    await expect(written).rejects.toThrow();
    await lock.end();
  });
});

test('a gateway whose embedded database ends says so and ends with 1', async () => {
  const place = await newPlace('embedded');
  const gateway = await startIn(place);
  const server = await attachEmbeddedPostgres({ dataDir: place.dataDir });
  const client = new Client({ ...server?.connection });
  client.on('error', () => undefined);
  await client.connect();
  const { rows } = await client.query<{ lock: string }>("SELECT pg_read_file('postmaster.pid') AS lock");
  process.kill(Number(rows[0]?.lock.split('\n')[0]), 'SIGQUIT');
  expect(await gateway.exited).toBe(1);
  expect(logLines(gateway).at(-1)).toMatchObject({
    level: 60,
    msg: expect.stringMatching(/^The embedded PostgreSQL ended unexpectedly: /),
  });
});
