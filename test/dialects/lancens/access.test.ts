import { startGateway } from '../../support/gateway';
import {
  answerTo,
  call,
  newcomer,
  newPerson,
  profileOf,
  refused,
  signIn,
  success,
  type Call,
  type Gateway,
} from './people';

const day = 24 * 60 * 60;

/** Every call that needs a token, with a body that is good but for the code. */
const calls: readonly [method: string, path: string, body: unknown][] = [
  ['GET', '/v1/api/user', undefined],
  ['PUT', '/v1/api/user', { realm: 'Other' }],
  ['PUT', '/v1/api/user/username', { username: 'other_name' }],
  ['PUT', '/v1/api/user/emailcode/email', { email: 'other@example.com' }],
  ['PUT', '/v1/api/user/emails', { code: '123456', email: 'other@example.com' }],
  ['PUT', '/v1/api/user/password', { password: 'Another_123', oldpassword: 'Secret_123' }],
  ['POST', '/v1/api/user/token', { push_token: 'abc', language: 'en' }],
  ['GET', '/v1/api/user/token', undefined],
  ['DELETE', '/v1/api/user/token', undefined],
  ['PUT', '/v1/api/user/token/1000', { push_token: 'abc', language: 'en' }],
  ['DELETE', '/v1/api/user/message/token/1000', undefined],
  ['GET', '/v1/api/selecte/share/friend?name=someone', undefined],
];

const unknownToken = 'zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz';

describe.each([400, 401])('with %d for what is wrong with a token', (status) => {
  let gateway: Gateway;
  beforeAll(async () => {
    gateway = await startGateway({ environment: { LANCENS_AUTH_STATUS: String(status) } });
  });
  afterAll(() => gateway.stop());

  const rejected = (message: string): unknown => ({ status, body: { message } });
  const answers = (options: Call): Promise<unknown[]> =>
    Promise.all(calls.map(([method, path, body]) => answerTo(gateway, method, path, { body, ...options })));
  const everywhere = (message: string): unknown[] => calls.map(() => rejected(message));

  it('asks for the token', async () => {
    expect(await answers({})).toEqual(everywhere('no token'));
    expect(await answers({ token: '' })).toEqual(everywhere('no token'));
  });

  it('asks for the token before it looks at the body', async () => {
    for (const body of ['{"realm":', '[]', {}, { realm: 5, username: 5, email: 5, code: 5, password: 5 }]) {
      expect(await answers({ body })).toEqual(everywhere('no token'));
      expect(await answers({ body, token: unknownToken })).toEqual(everywhere('invalid token'));
    }
  });

  it('does not take a bearer token', async () => {
    const { token } = await newPerson(gateway);
    expect(await answers({ headers: { Authorization: `Bearer ${token}` } })).toEqual(everywhere('no token'));
  });

  it.each([unknownToken, 'token', 'a'.repeat(31), 'a'.repeat(33), 'A'.repeat(32), 'a'.repeat(9000)])(
    'does not take the token %.40s',
    async (token) => {
      expect(await answers({ token })).toEqual(everywhere('invalid token'));
    },
  );

  it('does not take a token of another door', async () => {
    const { sql } = gateway;
    const { token, id } = await newPerson(gateway);
    await sql(`UPDATE sessions SET dialect = 'elsewhere' WHERE user_id = $1`, [id]);
    expect(await answers({ token })).toEqual(everywhere('invalid token'));
  });

  it('takes a token for thirty days', async () => {
    const { token } = await newPerson(gateway);
    gateway.clock.advance(30 * day - 5);
    await expect(profileOf(gateway, token)).resolves.toBeDefined();
    gateway.clock.advance(10);
    expect(await answers({ token })).toEqual(everywhere('invalid token'));
  });

  it('ends a session at the next sign-in of the same user', async () => {
    const first = await newPerson(gateway);
    const bystander = await newPerson(gateway);
    const { id, token } = await signIn(gateway, first.email, first.password);
    expect(id).toBe(first.id);
    expect(await answers({ token: first.token })).toEqual(everywhere('no user'));
    await expect(profileOf(gateway, token)).resolves.toBeDefined();
    await expect(profileOf(gateway, bystander.token)).resolves.toBeDefined();
  });

  it('leaves the sessions of other doors alone at a sign-in', async () => {
    const { id, email, password } = await newPerson(gateway);
    const elsewhere = { door: 'cloudbase', address: null, deviceId: 'd', clientId: null, userAgent: null };
    await gateway.core.signIn({ identifier: email, password }, elsewhere);
    await signIn(gateway, email, password);
    const live = await gateway.sql(
      'SELECT dialect FROM sessions WHERE user_id = $1 AND ended_at IS NULL ORDER BY dialect',
      [id],
    );
    expect(live).toEqual([{ dialect: 'cloudbase' }, { dialect: 'lancens' }]);
  });

  it('does not take the token of a session that signed out', async () => {
    const { username, token } = await newPerson(gateway);
    const out = { body: { username, token } };
    expect(await answerTo(gateway, 'POST', '/v1/api/user/logout', out)).toEqual(success);
    expect(await answers({ token })).toEqual(everywhere('invalid token'));
    expect(await answerTo(gateway, 'POST', '/v1/api/user/logout', out)).toEqual(rejected('invalid token'));
  });

  it('does not know a blocked user any more', async () => {
    const { id, token, username, password } = await newPerson(gateway);
    await gateway.core.setUserStatus({ userId: id, status: 'blocked' }, gateway.operator);
    expect(await answers({ token })).toEqual(everywhere('no user'));
    expect(await answerTo(gateway, 'POST', '/v1/api/user/logout', { body: { username, token } })).toEqual(
      rejected('no user'),
    );
    expect(await answerTo(gateway, 'POST', '/v1/api/user/login', { body: { username, password } })).toEqual(
      refused('username or password error'),
    );
  });

  it('does not know a deleted user any more', async () => {
    const { id, token, username, password } = await newPerson(gateway);
    await gateway.sql('UPDATE users SET deleted_at = now() WHERE id = $1', [id]);
    expect(await answers({ token })).toEqual(everywhere('no user'));
    expect(await answerTo(gateway, 'POST', '/v1/api/user/login', { body: { username, password } })).toEqual(
      refused('username or password error'),
    );
  });

  it('keeps 400 for what is wrong with a value', async () => {
    const { token } = await newPerson(gateway);
    expect(await answerTo(gateway, 'PUT', '/v1/api/user', { token, body: {} })).toEqual(
      refused('undefined realm'),
    );
    const body = { username: newcomer().username, password: 'Wrong_1234' };
    expect(await answerTo(gateway, 'POST', '/v1/api/user/login', { body })).toEqual(
      refused('username or password error'),
    );
  });
});

describe('addresses', () => {
  let gateway: Gateway;
  beforeAll(async () => {
    gateway = await startGateway();
  });
  afterAll(() => gateway.stop());

  it.each([
    ['GET', '/v1/api/nothing'],
    ['POST', '/v1/api/user/nothing'],
    ['DELETE', '/v1/api/user'],
    ['GET', '/v1/api/user/login'],
    ['PUT', '/v1/api/user/logout'],
    ['POST', '/v1/api/user/emails'],
  ])('answers %s %s in the words of this wire', async (method, path) => {
    const answer = await call(gateway, method, path);
    expect({ status: answer.status, body: answer.body }).toEqual({
      status: 404,
      body: { message: 'no data error' },
    });
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
  });
});
