import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSpeaker, ForeignAnswerError, planCalls, UnspeakableError } from '../../src/contract';
import type { ProfileChanges } from '../../src/core';
import type { Action, Declaration, Route } from '../../src/dialect';
import { declare } from '../http/support';

type Update = Extract<Action, { operation: 'updateProfile'; access: 'session' }>;

/** An update of exactly these fields, one of them at least; each of `needs` only beside the field it needs. */
function update(
  path: string,
  fields: readonly (keyof ProfileChanges)[],
  needs: Partial<ProfileChanges> = {},
): Route {
  const action: Update = {
    operation: 'updateProfile',
    access: 'session',
    read: (_request, caller) => ({ caller, changes: {} }),
    write: () => ({ status: 200, body: {} }),
    say: ({ changes }) => {
      const names = Object.keys(changes) as (keyof ProfileChanges)[];
      const lacks = names.some((name) => needs[name] !== undefined && !names.includes(needs[name] as never));
      return names.length === 0 || names.some((name) => !fields.includes(name)) || lacks
        ? null
        : { body: changes };
    },
    hear: () => ({}),
  };
  return { method: 'put', path: `/made/v1/${path}`, ...action };
}

const apart = declare({
  routes: [update('nickname', ['nickname']), update('names', ['username', 'realName'])],
});
const judge = (status: number) => (status === 200 ? 'success' : status === 400 ? 'failure' : 'foreign');

function bodies(
  declaration: Declaration,
  changes: ProfileChanges,
): { said: unknown[]; unsaid: readonly string[] } {
  const { calls, unsaid } = planCalls(declaration, 'updateProfile', { changes });
  return { said: calls.map((call) => [call.route.path, call.said.body]), unsaid };
}

describe('a plan', () => {
  it('is one call where one can say everything', () => {
    expect(bodies(apart, { username: 'a', realName: 'b' })).toEqual({
      said: [['/made/v1/names', { username: 'a', realName: 'b' }]],
      unsaid: [],
    });
  });

  it('takes as many calls as the fields need, and names what none can say', () => {
    expect(bodies(apart, { realName: 'b', bio: 'c', nickname: 'd', username: 'a' })).toEqual({
      said: [
        ['/made/v1/nickname', { nickname: 'd' }],
        ['/made/v1/names', { realName: 'b', username: 'a' }],
      ],
      unsaid: ['bio'],
    });
  });

  it('keeps a field beside the one that it needs', () => {
    const declaration = declare({
      routes: [update('names', ['firstName', 'realName'], { firstName: 'realName' })],
    });
    expect(bodies(declaration, { firstName: 'a', bio: 'b', realName: 'c' })).toEqual({
      said: [['/made/v1/names', { firstName: 'a', realName: 'c' }]],
      unsaid: ['bio'],
    });
    expect(bodies(declaration, { firstName: 'a' })).toEqual({ said: [], unsaid: ['firstName'] });
  });

  it('is empty for an operation that the wire does not have', () => {
    expect(planCalls(apart, 'changeEmail', { email: 'a', code: '1' })).toEqual({
      calls: [],
      unsaid: ['email', 'code'],
    });
  });
});

describe('a speaker', () => {
  let server: Server;
  let heard: string[];
  let statuses: number[];
  beforeEach(async () => {
    heard = [];
    statuses = [];
    server = createServer((incoming, outgoing) => {
      heard.push(`${incoming.method ?? ''} ${incoming.url ?? ''} ${String(incoming.headers['token'])}`);
      outgoing.writeHead(statuses.shift() ?? 200, { 'content-type': 'application/json' }).end('{"a":1}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  const speaker = () =>
    createSpeaker({
      declaration: apart,
      contract: { judge },
      baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      credential: 'secret',
    });
  const changes = { nickname: 'a', username: 'b', bio: 'c' };

  it('sends the calls of a plan in turn, each with its token', async () => {
    expect(await speaker().perform('updateProfile', { changes })).toMatchObject({
      ok: true,
      unsaid: ['bio'],
    });
    expect(heard).toEqual(['PUT /made/v1/nickname secret', 'PUT /made/v1/names secret']);
  });

  it('stops at the first call that fails, and tells how', async () => {
    statuses.push(400);
    expect(await speaker().perform('updateProfile', { changes })).toEqual({
      ok: false,
      status: 400,
      body: { a: 1 },
      unsaid: ['bio'],
    });
    expect(heard).toHaveLength(1);
  });

  it('speaks for somebody else with another token', async () => {
    await speaker()
      .as('other')
      .perform('updateProfile', { changes: { nickname: 'a' } });
    expect(heard).toEqual(['PUT /made/v1/nickname other']);
  });

  it('rejects an answer that is not of the wire', async () => {
    statuses.push(302);
    const performed = speaker().perform('updateProfile', { changes });
    await expect(performed).rejects.toThrow(ForeignAnswerError);
  });

  it('rejects what the wire has no words for, and sends nothing', async () => {
    const performed = speaker().perform('updateProfile', { changes: { bio: 'c' } });
    await expect(performed).rejects.toThrow(UnspeakableError);
    await expect(speaker().perform('listPublicKeys', {})).rejects.toThrow(UnspeakableError);
    expect(heard).toEqual([]);
  });
});
