import { startGateway } from '../../support/gateway';
import { answerTo, created, newPerson, refused, signIn, success, type Gateway, type Person } from './people';

let gateway: Gateway;
let person: Person;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.stop());
beforeEach(async () => {
  person = await newPerson(gateway);
});

const shown = {
  push_token: 'f'.repeat(163),
  language: 'zh-CN',
  dev: 1,
  bundleid: 'com.example.app',
  os: 'Android',
  os_token: 'o'.repeat(163),
  push_platform: 'FCM',
};
const full = { ...shown, phone_model: 'HUAWEI', id: 0, os_push_version: 1 };

describe.each(['/v1/api/user/token', '/v1/api/user/message/token'])('%s', (path) => {
  const send = (method: string, body?: unknown, tail = ''): Promise<unknown> =>
    answerTo(gateway, method, `${path}${tail}`, {
      token: person.token,
      ...(body !== undefined && { body }),
    });
  const binding = (changes: object = {}): unknown => ({
    status: 200,
    body: { ...shown, id: person.id, ...changes },
  });

  it('keeps every documented member of a binding', async () => {
    expect(await send('POST', full)).toEqual(created);
    expect(await send('GET')).toEqual(binding());
    const [row] = await gateway.sql<{ data: object }>(
      'SELECT data FROM extension_records WHERE user_id = $1',
      [person.id],
    );
    expect(row?.data).toMatchObject({ phone_model: 'HUAWEI' });
  });

  it('has the documented defaults', async () => {
    expect(await send('POST', { push_token: 'abc', language: 'en', dev: null, bundleid: '' })).toEqual(
      created,
    );
    expect(await send('GET')).toEqual(
      binding({
        push_token: 'abc',
        language: 'en',
        dev: 0,
        bundleid: 'com.lancens.wxdoorbell',
        os: '',
        os_token: '',
        push_platform: '',
      }),
    );
  });

  it('has one binding for a user: a later one takes the place of the earlier', async () => {
    await send('POST', full);
    expect(await send('POST', { push_token: 'abc', language: 'en' })).toEqual(created);
    expect(await send('GET')).toMatchObject({ body: { push_token: 'abc', os: '' } });
    const answers = await Promise.all(Array.from({ length: 6 }, () => send('POST', full)));
    expect(answers).toEqual(answers.map(() => created));
    const rows = await gateway.sql('SELECT id FROM extension_records WHERE user_id = $1', [person.id]);
    expect(rows).toHaveLength(1);
  });

  it('changes the token and the language of the binding, under the id that is shown', async () => {
    await send('POST', full);
    const body = { push_token: 'abc', language: 'fr' };
    expect(await send('PUT', body, `/${person.id}`)).toEqual(success);
    expect(await send('GET')).toEqual(binding(body));
  });

  it('has nothing to change or show where nothing is bound', async () => {
    expect(await send('GET')).toEqual(refused('no data error'));
    expect(await send('PUT', { push_token: 'abc', language: 'fr' }, `/${person.id}`)).toEqual(
      refused('no data error'),
    );
  });

  it.each([(): string => '', (): string => `/${person.id}`])('forgets a binding', async (tail) => {
    await send('POST', full);
    expect(await send('DELETE', undefined, tail())).toEqual(success);
    expect(await send('GET')).toEqual(refused('no data error'));
    expect(await send('DELETE', undefined, tail())).toEqual(success);
  });

  it('leaves the binding of somebody else alone', async () => {
    await send('POST', full);
    const owner = person;
    person = await newPerson(gateway);
    const body = { push_token: 'abc', language: 'fr' };
    expect(await send('PUT', body, `/${owner.id}`)).toEqual(refused('no data error'));
    expect(await send('DELETE', undefined, `/${owner.id}`)).toEqual(refused('no data error'));
    expect(await send('DELETE')).toEqual(success);
    person = owner;
    expect(await send('GET')).toEqual(binding());
  });

  it.each(['x', '1.5', '-1', '%00', '1e3'])('answers the id %s', async (id) => {
    const body = { push_token: 'abc', language: 'fr' };
    expect(await send('PUT', body, `/${id}`)).toEqual(refused('id format error'));
    expect(await send('DELETE', undefined, `/${id}`)).toEqual(refused('id format error'));
  });

  it.each([
    [{ push_token: null, language: 'en' }, 'undefined push_token'],
    [{ push_token: 'a'.repeat(4097), language: 'en' }, 'push_token length error'],
    [{ push_token: 'a\u0000b', language: 'en' }, 'push_token format error'],
    [{ push_token: 'abc', language: 5 }, 'language format error'],
    [{ push_token: 'abc', language: '' }, 'language length error'],
    [{ push_token: 'abc', language: 'en', dev: '0' }, 'dev format error'],
    [{ push_token: 'abc', language: 'en', dev: 2 }, 'dev format error'],
    [{ push_token: 'abc', language: 'en', os: 5 }, 'os format error'],
    [{ push_token: 'abc', language: 'en', bundleid: 'a'.repeat(256) }, 'bundleid length error'],
    [{ push_token: 'abc', language: 'en', os_token: {} }, 'os_token format error'],
    [{ push_token: 'abc', language: 'en', push_platform: 'a'.repeat(256) }, 'push_platform length error'],
    [{ push_token: 'abc', language: 'en', phone_model: [] }, 'phone_model format error'],
  ])('answers %j with %s', async (body, message) => {
    expect(await send('POST', body)).toEqual(refused(message));
    expect(await send('GET')).toEqual(refused('no data error'));
  });

  it('forgets the binding at the next sign-in and when signing out', async () => {
    await send('POST', full);
    const { username, password } = person;
    const { token } = await signIn(gateway, username, password);
    person = { ...person, token };
    expect(await send('GET')).toEqual(refused('no data error'));
    await send('POST', full);
    await answerTo(gateway, 'POST', '/v1/api/user/logout', { body: { username, token } });
    const rows = await gateway.sql('SELECT id FROM extension_records WHERE user_id = $1', [person.id]);
    expect(rows).toEqual([]);
  });
});

it('keeps the bindings for calls and for messages apart', async () => {
  const { token } = person;
  await answerTo(gateway, 'POST', '/v1/api/user/token', { token, body: full });
  expect(await answerTo(gateway, 'GET', '/v1/api/user/message/token', { token })).toEqual(
    refused('no data error'),
  );
  await answerTo(gateway, 'DELETE', '/v1/api/user/message/token', { token });
  expect(await answerTo(gateway, 'GET', '/v1/api/user/token', { token })).toMatchObject({ status: 200 });
});
