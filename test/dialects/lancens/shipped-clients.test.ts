import { startGateway } from '../../support/gateway';
import {
  call,
  created,
  newcomer,
  newPerson,
  profileOf,
  signIn,
  success,
  type Answer,
  type Gateway,
  type Person,
} from './people';

let gateway: Gateway;
let person: Person;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.stop());
beforeEach(async () => {
  person = await newPerson(gateway);
});

const messageOf = ({ body }: Answer): unknown => (body as { message?: unknown }).message;

/** What each client sends along with every call. */
const habits = {
  xhome: { 'Content-Type': 'application/json; charset=UTF-8', formal: 'formal', Connection: 'close' },
  ha: { 'Content-Type': 'application/json', baseUrl: 'formal', bundleid: 'com.lancens.wxdoorbell' },
};

describe('abangtor/xhome', () => {
  it('meets no member that it would take for an envelope, and no word about tokens, in any good answer', async () => {
    const headers = { ...habits.xhome, Token: person.token };
    const { username, token, password } = person;
    const stranger = newcomer();
    const friend = await newPerson(gateway);
    const binding = { push_token: 'abc', language: 'zh', os_push_version: 1 };
    const answers: Answer[] = [];
    const send = async (method: string, path: string, body?: unknown): Promise<void> => {
      answers.push(await call(gateway, method, path, { headers, body }));
    };
    await send('POST', '/v1/api/user', stranger);
    await send('GET', '/v1/api/user');
    await send('PUT', '/v1/api/user', { realm: 'Other' });
    await send('PUT', '/v1/api/user/username', { username });
    await send('PUT', '/v1/api/user/emailcode/email', { email: newcomer().email });
    await send('PUT', '/v1/api/user/password', { password, oldpassword: password });
    for (const path of ['/v1/api/user/token', '/v1/api/user/message/token']) {
      await send('POST', path, binding);
      await send('GET', path);
      await send('PUT', `${path}/${person.id}`, binding);
      await send('DELETE', path);
    }
    await send('GET', `/v1/api/selecte/share/friend?name=${friend.username}`);
    await send('POST', '/v1/api/user/logout', { username, token });
    await send('POST', '/v1/api/user/login', { username, password });
    for (const { status, body, text } of answers) {
      expect(status).toBeLessThan(300);
      for (const member of ['data', 'resultData', 'code', 'resultStatus']) {
        expect(body).not.toHaveProperty(member);
      }
      expect(text).not.toMatch(/no token|invalid token/);
    }
  });

  it('changes nickname, user name and password with the bodies that it sends', async () => {
    const headers = { ...habits.xhome, Token: person.token };
    for (const [path, body] of [
      ['/v1/api/user', { realm: 'Other' }],
      ['/v1/api/user/username', { username: `${person.username}_2` }],
      ['/v1/api/user/password', { password: 'Another_123', oldpassword: person.password }],
    ] as const) {
      const answer = await call(gateway, 'PUT', path, { headers, body });
      expect(answer).toMatchObject({ status: 200, body: { message: 'success' } });
    }
  });

  it('signs out with the identifier that its user typed, and the token in header and body', async () => {
    const { email, token } = person;
    const answer = await call(gateway, 'POST', '/v1/api/user/logout', {
      headers: { ...habits.xhome, Token: token },
      body: { username: email, token },
    });
    expect(answer.status).toBe(200);
  });

  it('signs in again on a token that a second sign-in has ended: 400 no user', async () => {
    await signIn(gateway, person.username, person.password);
    const answer = await call(gateway, 'GET', '/v1/api/user', { headers: { Token: person.token } });
    expect([answer.status, messageOf(answer)]).toEqual([400, 'no user']);
  });
});

describe('abangtor/xhome and a dead token', () => {
  const isIn = (): Promise<Answer> =>
    call(gateway, 'GET', '/v1/api/user', { headers: { Token: person.token } });

  // It signs in again on 400 and 401 alone.
  it.each([
    ['that a second sign-in has ended', () => signIn(gateway, person.username, person.password)],
    [
      'that has signed out',
      () =>
        call(gateway, 'POST', '/v1/api/user/logout', {
          body: { username: person.username, token: person.token },
        }),
    ],
    [
      'of a blocked user',
      () => gateway.core.setUserStatus({ userId: person.id, status: 'blocked' }, gateway.operator),
    ],
  ] as const)('is answered 400 to one %s', async (_, end) => {
    expect((await isIn()).status).toBe(200);
    await end();
    expect((await isIn()).status).toBe(400);
  });

  it.each(['', 'x', 'z'.repeat(32)])('is answered 400 to the unknown token %j', async (token) => {
    expect((await call(gateway, 'GET', '/v1/api/user', { headers: { Token: token } })).status).toBe(400);
  });
});

describe.each([
  ['abangtor/xhome', 'Token', 'application/json; charset=UTF-8'],
  ['thedays/ha-dingding-smart', 'Token', 'application/json'],
  ['LittleChest/Lancens', 'token', 'application/json'],
])('%s', (_, header, contentType) => {
  it(`writes the token in the header ${header} and the type ${contentType}`, async () => {
    const headers = { [header]: person.token, 'Content-Type': contentType };
    const answer = await call(gateway, 'PUT', '/v1/api/user', { headers, body: { realm: 'Other' } });
    expect({ status: answer.status, body: answer.body }).toEqual(success);
    expect(await profileOf(gateway, person.token)).toMatchObject({ realm: 'Other' });
  });
});

describe('thedays/ha-dingding-smart', () => {
  it('reads token and id from a bare answer to a sign-in, whose status is 2xx', async () => {
    const { username, password } = person;
    const headers = { 'Content-Type': 'application/json', formal: 'formal', Connection: 'close' };
    const answer = await call(gateway, 'POST', '/v1/api/user/login', {
      headers,
      body: { username, password },
    });
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({
      id: person.id,
      token: expect.stringMatching(/^[a-z0-9]{32}$/) as string,
      reflash_key: expect.any(String) as string,
      time: expect.any(Number) as number,
    });
  });

  it('finds the words no token in the answer to a call without one', async () => {
    const answer = await call(gateway, 'GET', '/v1/api/user', { headers: habits.ha });
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('no token');
  });

  it('is told no token when it sends a bearer token', async () => {
    const headers = { ...habits.ha, Authorization: `Bearer ${person.token}` };
    const answer = await call(gateway, 'GET', '/v1/api/user', { headers });
    expect(answer.text).toContain('no token');
  });

  it('binds for push with a token longer than 64, and reads message success', async () => {
    const body = {
      push_token: 'f'.repeat(163),
      language: 'zh',
      dev: 0,
      bundleid: 'com.lancens.wxdoorbell',
      os: 'ANDROID',
      os_token: 'f'.repeat(163),
      push_platform: 'FCM',
      phone_model: 'android',
      os_push_version: 1,
      id: 0,
    };
    for (const path of ['/v1/api/user/token', '/v1/api/user/message/token']) {
      const { status, body: answered } = await call(gateway, 'POST', path, {
        headers: { ...habits.ha, Token: person.token },
        body,
      });
      expect({ status, body: answered }).toEqual(created);
    }
  });
});

describe('LittleChest/Lancens', () => {
  it('sends a content type with GET and DELETE, and no body', async () => {
    const headers = { 'Content-Type': 'application/json', token: person.token };
    expect((await call(gateway, 'GET', '/v1/api/user', { headers })).status).toBe(200);
    expect((await call(gateway, 'DELETE', '/v1/api/user/token', { headers })).status).toBe(200);
  });

  it.each([
    ['/v1/api/user', { realm: 'Other' }],
    ['/v1/api/user/username', { username: 'little_chest' }],
    ['/v1/api/user/emailcode/email', { email: 'little.chest@example.com' }],
    ['/v1/api/user/password', { password: 'Another_123', oldpassword: 'Secret_123' }],
  ])('parses JSON from a good PUT %s', async (path, body) => {
    const answer = await call(gateway, 'PUT', path, { headers: { token: person.token }, body });
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.text)).toEqual({ message: 'success' });
  });

  it('is answered 304 when it has seen the answer', async () => {
    const { token } = person;
    const first = await call(gateway, 'GET', '/v1/api/user', { headers: { token } });
    const headers = { token, 'if-none-match': String(first.headers.etag) };
    expect((await call(gateway, 'GET', '/v1/api/user', { headers })).status).toBe(304);
  });
});
