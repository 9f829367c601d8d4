import { execFile } from 'node:child_process';
import path from 'node:path';
import { declare, getRaw, startGateway, stopGateways, token } from '../http/support';
import { createReader, tapAnswers } from '../support/answer-tap';
import { repository } from '../support/command-line';
import { throwUndescribed } from '../support/undescribed-answers';
import { tiny } from './tiny';

const stops: (() => void)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) stop();
  await stopGateways();
});

/** The made-up wire, whose answers are held to a description. */
async function serveTapped(text: string, parts: Parameters<typeof declare>[0] = {}) {
  const declaration = declare(parts);
  const gateway = await startGateway(declaration);
  const read = createReader(() => text);
  stops.push(tapAnswers(gateway.port, [{ name: 'made', declaration }], read));
  return gateway;
}

/** What the tap has to say of the answers since it was last asked. */
function complaint(): string {
  try {
    throwUndescribed();
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}

const withToken = { headers: { token: token() } };

describe('the tap', () => {
  it('lets described answers pass: of routes, of HEAD, of unknown paths, unchanged ones, and those of no dialect', async () => {
    const { origin, port } = await serveTapped(tiny, { etag: true });
    const me = await fetch(`${origin}/made/v1/me`, withToken);
    expect(await me.json()).toEqual({ id: 1000, name: '名' });
    await fetch(`${origin}/made/v1/me`, { method: 'HEAD', ...withToken });
    const etag = me.headers.get('etag') ?? '';
    expect(await getRaw(port, '/made/v1/me', { token: token(), 'If-None-Match': etag })).toContain('304');
    expect((await fetch(`${origin}/made/v1/nothing`)).status).toBe(400);
    expect((await fetch(`${origin}/made/v1/me`)).status).toBe(400);
    expect((await fetch(`${origin}/nowhere`)).status).toBe(404);
    expect(complaint()).toBe('');
  });

  it.each([
    [
      'a status',
      "'200': { $ref: '#/components/responses/Me' }",
      "'201': { description: made }",
      'status 200',
    ],
    ['a member', 'name: { type: string }', 'nickname: { type: string }', '"additionalProperty":"name"'],
    ['a type of value', 'id: { type: integer }', 'id: { type: string }', '/id must be string'],
    [
      'a media type',
      'application/json:\n          schema:\n            type: object\n            additional',
      'text/html:\n          schema:\n            type: object\n            additional',
      'type application/json',
    ],
  ])('tells of %s that is not described', async (_, from, to, fault) => {
    expect(tiny).toContain(from);
    const { origin } = await serveTapped(tiny.replace(from, to));
    await fetch(`${origin}/made/v1/me`, withToken);
    const told = complaint();
    expect(told).toContain('dialects/made/openapi.yaml does not describe the answer of GET /made/v1/me: 200');
    expect(told).toContain(fault);
    expect(told).toContain('body: {"id":1000,"name":"名"}');
    expect(complaint()).toBe('');
  });

  it('tells of an unknown path, where only what OPTIONS gets is described', async () => {
    const { origin } = await serveTapped(tiny.replace('x-unknown-path:', 'x-preflight:'));
    await fetch(`${origin}/made/v1/me`, { method: 'OPTIONS' });
    expect(complaint()).toBe('');
    await fetch(`${origin}/made/v1/nothing`);
    expect(complaint()).toContain('GET /made/v1/nothing: 400');
  });

  it('takes what any path may answer before it is looked at', async () => {
    const early = () => ({ status: 307, headers: { Location: '/made/v1/me' } });
    const { origin } = await serveTapped(tiny, { early });
    await fetch(`${origin}/made/v1/me`, { redirect: 'manual' });
    expect(complaint()).toContain('has the status 307');
    const described = `${tiny}\nx-any-path:\n  '307': { description: elsewhere }\n`;
    const tapped = await serveTapped(described, { early });
    await fetch(`${tapped.origin}/made/v1/me`, { redirect: 'manual' });
    await fetch(`${tapped.origin}/made/v1/nothing`, { redirect: 'manual' });
    expect(complaint()).toBe('');
  });

  it('tells of a page where JSON is described, and takes it where a page is', async () => {
    const routes = declare().routes.map((route) => ({
      ...route,
      write: () => ({ status: 200, html: '<p>' }),
    }));
    const { origin } = await serveTapped(tiny, { routes: routes });
    await fetch(`${origin}/made/v1/me`, withToken);
    expect(complaint()).toContain('type text/html, which is not described');
    const page = "'200': { description: page, content: { text/html: { schema: { type: string } } } }";
    const other = await serveTapped(tiny.replace("'200': { $ref: '#/components/responses/Me' }", page), {
      routes: routes,
    });
    await fetch(`${other.origin}/made/v1/me`, withToken);
    expect(complaint()).toBe('');
  });

  it('tells of a description that cannot be used', async () => {
    const { origin } = await serveTapped(tiny.replace('type: integer', 'typ: integer'));
    await fetch(`${origin}/made/v1/me`, withToken);
    expect(complaint()).toContain('cannot be used: strict mode: unknown keyword: "typ"');
  });

  it('tells of a body that is missing', async () => {
    const routes = declare().routes.map((route) => ({ ...route, write: () => ({ status: 200 }) }));
    const { origin } = await serveTapped(tiny, { routes: routes });
    await fetch(`${origin}/made/v1/me`, withToken);
    expect(complaint()).toContain('has no body, where application/json is described');
  });
});

it('an undescribed answer fails the test that brought it about, and no other', async () => {
  const config = {
    rootDir: repository,
    testEnvironment: 'node',
    testMatch: ['<rootDir>/test/openapi/fixture/*.ts'],
    setupFilesAfterEnv: ['<rootDir>/test/support/setup-after-env.ts'],
    transform: {
      '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }],
    },
  };
  const jest = path.join(repository, 'node_modules/jest/bin/jest.js');
  const printed = await new Promise<string>((resolve) => {
    execFile(process.execPath, [jest, '--json', '--config', JSON.stringify(config)], (_error, stdout) => {
      resolve(stdout);
    });
  });
  const { testResults } = JSON.parse(printed) as {
    testResults: { assertionResults: { status: string; failureMessages: string[] }[] }[];
  };
  const [failed, passed] = testResults[0]?.assertionResults ?? [];
  expect(failed).toMatchObject({
    status: 'failed',
    failureMessages: [expect.stringContaining('the answer of GET /made/v1/me')],
  });
  expect(passed).toMatchObject({ status: 'passed' });
});
