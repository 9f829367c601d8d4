import {
  casesOf,
  connectDoor,
  createDoorStagehand,
  diffCases,
  subjectOf,
  type Case,
  type CaseResult,
  type Side,
  type Stagehand,
  type Subject,
} from '../../src/kit';
import { startFaultyProxy, type FaultyProxy, type PassingAnswer } from '../support/faulty-proxy';
import { startGateway, type TestGateway } from '../support/gateway';
import { subjects } from '../support/subjects';

// Each case makes people and signs them in, twice, which a busy machine does slowly.
jest.setTimeout(240_000);

const token = 'a-token-of-the-comparison';
const timeoutMs = 10_000;

type Spoil = (answer: PassingAnswer) => PassingAnswer;
type Json = Record<string, unknown>;

/** Everything that differs, case by case. */
function found(cases: readonly CaseResult[]): Record<string, unknown> {
  return Object.fromEntries(
    cases
      .filter(({ state }) => state !== 'passed')
      .map(({ id, state, reason, differences = [] }) => [
        id,
        {
          state,
          ...(reason !== undefined && { reason }),
          at: differences.map(({ at, kind }) => `${at} ${kind}`),
        },
      ]),
  );
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The places of scalars in a body that fit, as lists of member names. */
function placesIn(
  body: unknown,
  fits: (value: unknown, name: string) => boolean,
  path: string[] = [],
): string[][] {
  if (!isObject(body)) return [];
  return Object.entries(body).flatMap(([name, value]) => {
    const place = [...path, name];
    return isObject(value) ? placesIn(value, fits, place) : fits(value, name) ? [place] : [];
  });
}

function at(body: unknown, place: readonly string[]): unknown {
  return place.reduce<unknown>((value, name) => (value as Json)[name], body);
}

/** The answer with the value at a place replaced; undefined removes the member. */
function withAt(answer: PassingAnswer, place: readonly string[], value: unknown): PassingAnswer {
  const body = structuredClone(answer.body);
  const parent = at(body, place.slice(0, -1)) as Json;
  const [name = ''] = place.slice(-1);
  if (value === undefined) Reflect.deleteProperty(parent, name);
  else parent[name] = value;
  return { ...answer, body };
}

describe.each(subjects)('two gateways that serve $name', ({ dialect, contract }) => {
  let gateways: TestGateway[];
  let proxy: FaultyProxy;
  let subject: Subject;
  let left: Side;
  let right: Side;
  let cases: Case[];
  /** What becomes of the answer to a case, by its id. */
  let present: Spoil | undefined;
  const faults = new Map<string, Spoil>();

  /** A stagehand whose proxy is faulty while a case itself is asked, and not while it is arranged. */
  function spoiling(stagehand: Stagehand): Stagehand {
    return {
      async arrange(which, one) {
        const stage = await stagehand.arrange(which, one);
        present = faults.get(one.id);
        return {
          ...stage,
          tidy: (received) => {
            present = undefined;
            return stage.tidy(received);
          },
        };
      },
    };
  }

  beforeAll(async () => {
    const environment = { TEST_DOOR_TOKEN: token };
    gateways = [await startGateway({ environment }), await startGateway({ environment })];
    const [one, other] = gateways as [TestGateway, TestGateway];
    // Ids, and with them everything that is made of ids, are others on the other side.
    await other.sql('ALTER SEQUENCE users_id_seq RESTART WITH 5417');
    proxy = await startFaultyProxy(other.url, (_, answer) => present?.(answer) ?? answer);
    const doorOf = (baseUrl: string) => connectDoor({ baseUrl, token, timeoutMs });
    const [near, far] = [await doorOf(one.url), await doorOf(proxy.url)];
    subject = subjectOf(dialect, contract, near.facts);
    cases = casesOf(subject);
    left = { baseUrl: one.url, stagehand: createDoorStagehand({ door: near, baseUrl: one.url }), timeoutMs };
    const stagehand = spoiling(createDoorStagehand({ door: far, baseUrl: proxy.url }));
    right = { baseUrl: proxy.url, stagehand, timeoutMs };
  });
  afterEach(() => {
    faults.clear();
  });
  afterAll(async () => {
    await proxy.stop();
    for (const gateway of gateways) await gateway.stop();
  });

  /** What succeeds, which says most, some of the others, and what is spoilt. */
  function sample(): { subject: Subject; one: Case }[] {
    const telling = cases.filter(({ kind }, index) => kind === 'success' || index % 8 === 0).slice(0, 24);
    const spoilt = cases.filter(({ id }) => faults.has(id));
    return [...new Set([...telling, ...spoilt])].map((one) => ({ subject, one }));
  }

  /** The first case that has a fitting place in its promised body and no fault yet. */
  function pick(
    which: (one: Case) => boolean,
    fits: (value: unknown, name: string) => boolean,
  ): { one: Case; place: string[] } {
    for (const one of cases.filter((candidate) => !faults.has(candidate.id) && which(candidate))) {
      const [place] = placesIn(one.exchange.response.body, fits);
      if (place !== undefined) return { one, place };
    }
    throw new Error('no case has such a place');
  }

  it('are found to be alike', async () => {
    const { cases: results, counts } = await diffCases(sample(), { left, right });
    expect(found(results.filter(({ state }) => state !== 'skipped'))).toEqual({});
    expect(counts.skipped).toBeLessThan(3);
  });

  it('are found to differ where they do, and nowhere else', async () => {
    const anyCase = () => true;
    const expected: Record<string, unknown> = {};
    const spoil = ({ one, place }: ReturnType<typeof pick>, kind: string, fault: Spoil): void => {
      faults.set(one.id, fault);
      expected[one.id] = { state: 'failed', at: [`body.${place.join('.')} ${kind}`] };
    };

    // Of somebody new, nobody knows what the id should be.
    const identified = pick(
      ({ exchange }) => exchange.arrange?.nobody !== true,
      (value) => value === '<id>',
    );
    spoil(identified, 'value', (answer) => {
      const id = at(answer.body, identified.place);
      const other = Number(id) + 1;
      return withAt(answer, identified.place, typeof id === 'number' ? other : String(other));
    });
    const isText = (value: unknown) => typeof value === 'string' && value !== '' && !/[<>]/.test(value);
    const told = pick(({ kind }) => kind !== 'success', isText);
    const words = at(told.one.exchange.response.body, told.place);
    const swapped = pick(
      ({ kind }) => kind !== 'success',
      (value) => isText(value) && value !== words,
    );
    spoil(swapped, 'value', (answer) => withAt(answer, swapped.place, words));
    const dropped = pick(anyCase, isText);
    spoil(dropped, 'missing', (answer) => withAt(answer, dropped.place, undefined));
    const typed = pick(anyCase, (value) => typeof value === 'number' || isText(value));
    spoil(typed, 'type', (answer) =>
      withAt(answer, typed.place, typeof at(answer.body, typed.place) === 'number' ? '1' : 1),
    );
    const added = pick(anyCase, isText);
    faults.set(added.one.id, (answer) => ({ ...answer, body: { ...(answer.body as Json), surplus: true } }));
    expected[added.one.id] = { state: 'failed', at: ['body.surplus unexpected'] };
    const other = pick(anyCase, isText);
    faults.set(other.one.id, (answer) => ({ ...answer, status: answer.status + 1 }));
    expected[other.one.id] = { state: 'failed', at: ['status value'] };
    const { cases: results } = await diffCases(sample(), { left, right });
    expect(found(results.filter(({ state }) => state !== 'skipped'))).toEqual(expected);
  });

  it('are alike apart from what was accepted, and healed where that is gone', async () => {
    const isText = (value: unknown) => typeof value === 'string' && value !== '' && !/[<>]/.test(value);
    const { one, place } = pick(() => true, isText);
    const where = `body.${place.join('.')}`;
    const accepted = [
      { case: one.id, where, reason: 'they never say that' },
      { case: `${dialect.name}/*`, where: 'body.no.*', reason: 'never shows' },
      { case: 'another/case', where, reason: 'nobody asks' },
    ];
    faults.set(one.id, (answer) => withAt(answer, place, undefined));
    const chosen = [{ subject, one }];
    const accepting = await diffCases(chosen, { left, right, accepted });
    expect(found(accepting.cases)).toEqual({
      [one.id]: { state: 'differs', reason: 'accepted: they never say that', at: [`${where} missing`] },
    });
    expect(accepting.healed.map(({ reason }) => reason)).toEqual(['never shows']);

    faults.set(one.id, (answer) => ({ ...withAt(answer, place, undefined), status: answer.status + 1 }));
    const more = await diffCases(chosen, { left, right, accepted });
    expect(found(more.cases)).toEqual({ [one.id]: { state: 'failed', at: ['status value'] } });

    faults.clear();
    const healed = await diffCases(chosen, { left, right, accepted });
    expect(found(healed.cases)).toEqual({});
    expect(healed.healed.map(({ reason }) => reason)).toEqual(['they never say that', 'never shows']);
  });
});
