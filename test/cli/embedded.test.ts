import { attachEmbeddedPostgres } from '../../src/platform/embedded-postgres';
import { idiom, idiomJson, makePlace, serve, stopServing, type Place } from '../support/command-line';
import { wires } from '../support/wires';

let place: Place;
beforeEach(async () => {
  place = await makePlace('embedded');
});
afterEach(() => place.remove());

test('a command starts the embedded database for itself, and leaves nothing running but the data', async () => {
  const { ran } = await idiomJson<{ ran: string[] }>(['migrate'], place.environment);
  expect(ran.length).toBeGreaterThan(0);
  expect(await attachEmbeddedPostgres({ dataDir: place.dataDir })).toBeUndefined();
  await idiomJson(['user', 'create', '--username', 'kept'], place.environment);
  expect((await idiom(['user', 'show', 'kept'], place.environment)).code).toBe(0);
});

test('every command works beside the gateway that runs on the same folder, and is felt there at once', async () => {
  const gateway = await serve(place.environment);
  try {
    const run = async (...args: string[]) => {
      const outcome = await idiom(args, place.environment, 'correct horse\n');
      expect(outcome).toMatchObject({ code: 0, stderr: '' });
      return outcome.stdout;
    };
    expect(await run('migrate')).toBe('The schema is up to date.\n');
    await run('user', 'create', '--username', 'beside', '--password-stdin');
    expect(await run('user', 'show', 'beside')).toMatch(/^user name +beside$/m);
    expect(await run('user', 'list')).toContain('beside');
    await run('user', 'set-role', 'beside', 'admin');

    const signIn = (password: string) => wires.cloudbase.signIn(gateway.url, 'beside', password);
    const { token } = await signIn('correct horse');
    const write = () => wires.cloudbase.write(gateway.url, token, { field: 'nickname', value: 'Beside' });
    expect(await write()).toBe(true);
    await run('keys', 'rotate', 'cloudbase');
    expect((await run('keys', 'list')).match(/cloudbase/g)).toHaveLength(2);
    expect(await write()).toBe(true);
    await run('user', 'block', 'beside');
    expect(await write()).toBe(false);
    await expect(signIn('correct horse')).rejects.toThrow('user_blocked');
    await run('user', 'unblock', 'beside');
    const { password } = await idiomJson<{ password: string }>(
      ['user', 'set-password', 'beside', '--generate-password'],
      place.environment,
    );
    await expect(signIn('correct horse')).rejects.toThrow('no token');
    await signIn(password);
  } finally {
    expect(await stopServing(gateway)).toBe(0);
  }
});
