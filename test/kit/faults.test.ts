import { isDeepStrictEqual } from 'node:util';
import {
  casesOf,
  connectDoor,
  createDoorStagehand,
  runCases,
  subjectOf,
  type Case,
  type CaseResult,
  type Subject,
} from '../../src/kit';
import { startFaultyProxy, type Fault, type PassingAnswer } from '../support/faulty-proxy';
import { startGateway, type TestGateway } from '../support/gateway';
import { subjects } from '../support/subjects';

const token = 'a-token-for-planted-faults';

type Members = Record<string, unknown>;

const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The object with most members in a body, which is where the user is told of. */
function richest(body: unknown): Members | undefined {
  if (!isObject(body)) return undefined;
  const inner = Object.values(body).map(richest);
  const all = [body, ...inner.filter((one) => one !== undefined)];
  return all.reduce((best, one) => (Object.keys(one).length > Object.keys(best).length ? one : best));
}

/** The body with its richest object as `change` leaves it. */
function changed(body: unknown, change: (members: Members) => void): unknown {
  const copy = structuredClone(body);
  const members = richest(copy);
  if (members !== undefined) change(members);
  return copy;
}

function dropMember(members: Members): void {
  const name = Object.keys(members).at(-1);
  if (name !== undefined) Reflect.deleteProperty(members, name);
}

function retype(members: Members): void {
  const [name, value] = Object.entries(members).find(([, one]) => typeof one !== 'object') ?? [];
  if (name !== undefined) members[name] = typeof value === 'number' ? String(value) : 7;
}

function reword(members: Members): void {
  const [name] = Object.entries(members).findLast(([, one]) => typeof one === 'string' && one !== '') ?? [];
  if (name !== undefined) members[name] = 'another sentence';
}

/** A fault, and the cases that it must be found by. */
interface Planted {
  damage(answer: PassingAnswer): PassingAnswer;
  hits(one: Case): boolean;
}

/** The faults of one dialect: three in what the profile is told with, and one in the words of a refusal. */
function plan({ contract }: Subject, cases: readonly Case[]): Record<string, Planted & { endpoint: string }> {
  const shows = (one: Case): boolean =>
    one.operations.includes('getProfile') && one.kind === 'success' && isObject(one.exchange.response.body);
  const reading = cases.find(shows);
  const refusal = cases.find((one) => one.operations.includes('updateProfile') && one.kind === 'error');
  if (reading === undefined || refusal === undefined) throw new Error('no case to plant a fault in');
  const isGood = ({ status, body }: PassingAnswer): boolean =>
    contract.judge(status, body) === 'success' && isObject(body);
  const onProfile = (damage: (answer: PassingAnswer) => PassingAnswer): Planted & { endpoint: string } => ({
    endpoint: reading.endpoint,
    damage: (answer) => (isGood(answer) ? damage(answer) : answer),
    hits: ({ endpoint, exchange }) => endpoint === reading.endpoint && isGood(exchange.response),
  });
  const promised = refusal.exchange.response;
  return {
    'a changed status': onProfile(({ status, body }) => ({ status: status + 3, body })),
    'a dropped member': onProfile(({ status, body }) => ({ status, body: changed(body, dropMember) })),
    'a changed type': onProfile(({ status, body }) => ({ status, body: changed(body, retype) })),
    'a swapped message': {
      endpoint: refusal.endpoint,
      damage: (answer) =>
        isDeepStrictEqual(answer, { status: promised.status, body: promised.body })
          ? { ...answer, body: changed(answer.body, reword) }
          : answer,
      hits: ({ endpoint, exchange }) =>
        endpoint === refusal.endpoint &&
        isDeepStrictEqual(
          [exchange.response.status, exchange.response.body],
          [promised.status, promised.body],
        ),
    },
  };
}

const expectations: Readonly<Record<string, (result: CaseResult) => boolean>> = {
  'a changed status': ({ differences }) => differences?.some(({ at }) => at === 'status') === true,
  'a dropped member': ({ differences }) => differences?.every(({ kind }) => kind === 'missing') === true,
  'a changed type': ({ differences = [] }) =>
    differences.length === 1 && ['type', 'value'].includes(differences[0]?.kind ?? ''),
  'a swapped message': ({ differences = [] }) =>
    differences.length === 1 && differences[0]?.received === 'another sentence',
};

describe.each(subjects)('the kit on a faulty copy of $name', ({ dialect, contract }) => {
  const nowhere = { publicUrl: 'http://127.0.0.1', phoneRegion: 'CN' };
  const all = casesOf(subjectOf(dialect, contract, nowhere)).filter(
    ({ exchange }) => exchange.arrange?.settings === undefined,
  );
  const faults = plan(subjectOf(dialect, contract, nowhere), all);
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startGateway({ environment: { TEST_DOOR_TOKEN: token } });
  });
  afterAll(() => gateway.stop());

  it.each(Object.keys(faults))('finds %s and nothing else', async (name) => {
    const planted = faults[name];
    if (planted === undefined) throw new Error(`no fault is ${name}`);
    const { endpoint, damage, hits } = planted;
    const [method = '', path = ''] = endpoint.split(' ');
    const fault: Fault = (request, answer) =>
      request.method === method && request.path === path ? damage(answer) : answer;
    const proxy = await startFaultyProxy(gateway.url, fault);
    try {
      const door = await connectDoor({ baseUrl: proxy.url, token, timeoutMs: 10_000 });
      const subject = subjectOf(dialect, contract, door.facts);
      // Every case of the endpoint, and some of each other one.
      const among = all.filter(({ endpoint: own }) => own === endpoint);
      const others = all.filter(
        ({ endpoint: own }, index) =>
          own !== endpoint && all.findIndex((one) => one.endpoint === own) === index,
      );
      const cases = [...among, ...others].map((one) => ({ subject, one }));
      const stagehand = createDoorStagehand({ door, baseUrl: proxy.url });
      const run = await runCases(cases, { baseUrl: proxy.url, stagehand, timeoutMs: 10_000 });

      const failed = run.cases.filter(({ state }) => state === 'failed');
      const expected = [...among, ...others].filter(hits).map(({ id }) => id);
      expect(expected.length).toBeGreaterThan(0);
      expect(failed.map(({ id }) => id)).toEqual(expected);
      expect(failed.filter((result) => expectations[name]?.(result) !== true)).toEqual([]);
      expect(run.counts.skipped).toBe(0);
    } finally {
      await proxy.stop();
    }
  });
});
