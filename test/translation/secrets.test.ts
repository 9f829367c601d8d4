import type { Exchange } from '../../src/contract';
import type { Route, WireRequest } from '../../src/dialect';
import {
  createTranslator,
  InputError,
  planHtml,
  planMigration,
  planText,
  readInput,
} from '../../src/translation';
import { identify, createWire } from '../../src/translation/identify';
import { captureExchange } from '../../src/translation/examples';
import { secretNamesOf } from '../../src/translation/secret-names';
import { secretsIn } from '../../src/translation/secrets';
import { pairs, sideOf, subjectNamed } from './sides';

const options = { baseUrl: 'https://new.example.com', region: 'CN' };
const secret = 'hunter2-Xyz';
const jwt = 'eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.c2lnbmF0dXJl';

/** Everything that is printed of an input, in each form, with every text as it is read. */
function printed(from: string, to: string, text: string, hosts: readonly string[] = []): string {
  const [one, other] = [sideOf(subjectNamed(from)), sideOf(subjectNamed(to))];
  const translator = createTranslator(one, other, options);
  const plan = planMigration(readInput(text), { from: one, to: other, translator, source: 'a test', hosts });
  return [planText(plan), planHtml(plan), JSON.stringify(plan)].join('\n');
}

/** The lines in which one of these stands. */
function leaks(text: string, ...hidden: string[]): string[] {
  return text.split('\n').filter((line) => hidden.some((one) => line.includes(one)));
}

const har = (request: object, url = 'http://old/api/login'): string =>
  JSON.stringify({ log: { entries: [{ request: { method: 'POST', url, ...request } }] } });

const multipart = `--b\r\nContent-Disposition: form-data; name="user_name"\r\n\r\nzhang\r\n--b\r\nContent-Disposition: form-data; name="password"\r\nContent-Type: text/plain\r\n\r\n${secret}\r\n--b--\r\n`;

const postman = (request: object): string =>
  JSON.stringify({
    info: { schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
    item: [{ name: 'one', request: { method: 'POST', url: 'http://old/api/login', ...request } }],
  });

const login = `curl http://old/api/login`;

describe('a secret is in no plan', () => {
  it.each<[string, string]>([
    ['of a member', `${login} -d '{"user_name":"zhang","password":"${secret}"}'`],
    [
      'of a member beside those that are read',
      `${login} -d '{"user_name":"z","password":"abc123","re_password":"${secret}"}'`,
    ],
    [
      'of a member inside others',
      `${login} -d '{"user_name":"z","data":{"login":[{"password":"${secret}"}]}}'`,
    ],
    ['of a member of a member', `${login} -d '{"user_name":"z","password":{"old":"${secret}"}}'`],
    [
      'of a member in a text of JSON',
      `${login} --json '{"user_name":"z","password":"abc123","raw":"{\\"password\\":\\"${secret}\\"}"}'`,
    ],
    ['of a name that is escaped', `${login} --json '{"pass\\u0077ord":"${secret}"}'`],
    ['of a value that is escaped', `${login} --json '{"user_name":"zhang","password":"\\u0068unter2-Xyz"}'`],
    [
      'of one of two members of one name',
      `${login} --json '{"user_name":"z","password":"${secret}","password":"abc123"}'`,
    ],
    ['of a body that is cut off', `${login} --json '{"user_name":"z","password":"${secret}'`],
    ['of a body with the wrong quotes', `${login} --json "{'user_name':'z','password':'${secret}'}"`],
    ['of a body without quotes', `${login} --json '{user_name:z,password:${secret}}'`],
    ['of a form', `${login} -d 'user_name=z&password=${secret}'`],
    ['of a form with nested names', `${login} -d 'user%5Bname%5D=z&user%5Bpassword%5D=${secret}'`],
    ['of a form with an encoded name', `${login} -d 'user_name=z&p%61ssword=${secret}'`],
    ['of an encoded value in a form', `${login} -d 'user_name=z&password=%68unter2-Xyz'`],
    [
      'of a body in parts',
      `${login} -H 'content-type: multipart/form-data; boundary=b' --data-binary $'${multipart.replaceAll('\r\n', '\\r\\n')}'`,
    ],
    ['of parts', `${login} -F user_name=z -F password=${secret}`],
    [
      'of an element',
      `${login} -H 'content-type: text/xml' -d '<login><password>${secret}</password></login>'`,
    ],
    ['of a query', `curl 'http://old/api/login?password=${secret}'`],
    ['of a query under a nested name', `curl 'http://old/api/login?a[password]=${secret}'`],
    [
      'of an address in a query',
      `curl 'http://old/api/user/detail?next=http%3A%2F%2Fx%2F%3Ftoken%3D${secret}'`,
    ],
    ['of a fragment', `curl 'http://old/api/user/detail#access_token=${secret}'`],
    ['of whoever the address names', `curl 'http://me:${secret}@old/api/user/detail'`],
    ['of -u', `curl -u 'me:${secret}' http://old/api/user/detail`],
    ['of the token', `curl http://old/api/user/detail -H 'token: ${secret}'`],
    ...['x-api-key', 'x-mykey', 'app-key-id', 'x-auth', 'authentication', 'proxy-authorization'].map(
      (name): [string, string] => [`of ${name}`, `curl http://old/api/user/detail -H '${name}: ${secret}'`],
    ),
    ['of a value inside a header', `curl http://old/api/user/detail -H 'x-client: app; password=${secret}'`],
    ['of a cookie', `curl http://old/api/user/detail -b 'sid=${secret}'`],
    [
      'of a cookie that is repeated in the query',
      `curl 'http://old/api/user/detail?s=${secret}' -b 'sid=${secret}'`,
    ],
    ['that another member repeats', `${login} -d '{"user_name":"${secret}","password":"${secret}"}'`],
    [
      'that another member tells',
      `curl http://old/api/register -d '{"user_name":"zhang_s","email":"a@b.cc","password":"${secret}","introduce":"mine is ${secret}!"}'`,
    ],
    [
      'of a request of somebody else',
      `curl 'http://old/elsewhere?client_secret=${secret}' -d 'code=${secret}'`,
    ],
    [
      'of a form in a HAR',
      har({
        postData: {
          mimeType: 'application/x-www-form-urlencoded',
          params: [{ name: 'password', value: secret }],
        },
      }),
    ],
    [
      'of a body in parts in a HAR',
      har({ postData: { mimeType: 'multipart/form-data; boundary=b', text: multipart } }),
    ],
    [
      'of parts that a HAR calls something else',
      har({ postData: { mimeType: 'text/plain', text: multipart } }),
    ],
    ['of a cookie in a HAR', har({ headers: [{ name: 'Cookie', value: `token=${secret}` }] })],
    [
      'of a body in base64 in a HAR',
      har({
        postData: {
          mimeType: 'application/json',
          encoding: 'base64',
          text: Buffer.from(`{"password":"${secret}"}`).toString('base64'),
        },
      }),
    ],
    [
      'of a form in a collection',
      postman({ body: { mode: 'urlencoded', urlencoded: [{ key: 'password', value: secret }] } }),
    ],
    [
      'of parts in a collection',
      postman({ body: { mode: 'formdata', formdata: [{ key: 'password', value: secret, type: 'text' }] } }),
    ],
    [
      'of an authorization in a collection',
      postman({
        auth: {
          type: 'basic',
          basic: [
            { key: 'username', value: 'me' },
            { key: 'password', value: secret },
          ],
        },
      }),
    ],
    [
      'of a key in a collection',
      postman({
        auth: {
          type: 'apikey',
          apikey: [
            { key: 'key', value: 'x-thing-key' },
            { key: 'value', value: secret },
          ],
        },
      }),
    ],
    [
      'behind a variable',
      postman({
        body: {
          mode: 'raw',
          raw: `{"user_name":"{{u}}","password":"{{p}}${secret}"}`,
          options: { raw: { language: 'json' } },
        },
      }),
    ],
  ])('%s', (_, text) => {
    const hidden = [secret, 'unter2-Xyz', Buffer.from(`me:${secret}`).toString('base64')];
    expect(leaks(printed('anqicms', 'cloudbase', text), ...hidden)).toEqual([]);
  });

  it('that is a number', () => {
    for (const line of [
      `${login} --json '{"user_name":"zhang","password":86420135}'`,
      `${login} --json '{"user_name":"zhang","password":"secret-1","code":86420135}'`,
    ])
      expect(leaks(printed('anqicms', 'lancens', line), '86420135')).toEqual([]);
  });

  it('that is told by its form alone, wherever it stands', () => {
    for (const line of [
      `curl http://old/api/user/detail/${jwt}`,
      `curl http://old/api/user/detail -H 'x-trace: ${jwt}'`,
      `${login} --json '{"user_name":"zhang","note":"see ${jwt}"}'`,
    ])
      expect(leaks(printed('anqicms', 'lancens', line), jwt)).toEqual([]);
    const log = `203.0.113.7 - - [10/Oct/2025:13:55:36 +0000] "GET /elsewhere/${jwt} HTTP/1.1" 200 5`;
    expect(leaks(printed('anqicms', 'lancens', log), jwt)).toEqual([]);
  });

  it('of a request to another host', () => {
    const text = har({}, `https://other.example.com/login?a[password]=${secret}`);
    expect(leaks(printed('anqicms', 'lancens', text, ['old.example.com']), secret)).toEqual([]);
  });

  it('because no call says it', () => {
    const line = `curl http://old/auth/v1/signin/with/provider -H 'content-type: application/json' -d '{"provider_token":"${secret}"}'`;
    expect(leaks(printed('cloudbase', 'lancens', line), secret)).toEqual([]);
  });

  it.each([
    [`curl http://old/api/login -H ${secret}`],
    [`curl http://old/api/login -b ${secret}`],
    [`curl http://old/api/login -d password= ${secret}`],
    [`curl http://old/api/login -F ${secret}`],
  ])('and in no complaint: %s', (line) => {
    expect(() => readInput(line)).toThrow(InputError);
    expect(() => readInput(line)).not.toThrow(secret);
  });
});

it('a long body of no form takes no long time', () => {
  const body = `${'a'.repeat(400_000)}${'\\\\'.repeat(100_000)}`;
  const text = har({ postData: { mimeType: 'text/plain', text: `${body} password=${secret}` } });
  expect(leaks(printed('anqicms', 'lancens', text), secret)).toEqual([]);
});

describe('what is no secret', () => {
  it('stays as it was written', () => {
    const line = `curl 'http://old/api/user/detail?a=%7e&b' -H 'token: abc' --json '{ "user_name": "password", "introduce": "code: red" }'`;
    const text = printed('anqicms', 'cloudbase', line);
    expect(text).toContain(`'http://old/api/user/detail?a=%7e&b'`);
    expect(text).toContain(`"user_name": "password"`);
    expect(text).toContain(`{"username":"password","description":"code: red"}`);
  });
});

it('what a dialect calls its secrets is learned from its own documented requests', () => {
  const { name, declaration } = sideOf(subjectNamed('lancens'));
  const read = ({ body }: WireRequest) => {
    const { who, mima } = body as { who: string; mima: string };
    return { identifier: who, password: mima };
  };
  const [signIn] = declaration.routes.filter((route) => 'operation' in route && route.operation === 'signIn');
  const route = { ...signIn, path: '/v1/api/enter', read } as Route;
  const wire = createWire({ name, declaration: { ...declaration, routes: [route] } });
  const exchange = {
    title: 'entering',
    request: { method: 'POST', path: '/v1/api/enter', body: { who: 'ada_1815', mima: 'Secret_123' } },
  } as unknown as Exchange;
  const learned = secretNamesOf(wire, { exchanges: [exchange] });
  const unlearned = secretNamesOf(wire, { exchanges: [] });
  expect(['who', 'mima', 'MIMA', 'password'].filter(learned)).toEqual(['mima', 'MIMA', 'password']);
  expect(['who', 'mima', 'password'].filter(unlearned)).toEqual(['password']);
});

const standsIn = (text: string, value: string): boolean =>
  new RegExp(`(?<!\\w)${value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?!\\w)`).test(text);

it.each(pairs)('$title: no secret of a documented request is in its plan', ({ from, to }) => {
  const [one, other] = [sideOf(from), sideOf(to)];
  const translator = createTranslator(one, other, options);
  const wire = createWire(one);
  const told = from.contract.exchanges.flatMap((exchange) => {
    const captured = captureExchange(exchange, one);
    const identified = identify(wire, captured);
    if (identified.kind !== 'command') return [];
    // The label is the title of the exchange, which speaks of passwords.
    const plan = JSON.stringify({ ...translator.translate(captured).translation, label: '' });
    return secretsIn(identified.command)
      .filter(({ value }) => value.length >= 8 && !value.includes('{{'))
      .filter(({ value }) => standsIn(plan, JSON.stringify(value).slice(1, -1)))
      .map(({ value }) => `${exchange.title}: ${value}`);
  });
  expect(told).toEqual([]);
});
