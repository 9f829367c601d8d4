import { audiences, planCalls, requestOf, speaks, type PlannedCall } from '../../src/contract';
import type { OperationName } from '../../src/core';
import type { Declaration } from '../../src/dialect';
import type { Blanks } from '../../src/translation/blanks';
import type { PlannedWay } from '../../src/translation/ways';
import {
  createTranslator,
  type CapturedRequest,
  type Side,
  type Translated,
  type Translator,
} from '../../src/translation';
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
function planOf(
  declaration: Declaration,
  { operation, earlier, command }: Story,
  ...told: Parameters<Story['command']>
): PlannedCall | undefined {
  // Nobody reads a picture that none of the calls draws.
  if (earlier === 'captcha' && !speaks(declaration, 'createCaptcha')) return undefined;
  const plan = planCalls(declaration, operation, command(...told) as never);
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

function translatorOf(from: Side, to: Side, environment: Environment): Translator {
  const requiresProof = environment['REQUIRE_VERIFIED_CONTACT'] === 'true';
  return createTranslator(from, to, { baseUrl: 'http://new.example.com', region: 'CN', requiresProof });
}

/** What the stories that the first dialect can tell are captured as and become where this is set, as texts to compare. */
function shapesOf(
  { from, to }: { from: Subject; to: Subject },
  environment: Environment,
): Map<Story, string> {
  const declaration = declare(from, environment);
  const side = sideOf(from, declaration);
  const translator = translatorOf(side, sideOf(to, declare(to, environment)), environment);
  const shapes = new Map<Story, string>();
  for (const story of stories) {
    const call = planOf(declaration, story, nobody, nobody, handed);
    if (call === undefined) continue;
    const { translation, ways } = translator.translate(capture(side, call, story.person === 'signedIn'));
    const { outcome, operation, differences, notes } = translation;
    const calls = (ways[0]?.calls ?? []).map((one) => [one.call.said, one.read, one.operation]);
    shapes.set(story, JSON.stringify([operation, outcome, notes, differences, calls]));
  }
  return shapes;
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
  const unseen = settings.filter((setting) =>
    cases.every(({ environment }) => environment !== setting.environment),
  );
  expect(unseen).toEqual([]);
});

/** Each setting between each two dialects, with the stories that the first can tell; where something is set, those that it makes others. */
const cases = pairs.flatMap((pair) => {
  const usual = shapesOf(pair, {});
  return settings.flatMap(({ environment, before }, index) => {
    const shapes = index === 0 ? usual : shapesOf(pair, environment);
    const told = [...shapes.keys()].filter((story) => index === 0 || shapes.get(story) !== usual.get(story));
    const set = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
    const title = [pair.title, ...set].join(' with ');
    return told.length === 0 ? [] : [{ ...pair, title, environment, before, told }];
  });
});

it.each(cases.filter(({ environment }) => Object.keys(environment).length === 0))(
  '$title is tried with every operation that the first one speaks',
  ({ from, told }) => {
    const tried = [...new Set(told.map(({ operation }) => operation))].sort();
    expect(tried).toEqual(clientOperations.filter((operation) => speaks(declare(from), operation)).sort());
  },
);

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
  const declaration = declare(from, environment);
  let gateway: TestGateway;
  let old: TestGateway;
  let translator: Translator;
  beforeAll(async () => {
    gateway = await startGateway({ environment });
    translator = translatorOf(servedSide(gateway, from), servedSide(gateway, to), environment);
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
    const call = planOf(declaration, story, actor.person, actor.fresh, handed);
    if (call === undefined) throw new Error('the story cannot be told');
    const captured = capture(servedSide(gateway, from), call, story.person === 'signedIn');
    return { actor, translated: translator.translate(captured) };
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
      const original = planOf(declaration, story, one.person, one.fresh, one.handed);
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
