import { bannerText, describeGateway } from '../../src/cli/banner';
import { readConfig } from '../../src/platform/config';
import { startGateway, type TestGateway } from '../support/gateway';
import { callDoor, doorToken, refusal, stage, startOpen } from './support';

describe('the test door', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startOpen();
  });
  afterAll(() => gateway.stop());

  it('tells whoever has the token what is behind it', async () => {
    const answer = await callDoor(gateway, 'GET', '/v1');
    const { version } = jest.requireActual<{ version: string }>('../../package.json');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.body).toEqual({
      name: 'idiom',
      version,
      dialects: gateway.served.map(({ name }) => name),
      now: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      publicUrl: gateway.url,
      phoneRegion: 'CN',
      settings: { requireVerifiedContact: false, contactHoldHours: 0 },
      variables: expect.objectContaining({ LANCENS_AUTH_STATUS: '400', ANQICMS_CAPTCHA: '0' }) as object,
    });
  });

  it.each<[string, Record<string, string>]>([
    ['no token', {}],
    ['an empty one', { authorization: 'Bearer ' }],
    ['a wrong one', { authorization: 'Bearer a-token-of-somebody-else' }],
    ['only the beginning of it', { authorization: `Bearer ${doorToken.slice(0, -1)}` }],
    ['more than it', { authorization: `Bearer ${doorToken}s` }],
    ['another scheme', { authorization: `Basic ${doorToken}` }],
    ['the token in another header', { token: doorToken }],
  ])('refuses a call with %s, whatever it is', async (_, headers) => {
    for (const [method, path, body] of [
      ['GET', '/v1', undefined],
      ['POST', '/v1/users', { username: 'nobody' }],
      ['POST', '/v1/clock', { advanceSeconds: 3_600 }],
      ['POST', '/v1/users', 'no JSON'],
      ['GET', '/none', undefined],
      ['GET', '', undefined],
    ] as const) {
      const answer = await callDoor(gateway, method, path, body, headers);
      expect([path, answer.status, answer.body]).toEqual([path, 401, refusal('unauthorized')]);
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    }
    expect((await callDoor(gateway, 'GET', '/v1/clock')).body).toMatchObject({ offsetSeconds: 0 });
  });

  it.each([
    ['GET', '/v1/none'],
    ['GET', '/v2'],
    ['GET', ''],
    ['PUT', '/v1/users'],
    ['GET', '/v1/users/1'],
    ['GET', '/V1/users'],
  ])('has nothing at %s %s', async (method, path) => {
    const answer = await callDoor(gateway, method, path);
    expect([answer.status, answer.body]).toEqual([404, refusal('no_such_call')]);
  });

  it('refuses a body that cannot be read', async () => {
    const broken = await callDoor(gateway, 'POST', '/v1/users', '{"username":');
    expect([broken.status, broken.body]).toEqual([400, refusal('malformed_body')]);
    const long = await callDoor(gateway, 'POST', '/v1/users', { bio: 'x'.repeat(300_000) });
    expect([long.status, long.body]).toEqual([413, refusal('body_too_large')]);
    for (const body of [undefined, '[]', '"text"', 'null']) {
      const { status, body: said } = await callDoor(gateway, 'POST', '/v1/users', body);
      expect([body, status]).toEqual([body, 400]);
      expect(['invalid_body', 'malformed_body']).toContain(
        (said as { problem: { code: string } }).problem.code,
      );
    }
  });

  it('writes neither its token nor a password nor a code into the log', async () => {
    await stage(gateway, {
      username: 'secretive',
      password: 'Xq_password_9',
      email: 'secretive@example.com',
    });
    await gateway.core.requestCode(
      {
        caller: null,
        purpose: 'recover',
        target: { email: 'secretive@example.com' },
        audience: 'registered',
        language: 'en',
      },
      gateway.operator,
    );
    const sent = await callDoor(gateway, 'GET', '/v1/codes?to=secretive@example.com');
    const { code } = sent.body as { code: string };
    await callDoor(gateway, 'POST', '/v1/users', { password: 'Xq_password_9', username: 12 });
    await callDoor(gateway, 'GET', '/v1', undefined, { authorization: 'Bearer wrong-token-of-rehearsal' });
    const log = gateway.logLines.join('');
    for (const secret of [doorToken, 'wrong-token-of-rehearsal', 'Xq_password_9', `"${code}"`]) {
      expect([secret, log.includes(secret)]).toEqual([secret, false]);
    }
  });

  it('is announced as open, in the banner and as a warning in the log', async () => {
    const warning = gateway.logLines.find((line) => line.includes('TEST DOOR IS OPEN'));
    expect(JSON.parse(warning ?? '{}')).toMatchObject({ level: 40 });
    const config = readConfig({ TEST_DOOR_TOKEN: doorToken }, []);
    const { core, served } = gateway;
    const database = { hot: { query: () => Promise.resolve({ rows: [] }) } };
    const like = { url: gateway.url, publicUrl: gateway.url, foundation: { core, served, database } };
    const banner = bannerText(await describeGateway(like as never, config));
    expect(banner).toContain('TEST DOOR');
    expect(banner).toContain(`${gateway.url}/.test-door/v1`);
    expect(banner).not.toContain(doorToken);
  });
});

describe('without TEST_DOOR_TOKEN', () => {
  it('the door is not there, as any path that is unknown', async () => {
    const gateway = await startGateway();
    try {
      const unknown = await fetch(`${gateway.url}/none`, { method: 'POST' });
      for (const path of ['', '/v1', '/v1/users', '/v1/clock']) {
        const answer = await callDoor(gateway, 'POST', path, {});
        expect([answer.status, answer.body]).toEqual([404, 'Not Found']);
        expect([...answer.headers.keys()].sort()).toEqual([...unknown.headers.keys()].sort());
      }
      expect(gateway.logLines.join('')).not.toContain('TEST DOOR');
    } finally {
      await gateway.stop();
    }
  });
});
