import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { dialects } from '../dialects';
import { audiences, speaks } from '../src/contract';
import type { OperationName } from '../src/core';
import { actionsOf, compileRegistry, endpointOf } from '../src/dialect';
import { allSubjects, declare, planner } from './support/subjects';

const root = path.join(__dirname, '../dialects');
const folders = readdirSync(root).filter((name) => statSync(path.join(root, name)).isDirectory());

/** What every folder has, whatever else its wire asks for. */
const anatomy = [
  'README.md',
  'index.ts',
  'vocabulary.ts',
  'access-token.ts',
  'routes.ts',
  'requests.ts',
  'responses.ts',
  'errors.ts',
  'contract.ts',
  'openapi.yaml',
];

const clientOperations = Object.entries(audiences)
  .filter(([, audience]) => audience === 'client')
  .map(([name]) => name as OperationName);

it('every folder is a dialect of the list, once, under its own name', () => {
  expect(dialects.map(({ name }) => name).sort()).toEqual([...folders].sort());
});

it.each(folders)('the folder %s has the files that every dialect has', (name) => {
  expect(anatomy.filter((file) => !existsSync(path.join(root, name, file)))).toEqual([]);
});

it.each(folders)('index.ts of %s declares it and does nothing else', (name) => {
  const module_ = jest.requireActual<Record<string, unknown>>(path.join(root, name));
  expect(Object.keys(module_)).toEqual(['default']);
  expect(module_['default']).toMatchObject({ name });
});

it('no dialect owns a path of another', () => {
  const mounts = allSubjects.flatMap((subject) =>
    declare(subject).mounts.map((mount) => ({ owner: subject.name, mount: `${mount}/` })),
  );
  for (const one of mounts) {
    for (const other of mounts) {
      if (one !== other) expect([one, other, other.mount.startsWith(one.mount)]).toEqual([one, other, false]);
    }
  }
});

describe.each(allSubjects)('$name', (subject) => {
  const declaration = declare(subject);
  const { contract, dialect, name } = subject;
  const actions = declaration.routes.flatMap((route) =>
    actionsOf(route).map((action) => ({
      address: endpointOf(route),
      route,
      action,
    })),
  );

  it('reads only variables of its own', () => {
    const { keys = {} } = dialect.settings.describe() as { keys?: Record<string, unknown> };
    const prefix = `${name.toUpperCase().replaceAll('-', '_')}_`;
    expect(Object.keys(keys).filter((key) => !key.startsWith(prefix))).toEqual([]);
  });

  it('has every route under its mounts, in both directions', () => {
    for (const { address, route, action } of actions) {
      expect([address, declaration.mounts.some((mount) => `${route.path}/`.startsWith(`${mount}/`))]).toEqual(
        [address, true],
      );
      expect([address, typeof action.say, typeof action.hear]).toEqual([address, 'function', 'function']);
    }
  });

  it('can attach a token wherever it looks for one', () => {
    const token = 'a.b.c';
    const headers = declaration.accessToken.attach(token);
    const request = {
      method: 'GET',
      path: '/',
      params: {},
      query: new URLSearchParams(),
      headers: { ...headers },
      body: undefined,
    };
    expect(declaration.accessToken.find(request)).toBe(token);
    for (const { address, route } of actions) {
      if (route.findToken === undefined) continue;
      const long = 'a'.repeat(32);
      const said = route.attachToken?.({ body: { username: 'x' } }, long) ?? {
        headers: declaration.accessToken.attach(long),
      };
      const found = route.findToken({ ...request, headers: { ...said.headers }, body: said.body });
      expect([address, found]).toEqual([address, long]);
    }
  });

  it('says every operation that is for clients, or why it does not', () => {
    for (const operation of clientOperations) {
      const { unsupported, gaps = {} } = contract;
      const accounts = [
        speaks(declaration, operation),
        unsupported[operation] !== undefined,
        gaps[operation] !== undefined,
      ];
      expect([operation, accounts.filter(Boolean)]).toEqual([operation, [true]]);
    }
    for (const reason of [...Object.values(contract.unsupported), ...Object.values(contract.gaps ?? {})]) {
      expect(reason.length).toBeGreaterThan(10);
    }
  });

  it('does not serve what it says it does not', () => {
    const served = declaration.routes.map(endpointOf);
    for (const [address, reason] of Object.entries(contract.notServed ?? {})) {
      expect(address).toMatch(/^(GET|POST|PUT|PATCH|DELETE) \//);
      expect(served).not.toContain(address);
      expect(reason.length).toBeGreaterThan(10);
    }
  });

  it('brings by its switches what it says', () => {
    for (const { environment, brings } of contract.switches ?? []) {
      const switched = declare(subject, environment);
      for (const operation of brings) {
        expect([operation, speaks(declaration, operation), speaks(switched, operation)]).toEqual([
          operation,
          false,
          true,
        ]);
        expect(Object.keys(contract.unsupported)).toContain(operation);
      }
    }
  });

  it('has an exchange that succeeds for every route that it serves', () => {
    const good = contract.exchanges.filter(
      ({ response }) => contract.judge(response.status, response.body) === 'success',
    );
    const registry = compileRegistry([{ name, declaration }], []);
    const spoken = new Set(
      good.map(({ request }) => registry.find(request.method, request.path)?.route?.route),
    );
    const silent = actions.filter(({ route }) => !spoken.has(route)).map(({ address }) => address);
    expect(silent).toEqual([]);
  });

  it('names the kind of every placeholder of its answers, in its contract and in its README', () => {
    const readme = readFileSync(path.join(root, name, 'README.md'), 'utf8');
    const used = new Set(JSON.stringify(contract.exchanges).match(/<[a-z _]+>/g));
    for (const placeholder of used)
      expect([placeholder, readme.includes(`\`${placeholder}\``)]).toEqual([placeholder, true]);
    for (const placeholder of Object.keys(contract.placeholders)) expect([...used]).toContain(placeholder);
  });

  it('knows its own answers from those of others', () => {
    for (const { title, response } of contract.exchanges) {
      expect([title, contract.judge(response.status, response.body)]).not.toEqual([title, 'foreign']);
    }
    for (const [key, { status, body }] of Object.entries(contract.problems) as [
      string,
      { status: number; body: unknown },
    ][]) {
      expect([key, contract.judge(status, body)]).toEqual([key, 'failure']);
    }
    for (const body of [undefined, '', 'text', '<html></html>', [], null, 1]) {
      expect([body, contract.judge(200, body)]).toEqual([body, 'foreign']);
    }
  });

  it('lists in its README every call that it serves', () => {
    const readme = readFileSync(path.join(root, name, 'README.md'), 'utf8');
    for (const { address } of actions) expect([address, readme.includes(address)]).toEqual([address, true]);
  });

  it('says an update of a field in one call, whatever else the update holds', () => {
    const changes = { username: 'plain_name', nickname: 'plain', realName: 'plain', bio: 'plain' };
    const { calls, unsaid } = planner(subject).plan('updateProfile', { changes });
    expect(calls.length).toBeGreaterThan(0);
    expect(unsaid.length).toBeLessThan(Object.keys(changes).length);
  });
});
