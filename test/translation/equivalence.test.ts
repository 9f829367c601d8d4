import { audiences, planCalls, requestOf, speaks, type PlannedCall } from '../../src/contract';
import type { OperationName } from '../../src/core';
import type { Blanks } from '../../src/translation/blanks';
import type { PlannedWay } from '../../src/translation/ways';
import { createTranslator, type CapturedRequest, type Side, type Translated } from '../../src/translation';
import { startGateway, type TestGateway } from '../support/gateway';
import { allSubjects, declare, type Subject } from '../support/subjects';
import { pairs, servedSide, sideOf } from './sides';
import { enterStage, handOn, send, sendTranslated, stateOf, type Actor } from './stage';
import { stories, type Story } from './stories';

type Environment = Readonly<Record<string, string>>;

const clientOperations = Object.entries(audiences)
  .filter(([, audience]) => audience === 'client')
  .map(([name]) => name as OperationName);

/** What is set where the new calls go. `before`: where the old ones go. */
interface Setting {
  environment: Environment;
  before: Environment;
}

/** First nothing; then each variable that changes what calls of some dialect need. */
const settings: readonly Setting[] = [
  { environment: {}, before: {} },
  ...allSubjects.flatMap(({ contract }) =>
    (contract.switches ?? []).map(({ environment }) => ({ environment, before: environment })),
  ),
  // The old calls would be refused themselves.
  { environment: { REQUIRE_VERIFIED_CONTACT: 'true' }, before: {} },
];

/** The one call by which a client of the dialect says the story; undefined when it has none for it. */
function callOf(actor: Actor, story: Story, environment: Environment): PlannedCall | undefined {
  const { person, fresh, handed, subject } = actor;
  return planOf(subject, story, story.command(person, fresh, handed), environment);
}

function planOf(
  subject: Subject,
  { operation, earlier }: Story,
  command: object,
  environment: Environment,
): PlannedCall | undefined {
  const declaration = declare(subject, environment);
  // Nobody reads a picture that none of the calls draws.
  if (earlier === 'captcha' && !speaks(declaration, 'createCaptcha')) return undefined;
  const plan = planCalls(declaration, operation, command as never);
  return plan.calls.length === 1 && plan.unsaid.length === 0 ? plan.calls[0] : undefined;
}

const nobody = {
  username: 'nobody_1',
  password: 'Secret_123',
  nickname: 'N',
  email: 'n@example.com',
  phone: '+8613900000000',
};
const handed = {
  '<code>': '123456',
  '<verification id>': 'v',
  '<proof token>': 'p',
  '<sudo token>': 's',
  '<captcha>': 'abcdefghij0123456789',
  '<captcha text>': 'ab12',
};

/** What a story needs handed on to it, by the blanks in its command. */
function wants(story: Story): string[] {
  const names = Object.keys(handed);
  const used: string[] = [];
  const spy = new Proxy({}, { get: (_, name) => (used.push(String(name)), 'a-value') }) as Record<
    string,
    string
  >;
  story.command(nobody, nobody, spy);
  return names.filter((name) => used.includes(name));
}

/** The story as it would be captured between a client of the dialect and its gateway. */
function capture({ declaration }: Side, call: PlannedCall, signedIn: boolean): CapturedRequest {
  const sent = requestOf(call, declaration, signedIn ? 'a-captured-token'.padEnd(32, '0') : undefined);
  const [path = '', query = ''] = sent.target.split('?');
  const headers = Object.fromEntries(
    Object.entries(sent.headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  return {
    label: 'captured',
    method: sent.method,
    url: `http://old.example.com${sent.target}`,
    host: null,
    path,
    query,
    headers:
      sent.file === undefined ? headers : { ...headers, 'content-type': 'multipart/form-data; boundary=x' },
    body: Buffer.from(sent.body ?? ''),
    ...(sent.file !== undefined && { parts: [{ name: sent.file.field, fileName: 'picture.png' }] }),
  };
}

function translate(
  [from, to]: readonly [Side, Side],
  captured: CapturedRequest,
  environment: Environment,
): Translated {
  const requiresProof = environment['REQUIRE_VERIFIED_CONTACT'] === 'true';
  return createTranslator(from, to, {
    baseUrl: 'http://new.example.com',
    region: 'CN',
    requiresProof,
  }).translate(captured);
}

/** What a story is captured as and becomes where this is set, as a text to compare. */
function shape(
  { from, to }: { from: Subject; to: Subject },
  story: Story,
  environment: Environment,
): string | undefined {
  const call = planOf(from, story, story.command(nobody, nobody, handed), environment);
  if (call === undefined) return undefined;
  const sides = [sideOf(from, declare(from, environment)), sideOf(to, declare(to, environment))] as const;
  const captured = capture(sides[0], call, story.person === 'signedIn');
  const { translation, ways } = translate(sides, captured, environment);
  const { outcome, operation, differences, notes } = translation;
  return JSON.stringify([
    operation,
    outcome,
    notes,
    differences,
    (ways[0]?.calls ?? []).map((one) => [one.call.said, one.read, one.operation]),
  ]);
}

/** Facts of a translation under other names than those of the user's row. */
const stateNames: Readonly<Record<string, readonly string[]>> = {
  session: ['sessions'],
  contactProven: ['emailProven'],
};

it('has a story for every operation that is for clients', () => {
  expect([...new Set(stories.map(({ operation }) => operation))].sort()).toEqual(
    [...clientOperations].sort(),
  );
});

it('sees what each of the settings changes', () => {
  const changed = settings
    .slice(1)
    .map(({ environment }) => pairs.flatMap((pair) => touched(pair, environment)).length > 0);
  expect(changed).toEqual(settings.slice(1).map(() => true));
});

/** The stories that a client of the first dialect can tell; where something is set, those that it makes others. */
function touched(pair: { from: Subject; to: Subject }, environment: Environment): Story[] {
  const isDefault = Object.keys(environment).length === 0;
  return stories.filter((story) => {
    const here = shape(pair, story, environment);
    return here !== undefined && (isDefault || here !== shape(pair, story, {}));
  });
}

const cases = settings.flatMap(({ environment, before }) =>
  pairs
    .map((pair) => ({ ...pair, environment, before, told: touched(pair, environment) }))
    .filter(({ told }) => told.length > 0)
    .map((one) => ({
      ...one,
      title: [one.title, ...Object.entries(environment).map(([name, value]) => `${name}=${value}`)].join(
        ' with ',
      ),
    })),
);

describe.each(pairs)('$title', ({ from, to }) => {
  it('is tried with every operation that the first one speaks', () => {
    const tried = [...new Set(touched({ from, to }, {}).map(({ operation }) => operation))].sort();
    expect(tried).toEqual(clientOperations.filter((operation) => speaks(declare(from), operation)).sort());
  });
});

/** The values that a way leaves blank and that none of its own calls gives. */
function openBlanks({ calls }: PlannedWay, blanks: Blanks): string[] {
  const asked = calls.map(({ operation }) => operation);
  const isGiven = (text: string): boolean =>
    asked.includes('requestCode') ||
    asked.includes('requestEmailChange') ||
    (text === '<sudo token>' && asked.includes('confirmCaller')) ||
    (text === '<proof token>' && asked.includes('redeemCode')) ||
    (text.startsWith('<captcha') && asked.includes('createCaptcha')) ||
    (text === '<captcha pass>' && asked.includes('checkCaptcha'));
  return blanks
    .usedIn(calls.map(({ call }) => JSON.stringify(call.said)))
    .map(({ text }) => text)
    .filter((text) => !isGiven(text));
}

/** Whether a way says everything and nothing is known against it, so that it is as good as any other. */
const isWhole = ({ calls, differences, lacks }: PlannedWay): boolean =>
  lacks.length === 0 &&
  calls.every(({ read }) => read.kind !== 'refused') &&
  differences.every(({ kind }) => kind !== 'unsaid');

describe.each(cases)('$title', ({ from, to, environment, before: environmentBefore, told: spoken }) => {
  let gateway: TestGateway;
  let old: TestGateway;
  beforeAll(async () => {
    gateway = await startGateway({ environment });
    old =
      environmentBefore === environment ? gateway : await startGateway({ environment: environmentBefore });
  });
  afterAll(async () => {
    await gateway.stop();
    if (old !== gateway) await old.stop();
  });

  /** Somebody of whom the story is told, with what their old call becomes. */
  async function enter(story: Story): Promise<{ actor: Actor; translated: Translated }> {
    const actor = await enterStage(gateway, to, story);
    const call = planOf(from, story, story.command(actor.person, actor.fresh, handed), environment);
    if (call === undefined) throw new Error('the story cannot be told');
    const sides = [servedSide(gateway, from), servedSide(gateway, to)] as const;
    const captured = capture(sides[0], call, story.person === 'signedIn');
    return { actor, translated: translate(sides, captured, environment) };
  }

  async function carryOut(
    story: Story,
    actor: Actor,
    way: PlannedWay,
    { blanks }: Translated,
  ): Promise<void> {
    await handOn(gateway, actor, story, openBlanks(way, blanks));
    await sendTranslated(gateway, actor, way.calls, blanks);
  }

  it.each(spoken.map((story) => [`${story.operation} ${story.title}`, story] as const))(
    '%s',
    async (_, story) => {
      const { actor: two, translated } = await enter(story);
      const { outcome, reason, operation, calls } = translated.translation;
      expect({ operation, refusals: calls.filter(({ refusal }) => refusal !== undefined) }).toEqual({
        operation: story.operation,
        refusals: [],
      });

      const [best, ...others] = translated.ways;
      if (best === undefined) {
        expect({ outcome, calls }).toEqual({ outcome: 'unsupported', calls: [] });
        const promised = to.contract.unsupported[story.operation];
        expect(reason).toEqual(
          promised ?? expect.stringContaining(`${to.name} has a call for ${story.operation}`),
        );
        return;
      }
      expect(['translated', 'partly']).toContain(outcome);
      if (best.lacks.length > 0) {
        await expect(carryOut(story, two, best, translated)).rejects.toThrow('was answered');
        return;
      }

      const one = await enterStage(old, from, story);
      await handOn(old, one, story, wants(story));
      const original = callOf(one, story, environment);
      if (original === undefined) throw new Error('the story cannot be told');
      await send(one, original);
      const before = await stateOf(old, one);

      await carryOut(story, two, best, translated);
      const after = await stateOf(gateway, two);
      compareStates(before, after, best);
      const [only, more] = best.calls;
      const sameOperation =
        only?.operation === story.operation && more === undefined && story.earlier === undefined;
      if (sameOperation && best.differences.length === 0) expect(after['history']).toEqual(before['history']);

      // Ways that were not chosen, and would have been as good.
      for (const index of others.flatMap((way, at) => (isWhole(best) && isWhole(way) ? [at + 1] : []))) {
        const again = await enter(story);
        const way = again.translated.ways[index];
        if (way === undefined) throw new Error('it has fewer ways for somebody else');
        await carryOut(story, again.actor, way, again.translated);
        compareStates(before, await stateOf(gateway, again.actor), way);
      }
    },
  );
});

/** What is not told to differ is the same, and what is told does differ. */
function compareStates(
  before: Record<string, unknown>,
  after: Record<string, unknown>,
  { differences }: PlannedWay,
): void {
  const told = differences.flatMap(({ field }) => stateNames[field] ?? [field]);
  const untold = (state: Record<string, unknown>) =>
    Object.fromEntries(Object.entries(state).filter(([name]) => name !== 'history' && !told.includes(name)));
  expect(untold(after)).toEqual(untold(before));
  for (const name of told.filter((candidate) => candidate in before))
    expect([name, after[name]]).not.toEqual([name, before[name]]);
}
