import { audiences, planCalls, requestOf, speaks, type PlannedCall } from '../../src/contract';
import type { OperationName } from '../../src/core';
import { createTranslator, type CapturedRequest, type Translated } from '../../src/translation';
import { startGateway, type TestGateway } from '../support/gateway';
import { declare, type Subject } from '../support/subjects';
import { pairs, servedSide } from './sides';
import { enterStage, handOn, send, sendTranslated, stateOf, type Actor } from './stage';
import { stories, type Story } from './stories';

const clientOperations = Object.entries(audiences)
  .filter(([, audience]) => audience === 'client')
  .map(([name]) => name as OperationName);

/** The one call by which a client of the dialect says the story; undefined when it has none for it. */
function callOf(actor: Actor, story: Story): PlannedCall | undefined {
  const { person, fresh, handed, subject } = actor;
  return planOf(subject, story, story.command(person, fresh, handed));
}

function planOf(subject: Subject, { operation }: Story, command: object): PlannedCall | undefined {
  const plan = planCalls(declare(subject), operation, command as never);
  return plan.calls.length === 1 && plan.unsaid.length === 0 ? plan.calls[0] : undefined;
}

/** What a story needs handed on to it, by the blanks in its command. */
function wants(story: Story): string[] {
  const names = ['<code>', '<verification id>', '<proof token>', '<sudo token>'];
  const used: string[] = [];
  const spy = new Proxy({}, { get: (_, name) => (used.push(String(name)), 'a-value') }) as Record<
    string,
    string
  >;
  const nobody = {
    username: 'nobody_1',
    password: 'Secret_123',
    nickname: 'N',
    email: 'n@example.com',
    phone: '+8613900000000',
  };
  story.command(nobody, nobody, spy);
  return names.filter((name) => used.includes(name));
}

/** The story as it would be captured between the actor's client and its gateway. */
function capture(
  gateway: TestGateway,
  actor: Pick<Actor, 'subject'>,
  call: PlannedCall,
  signedIn: boolean,
): CapturedRequest {
  const { declaration } = servedSide(gateway, actor.subject);
  const sent = requestOf(call, declaration, signedIn ? 'a-captured-token'.padEnd(32, '0') : undefined);
  const [path = '', query = ''] = sent.target.split('?');
  const headers = Object.fromEntries(
    Object.entries(sent.headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  return {
    label: 'captured',
    method: sent.method,
    url: `${gateway.url}${sent.target}`,
    host: null,
    path,
    query,
    headers:
      sent.file === undefined ? headers : { ...headers, 'content-type': 'multipart/form-data; boundary=x' },
    body: Buffer.from(sent.body ?? ''),
    ...(sent.file !== undefined && { parts: [{ name: sent.file.field, fileName: 'picture.png' }] }),
  };
}

function translate(gateway: TestGateway, from: Subject, to: Subject, captured: CapturedRequest): Translated {
  const options = { baseUrl: gateway.url, region: 'CN' };
  return createTranslator(servedSide(gateway, from), servedSide(gateway, to), options).translate(captured);
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

describe.each(pairs)('$title', ({ from, to }) => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startGateway();
  });
  afterAll(() => gateway.stop());

  const nobody = {
    username: 'nobody_1',
    password: 'Secret_123',
    nickname: 'N',
    email: 'n@example.com',
    phone: '+8613900000000',
  };
  const handed = { '<code>': '123456', '<verification id>': 'v', '<proof token>': 'p', '<sudo token>': 's' };
  const spoken = stories.filter(
    (story) => planOf(from, story, story.command(nobody, nobody, handed)) !== undefined,
  );

  it('is tried with every operation that the first one speaks', () => {
    const tried = [...new Set(spoken.map(({ operation }) => operation))].sort();
    expect(tried).toEqual(clientOperations.filter((operation) => speaks(declare(from), operation)).sort());
  });

  it.each(spoken.map((story) => [`${story.operation} ${story.title}`, story] as const))(
    '%s',
    async (_, story) => {
      const one = await enterStage(gateway, from, story);
      const two = await enterStage(gateway, to, story);

      // What the translation is made of: the call of the first dialect about the second person.
      const captured = planOf(from, story, story.command(two.person, two.fresh, handed));
      if (captured === undefined) throw new Error('the story cannot be told');
      const translated = translate(
        gateway,
        from,
        to,
        capture(gateway, { subject: from }, captured, story.person === 'signedIn'),
      );
      const { outcome, reason, operation, differences, calls } = translated.translation;
      expect({ operation, refusals: calls.filter(({ refusal }) => refusal !== undefined) }).toEqual({
        operation: story.operation,
        refusals: [],
      });

      if (outcome === 'unsupported') {
        expect(calls).toEqual([]);
        const promised = to.contract.unsupported[story.operation];
        expect(reason).toEqual(
          promised ?? expect.stringContaining(`${to.name} has a call for ${story.operation}`),
        );
        expect(promised === undefined).toBe(speaks(declare(to), story.operation));
        return;
      }
      expect(['translated', 'partly']).toContain(outcome);

      await handOn(gateway, one, story, wants(story));
      const original = callOf(one, story);
      if (original === undefined) throw new Error('the story cannot be told');
      await send(one, original);

      const texts = translated.calls.map(({ call }) => JSON.stringify(call.said));
      const asked = translated.calls.map((call) => call.operation);
      const open = translated.blanks
        .usedIn(texts)
        .map(({ text }) => text)
        .filter(
          (text) =>
            !(text === '<sudo token>' && asked.includes('confirmCaller')) &&
            !asked.includes('requestCode') &&
            !asked.includes('requestEmailChange') &&
            !(text === '<proof token>' && asked.includes('redeemCode')),
        );
      await handOn(gateway, two, story, open);
      await sendTranslated(gateway, two, translated);

      const told = new Map(
        differences.flatMap((difference) =>
          (stateNames[difference.field] ?? [difference.field]).map((name) => [name, difference] as const),
        ),
      );
      const [before, after] = [await stateOf(gateway, one), await stateOf(gateway, two)];
      const untold = (state: Record<string, unknown>) =>
        Object.fromEntries(Object.entries(state).filter(([name]) => name !== 'history' && !told.has(name)));
      expect(untold(after)).toEqual(untold(before));
      // What is told to differ does.
      for (const name of [...told.keys()].filter((candidate) => candidate in before))
        expect([name, after[name]]).not.toEqual([name, before[name]]);
      const sameOperation = asked.length === 1 && asked[0] === story.operation && story.earlier === undefined;
      if (sameOperation && differences.length === 0) expect(after['history']).toEqual(before['history']);
    },
  );
});
