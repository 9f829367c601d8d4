import type { Declaration } from '../../src/dialect';
import { captureExchange } from '../../src/translation/examples';
import {
  createTranslator,
  planMigration,
  readInput,
  type CapturedRequest,
  type MigrationPlan,
  type Translation,
} from '../../src/translation';
import { declare } from '../support/subjects';
import { pairs, sideOf, subjectNamed } from './sides';

const options = { baseUrl: 'https://new.example.com', region: 'CN' };

function plan(from: string, to: string, text: string, hosts: readonly string[] = []): MigrationPlan {
  const [one, other] = [sideOf(subjectNamed(from)), sideOf(subjectNamed(to))];
  const translator = createTranslator(one, other, options);
  return planMigration(readInput(text), { from: one, to: other, translator, source: 'a test', hosts });
}

function translate(from: string, to: string, text: string): Translation {
  const { entries } = plan(from, to, text);
  const [entry] = entries;
  if (entry === undefined) throw new Error('nothing was translated');
  return entry;
}

function readRequests(text: string): readonly CapturedRequest[] {
  const input = readInput(text);
  if (input.kind !== 'requests') throw new Error('not requests');
  return input.requests;
}

const update = `curl -X POST http://old/api/user/detail -H "token: abc.def.ghi" -d '{"user_name":"zhang_san","introduce":"hi","real_name":"Zhang San"}'`;

describe('a translated call', () => {
  it('is one that a shell can send, with the token of the new dialect left blank', () => {
    const { calls, outcome, endpoint, operation } = translate('anqicms', 'cloudbase', update);
    expect({ outcome, endpoint, operation }).toEqual({
      outcome: 'partly',
      endpoint: 'POST /api/user/detail',
      operation: 'updateProfile',
    });
    expect(calls.map(({ curl }) => curl)).toEqual([
      [
        'curl https://new.example.com/auth/v1/user/basic/edit \\',
        "  -H 'content-type: application/json' \\",
        "  -H 'authorization: Bearer <token of cloudbase>' \\",
        `  -d '{"username":"zhang_san","description":"hi"}'`,
      ].join('\n'),
    ]);
  });

  it('comes with what the new dialect cannot say, and what becomes of it', () => {
    expect(translate('anqicms', 'cloudbase', update).differences).toEqual([
      {
        field: 'realName',
        kind: 'unsaid',
        before: 'Zhang San',
        text: expect.stringContaining('No call of cloudbase says it.'),
      },
    ]);
  });

  it('shows both good answers and every error of both', () => {
    const { answer, calls, errors } = translate('anqicms', 'cloudbase', update);
    expect([answer, calls[0]?.answer]).toEqual([
      { status: 200, body: { code: 0, msg: '保存成功' } },
      { status: 200, body: {} },
    ]);
    // The words of this route, which are not those of the dialect's table.
    expect(errors).toContainEqual({
      problem: 'identifier_taken username',
      before: { status: 200, body: { code: -1, msg: '用户名已存在' } },
      after: {
        status: 409,
        body: {
          error: 'username_already_exists',
          error_code: 409,
          error_description: 'Username already exists',
        },
      },
    });
    expect(errors.map(({ problem }) => problem)).not.toContain('identifier_taken email');
  });

  it('repeats no token, password or code unless it is asked to', () => {
    const line = `curl http://old/api/login -d '{"user_name":"zhang","password":"tops3cret"}'`;
    const { request, calls, blanks } = translate('anqicms', 'cloudbase', line);
    expect(JSON.stringify({ request, calls })).not.toContain('tops3cret');
    expect(calls[0]?.curl).toContain('"password":"<password>"');
    expect(blanks).toEqual([{ text: '<password>', source: expect.stringContaining('the captured request') }]);
    expect(translate('anqicms', 'cloudbase', update).request.curl).not.toContain('abc.def');
    const [from, to] = [sideOf(subjectNamed('anqicms')), sideOf(subjectNamed('cloudbase'))];
    const open = createTranslator(from, to, { ...options, keepsSecrets: true });
    const [keyed] = readRequests(
      `curl http://old/api/user/detail -H 'x-my-key: tops3cret' -H 'token: abc.def'`,
    );
    expect(open.translate(keyed as CapturedRequest).translation.request.curl).toMatch(
      /x-my-key: tops3cret(?![^]*abc)/,
    );
    expect(JSON.stringify(readRequests(line).map((one) => open.translate(one).translation.calls))).toContain(
      'tops3cret',
    );
  });

  it('has the values that it was captured with, escapes and quotes included', () => {
    for (const realm of ['%3C%27%3E', '%3C%%3E', '%3Cb%3E']) {
      const line = `curl -X PUT http://old/v1/api/user -H 'token: x' --json '${JSON.stringify({ realm })}'`;
      const [call] = translate('lancens', 'cloudbase', line).calls;
      expect(call?.curl).toContain(`-d '${JSON.stringify({ nickname: realm })}'`);
    }
    const query = `curl 'http://old/auth/v1/user/query?username=%3Ca%26b%3E' -H 'Authorization: Bearer a.b.c'`;
    expect(translate('cloudbase', 'lancens', query).calls[0]?.curl).toContain('%3Ca%26b%3E');
  });

  it('is a sequence where one call is not enough, with blanks for what earlier answers give', () => {
    const line = `curl -X POST http://old/auth/v1/user/basic/edit -H 'Authorization: Bearer a.b.c' --json '{"email":"new@example.com","nickname":"Ada"}'`;
    const { calls, blanks, outcome, differences } = translate('cloudbase', 'lancens', line);
    expect(calls.map(({ endpoint }) => endpoint)).toEqual([
      'PUT /v1/api/user',
      'PUT /v1/api/user/emailcode/email',
      'PUT /v1/api/user/emails',
    ]);
    expect(calls[2]?.curl).toContain(`-d '{"code":"<code>","email":"new@example.com"}'`);
    expect(blanks.map(({ text }) => text)).toEqual(['<code>']);
    expect([outcome, differences.map(({ field, kind }) => [field, kind])]).toEqual([
      'translated',
      [['emailProven', 'added']],
    ]);
  });

  it('that the new dialect refuses for its values is shown with that refusal', () => {
    const line = `curl http://old/auth/v1/user/basic/edit -H 'Authorization: Bearer a.b.c' --json '{"username":"ada"}'`;
    const [call] = translate('cloudbase', 'lancens', line).calls;
    expect(call?.refusal).toEqual({
      problem: 'invalid_member username length',
      answer: { status: 400, body: { message: 'username length error' } },
    });
  });

  it('tells what is left unsaid even where the new dialect refuses another value', () => {
    const line = `curl http://old/api/user/detail -H 'token: a.b.c' -d '{"user_name":"张三","real_name":"Zhang San"}'`;
    const { calls, differences, outcome } = translate('anqicms', 'cloudbase', line);
    expect(calls[0]?.refusal?.problem).toBe('invalid_member username charset');
    expect([outcome, differences.map(({ field, kind }) => [field, kind])]).toEqual([
      'partly',
      [['realName', 'unsaid']],
    ]);
  });

  it('says what it can of an update whose fields go different ways', () => {
    const line = `curl http://old/api/user/detail -H 'token: a.b.c' -d '{"email":"new@example.com","phone":"13800138000"}'`;
    const { calls, differences, outcome } = translate('anqicms', 'lancens', line);
    expect(calls.map(({ operation }) => operation)).toEqual(['requestEmailChange', 'changeEmail']);
    expect([outcome, differences.map(({ field, kind }) => [field, kind])]).toEqual([
      'partly',
      [
        ['phone', 'unsaid'],
        ['emailProven', 'added'],
      ],
    ]);
  });

  it('opens the session that a registration opened, and makes up no key', () => {
    const line = `curl http://old/api/register -d '{"user_name":"zhang_san","password":"Secret_12","email":"zhang@example.com","phone":"13800138000"}'`;
    const { calls, blanks, differences } = translate('anqicms', 'lancens', line);
    expect(calls.map(({ endpoint }) => endpoint)).toEqual(['POST /v1/api/user', 'POST /v1/api/user/login']);
    expect(calls[0]?.curl).toContain('"apikey":"<API key>"');
    expect(blanks).toContainEqual({ text: '<API key>', source: 'the operator: `idiom apikey create`' });
    expect(differences.map(({ field }) => field)).not.toContain('session');
  });

  it('signs out with a token, wherever the old one was', () => {
    const line = `curl http://old/auth/v1/revoke --json '{"token":"not whole"}'`;
    expect(translate('cloudbase', 'anqicms', line).calls[0]?.curl).toContain(
      `-H 'token: <token of anqicms>'`,
    );
  });

  it('of a user who is named by id comes with the call for whoever calls', () => {
    const read = `curl 'http://old/api/user/detail?userId=7' -H 'token: a.b.c'`;
    expect(translate('anqicms', 'cloudbase', read)).toMatchObject({
      calls: [{ endpoint: 'GET /auth/v1/user/query' }],
      notes: [expect.stringContaining('cloudbase says it with GET /auth/v1/user/me')],
    });
    expect(translate('anqicms', 'lancens', read)).toMatchObject({
      outcome: 'partly',
      calls: [{ endpoint: 'GET /v1/api/user' }],
      differences: [{ field: 'finds', kind: 'unsaid', before: 'id 7' }],
    });
    // What is written is never written to somebody else.
    const write = `curl http://old/auth/v1/user/basic/edit -H 'Authorization: Bearer a.b.c' --json '{"user_id":"7","username":"zhang_san"}'`;
    expect(translate('cloudbase', 'lancens', write)).toMatchObject({
      outcome: 'unsupported',
      calls: [],
      notes: [expect.stringContaining('lancens says it with PUT /v1/api/user/username')],
    });
  });

  it('has numbers for variables that stand without quotes', () => {
    const document = {
      info: { schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
      item: [
        {
          request: {
            method: 'POST',
            url: '{{baseUrl}}/auth/v1/user/basic/edit',
            auth: { type: 'bearer', bearer: [{ key: 'token', value: '{{token}}' }] },
            body: {
              mode: 'raw',
              raw: '{"nickname":"{{nick}}","later":{{one}},"list":[{{two}}]}',
              options: { raw: { language: 'json' } },
            },
          },
        },
      ],
    };
    expect(translate('cloudbase', 'lancens', JSON.stringify(document))).toMatchObject({
      outcome: 'translated',
      calls: [{ endpoint: 'PUT /v1/api/user', curl: expect.stringContaining('{"realm":"{{nick}}"}') }],
    });
  });

  it('gives up on variables in a body that is no JSON, whatever they stand for', () => {
    const line = `curl http://old/auth/v1/user/basic/edit -H 'Authorization: Bearer a.b.c' --json '{"username":"{{x}}","emai{{y}},"nickname":null}'`;
    expect(translate('cloudbase', 'lancens', line)).toMatchObject({
      outcome: 'refused',
      reason: expect.stringContaining('malformed_body'),
    });
  });

  it('keeps variables as they are written, whatever the old dialect would say to them', () => {
    const document = {
      info: { schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
      item: [
        {
          name: 'Register',
          request: {
            method: 'POST',
            url: '{{baseUrl}}/v1/api/user',
            body: {
              mode: 'raw',
              raw: '{"username":"{{user}}","password":"{{pw}}","realm":"{{nick}}","email":"{{mail}}","phone":"{{tel}}","apikey":"{{key}}","code":"{{c}}"}',
              options: { raw: { language: 'json' } },
            },
          },
        },
      ],
    };
    const { calls, outcome } = translate('lancens', 'anqicms', JSON.stringify(document));
    expect(outcome).toBe('partly');
    expect(calls[0]?.curl).toContain(
      `{"user_name":"{{user}}","password":"{{pw}}","email":"{{mail}}","phone":"{{tel}}"}`,
    );
  });
});

describe('a request that cannot be translated', () => {
  it('is told with the reason of the new dialect', () => {
    const { outcome, reason, calls } = translate(
      'anqicms',
      'cloudbase',
      `curl http://old/api/user/groups -H 'token: a'`,
    );
    expect({ outcome, reason, calls }).toEqual({
      outcome: 'unsupported',
      reason: subjectNamed('cloudbase').contract.unsupported['listRecords'],
      calls: [],
    });
  });

  it('is told field by field, by the names of the core and without what nobody else may see', () => {
    const names = `curl http://old/api/user/detail -H 'token: a.b.c' -d '{"real_name":"Zhang San"}'`;
    expect(translate('anqicms', 'cloudbase', names)).toMatchObject({
      outcome: 'unsupported',
      reason: 'cloudbase has a call for updateProfile, but none that says this: realName Zhang San',
      differences: [{ field: 'realName', kind: 'unsaid', before: 'Zhang San' }],
    });
    const secret = `curl http://old/v1/api/phone/retrieve --json '{"phone":"13800138000","code":"123456","password":"tops3cret"}'`;
    const { reason } = translate('lancens', 'anqicms', secret);
    expect(reason).toBe(
      'anqicms has a call for recoverPassword, but none that says this: phone 13800138000, password <password>',
    );
  });

  it('because it changes nothing is told so', () => {
    const line = `curl http://old/auth/v1/user/basic/edit -H 'Authorization: Bearer a.b.c' --json '{}'`;
    expect(translate('cloudbase', 'lancens', line)).toMatchObject({
      outcome: 'answered',
      reason: 'it changes nothing, so that no call is needed',
    });
  });

  it('that the old dialect refuses is shown with that refusal', () => {
    const line = `curl -X PUT http://old/v1/api/user -H 'token: a' -H 'content-type: application/json' -d '{"realm":7}'`;
    expect(translate('lancens', 'cloudbase', line)).toMatchObject({
      outcome: 'refused',
      reason: 'lancens itself refuses it: invalid_member realm type',
      answer: { status: 400, body: { message: 'realm format error' } },
    });
  });

  it('that is not of the old dialect is listed apart, by its path or its host', () => {
    const har = (url: string) => ({ request: { method: 'GET', url } });
    const text = JSON.stringify({
      log: {
        entries: [
          har('https://cdn.example.com/app.js'),
          har('https://other.example.com/api/user/detail'),
          har('https://old.example.com/api/user/detail'),
        ],
      },
    });
    const { foreign, entries } = plan('anqicms', 'cloudbase', text, ['old.example.com']);
    expect(foreign).toEqual([
      { request: 'GET https://cdn.example.com/app.js', count: 1 },
      { request: 'GET https://other.example.com/api/user/detail', count: 1 },
    ]);
    expect(entries).toMatchObject([
      {
        label: 'entry 3',
        outcome: 'translated',
        notes: [expect.stringContaining('without an access token')],
      },
    ]);
    expect(plan('anqicms', 'cloudbase', text).foreign).toHaveLength(1);
  });

  it('of an address that the old dialect has not is told so', () => {
    expect(translate('anqicms', 'cloudbase', 'curl http://old/api/nope')).toMatchObject({
      outcome: 'answered',
      reason: 'anqicms has no such call',
      answer: { status: 404 },
    });
  });
});

describe('a plan from a log', () => {
  const line = (request: string) =>
    `203.0.113.7 - - [10/Oct/2025:13:55:36 +0000] "${request} HTTP/1.1" 200 5`;

  it('leaves out what went to other hosts, where the log names them', () => {
    const lines = ['old.example.com', 'other.example.com:8080'].map(
      (host) => `${host} ${line('GET /api/user/detail')}`,
    );
    const { endpoints, foreign } = plan(
      'anqicms',
      'lancens',
      [...lines, line('POST /api/login')].join('\n'),
      ['Old.example.com'],
    );
    expect(endpoints.map(({ endpoint, count }) => [endpoint, count])).toEqual([
      ['GET /api/user/detail', 1],
      ['POST /api/login', 1],
    ]);
    expect(foreign).toEqual([{ request: 'GET other.example.com:8080/api/user/detail', count: 1 }]);
  });

  it('counts calls by endpoint, and translates the documented example of each', () => {
    const text = [
      line('POST /api/login'),
      line('POST /api/login'),
      line('GET /api/user/detail'),
      line('GET /a.js'),
      'junk',
    ].join('\n');
    const { endpoints, foreign, junk, entries } = plan('anqicms', 'lancens', text);
    expect(
      endpoints.map(({ endpoint, count, operations, becomes, outcome }) => ({
        endpoint,
        count,
        operations,
        becomes,
        outcome,
      })),
    ).toEqual([
      {
        endpoint: 'POST /api/login',
        count: 2,
        operations: ['signIn'],
        becomes: ['POST /v1/api/user/login'],
        outcome: 'translated',
      },
      {
        endpoint: 'GET /api/user/detail',
        count: 1,
        operations: ['getProfile'],
        becomes: ['GET /v1/api/user'],
        outcome: 'translated',
      },
    ]);
    expect([foreign, junk]).toEqual([[{ request: 'GET /a.js', count: 1 }], ['line 5']]);
    expect(entries.map(({ label }) => label)).toEqual([
      expect.stringContaining('documented example'),
      'logged call',
    ]);
  });
});

describe.each(pairs)('$title', ({ from, to }) => {
  const [one, other]: [Declaration, Declaration] = [declare(from), declare(to)];
  const translator = createTranslator(sideOf(from, one), sideOf(to, other), options);

  it('has words for every documented request, and takes none that succeeds for one that is refused', () => {
    const wrong = from.contract.exchanges
      // Of a caller nothing is known, so that what only somebody of their own may say counts as refused.
      .filter(({ arrange }) => arrange?.settings === undefined && arrange?.own === undefined)
      .filter(({ response }) => from.contract.judge(response.status, response.body) === 'success')
      .flatMap((exchange) => {
        const route = translator.from.registry.find(exchange.request.method, exchange.request.path)?.route
          ?.route;
        const captured = captureExchange(exchange, { declaration: one }, route?.upload);
        const { translation } = translator.translate(captured);
        return translation.outcome === 'refused' || translation.outcome === 'foreign'
          ? [[exchange.title, translation.reason]]
          : [];
      });
    expect(wrong).toEqual([]);
  });
});
