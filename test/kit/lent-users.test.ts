import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  casesOf,
  connect,
  diffCases,
  promisesOf,
  readIdentity,
  readRecording,
  recordCases,
  runCases,
  subjectOf,
  type CaseOf,
  type CaseResult,
  type Identity,
  type RunResult,
  type Side,
  type Subject,
} from '../../src/kit';
import { actionsOf } from '../../src/dialect';
import { speaksOf } from '../../src/kit/needs';
import { idiom } from '../support/command-line';
import { startFaultyProxy, type FaultyProxy } from '../support/faulty-proxy';
import { startGateway, type TestGateway } from '../support/gateway';
import { lend } from '../support/lend';
import { enter, look } from '../support/people';
import { speakerOf, subjects } from '../support/subjects';

// Each case signs people in, twice, which a busy machine does slowly.
jest.setTimeout(240_000);

const timeoutMs = 10_000;

/** Two gateways without a test door, the right one with other ids, and a faulty copy of it. */
interface Pair {
  left: TestGateway;
  right: TestGateway;
  copy: FaultyProxy;
  /** Adds a member to every answer of the copy to a request for this path. */
  spoil(path: string | undefined): void;
  stop(): Promise<void>;
}

async function startPair(): Promise<Pair> {
  const [left, right] = [await startGateway(), await startGateway()];
  await right.sql('ALTER SEQUENCE users_id_seq RESTART WITH 5417');
  let spoilt: string | undefined;
  const copy = await startFaultyProxy(right.url, (request, answer) =>
    request.path === spoilt ? { ...answer, body: { ...(answer.body as object), surplus: 1 } } : answer,
  );
  return {
    ...{ left, right, copy },
    spoil: (address) => {
      spoilt = address;
    },
    stop: async () => {
      await copy.stop();
      await left.stop();
      await right.stop();
    },
  };
}

/** Why a case could not be brought about: what it needs, or what became of those who were lent. */
const isReason = /^(left: |right: )?(it |\S+ was changed by an earlier case)/;

const told = ({ id, state, reason, differences }: CaseResult) => ({ id, state, reason, differences });

describe.each(subjects)('two servers of somebody else that speak $name', (spoken) => {
  const { dialect, contract } = spoken;
  let pair: Pair;
  let subject: Subject;
  let all: CaseOf[];
  /** Some of all kinds, and one that needs a code. */
  let cases: CaseOf[];
  let lent: Identity[];

  beforeAll(async () => {
    pair = await startPair();
    subject = subjectOf(dialect, contract, { publicUrl: pair.left.url, phoneRegion: 'CN' });
    all = casesOf(subject).map((one) => ({ subject, one }));
    const withCode = all.filter(({ one }) => speaksOf(one.exchange, '<sent code>'));
    const others = all.filter((_, index) => index % Math.ceil(all.length / 20) === 0);
    cases = [...new Set([...withCode.slice(0, 1), ...others])];
  });
  // What a run leaves at people, such as a code that was sent to them, is not the next run's.
  beforeEach(async () => {
    lent = [await lend(pair.left), await lend(pair.right)];
  });
  afterEach(() => {
    pair.spoil(undefined);
  });
  afterAll(() => pair.stop());

  async function sideOf(baseUrl: string, identity: Identity | undefined): Promise<Side> {
    const { stagehand, means } = await connect({
      baseUrl,
      timeoutMs,
      identity,
      destructive: true,
      environment: process.env,
    });
    expect(means).toBe('identity');
    return { baseUrl, stagehand, timeoutMs };
  }
  const leftSide = () => sideOf(pair.left.url, lent[0]);
  const rightSide = () => sideOf(pair.copy.url, { ...(lent[1] as Identity), publicUrl: pair.right.url });

  /** What no run may fail at, and what it may not be able to bring about, each with its reason. */
  function expectNoFailure(results: readonly CaseResult[]): void {
    const skipped = results.filter(({ state }) => state === 'skipped');
    expect(results.filter(({ state }) => state === 'failed').map(told)).toEqual([]);
    expect(skipped.filter(({ reason = '' }) => !isReason.test(reason)).map(told)).toEqual([]);
    expect(results.length - skipped.length).toBeGreaterThan(5);
  }

  it('are found alike, with people and codes of each side’s own', async () => {
    const { cases: results } = await diffCases(cases, { left: await leftSide(), right: await rightSide() });
    expectNoFailure(results);
  });

  it('skip a case for which a server refuses to send yet another code, as it is asked too often', async () => {
    const sending = subject.declaration.routes
      .filter((route) => actionsOf(route).some(({ operation }) => operation === 'requestCode'))
      .map((route) => route.path);
    const limited = await startFaultyProxy(pair.left.url, ({ path: address }, answer) =>
      sending.includes(address) ? { ...answer, status: 429 } : answer,
    );
    try {
      const side = await sideOf(limited.url, { ...(lent[0] as Identity), publicUrl: pair.left.url });
      const withCode = all.filter(({ one }) => one.exchange.arrange?.code !== undefined).slice(0, 12);
      const { cases: results, counts } = await runCases(withCode, side);
      const limits = results.filter(({ reason = '' }) => reason.includes('answers 429, too many requests'));
      expect({ failed: counts.failed, limited: limits.length > 0 }).toEqual({
        failed: 0,
        limited: withCode.length > 0,
      });
    } finally {
      await limited.stop();
    }
  });

  it('are found to differ where they do', async () => {
    // Not where people sign in: whoever cannot sign in has no case asked.
    const candidates = all.filter(
      ({ one }) =>
        one.kind === 'success' &&
        !one.destructive &&
        !one.operations.includes('signIn') &&
        typeof one.exchange.response.body === 'object',
    );
    const { cases: alike } = await diffCases(candidates.slice(0, 30), {
      left: await leftSide(),
      right: await rightSide(),
    });
    const ran = new Set(alike.filter(({ state }) => state === 'passed').map(({ id }) => id));
    const chosen = candidates.filter(({ one }) => ran.has(one.id));
    const address = chosen[0]?.one.exchange.request.path;
    pair.spoil(address);
    lent = [await lend(pair.left), await lend(pair.right)];
    const { cases: results } = await diffCases(chosen.slice(0, 3), {
      left: await leftSide(),
      right: await rightSide(),
    });
    expect(results.length).toBeGreaterThan(1);
    expect(results.map(({ id, differences = [] }) => [id, differences.map(({ at }) => at)])).toEqual(
      chosen
        .slice(0, 3)
        .map(({ one }) => [one.id, one.exchange.request.path === address ? ['body.surplus'] : []]),
    );
  });

  it('leave those who were lent what they were, and know what cannot be put back', async () => {
    const [person] = (lent[0] as Identity).accounts;
    const { stagehand, baseUrl } = await sideOf(pair.left.url, {
      ...(lent[0] as Identity),
      accounts: [person],
    });
    const edits = all.filter(
      ({ one }) => one.kind === 'success' && one.destructive && one.operations.includes('updateProfile'),
    );
    // An address that an edit replaced is its user's again, but not known to be.
    const proofs = all.filter(({ one }) => speaksOf(one.exchange, '<proof token>'));
    const { cases: results } = await runCases([...edits.slice(0, 6), ...proofs.slice(0, 3)], {
      ...{ baseUrl, stagehand, timeoutMs },
      foreign: true,
    });
    expect(results.filter(({ state }) => state === 'failed').map(told)).toEqual([]);
    expect(results.filter(({ reason }) => reason?.includes('changed by an earlier case')).map(told)).toEqual(
      [],
    );
    expect(results.filter(({ state }) => state === 'passed').length).toBeGreaterThan(2);
    const { speaker } = await enter(speakerOf(pair.left, spoken), person.username, person.password);
    const { nickname, email } = await look(speaker);
    expect([nickname ?? person.nickname, email ?? person.email]).toEqual([person.nickname, person.email]);
  });

  it('are held to each other by a recording, which names nobody who was lent', async () => {
    const { recording } = await recordCases(dialect.name, cases, { ...(await leftSide()), version: '1.2.3' });
    const people = [...(lent[0]?.accounts ?? []), ...(lent[0]?.other === undefined ? [] : [lent[0].other])];
    const text = JSON.stringify(recording);
    const named = people.flatMap(({ username, password, email, phone }) =>
      [username, password, email, phone].filter((value) => value !== undefined && text.includes(value)),
    );
    expect(named).toEqual([]);

    const book = readRecording(text);
    const recorded = cases.filter(({ one }) => one.id in book.cases);
    const { cases: results } = await runCases(recorded, {
      ...(await rightSide()),
      foreign: true,
      promisedFor: promisesOf(book, subject),
    });
    expectNoFailure(results);
    const basis = `recorded from ${pair.left.url} on ${book.recordedAt.slice(0, 10)}`;
    expect(
      [...new Set(results.map((result) => result.basis))].filter((value) => value !== undefined),
    ).toEqual([basis]);
  });
});

describe('the commands, at servers of somebody else', () => {
  let pair: Pair;
  let folder: string;
  const at = (name: string): string => path.join(folder, name);
  const dialect = 'lancens';
  /** What somebody who forgot a password is sent by text message: one of them changes it, by the code. */
  const recovery = ['--only', 'POST /v1/api/phone/retrieve', '--destructive'];
  const profile = ['--only', 'GET /v1/api/user'];

  beforeAll(async () => {
    pair = await startPair();
    folder = await mkdtemp(path.join(tmpdir(), 'idiom-test-'));
  });
  afterEach(() => {
    pair.spoil(undefined);
  });
  afterAll(async () => {
    await pair.stop();
    await rm(folder, { recursive: true });
  });

  async function identityFile(name: string, change: (identity: Identity) => object): Promise<string> {
    await writeFile(at(name), JSON.stringify(change(await lend(pair.left))));
    return at(name);
  }

  it('contract run passes what it can, skips the rest by name, and ends with 0', async () => {
    const identity = await identityFile('qa.json', (lent) => lent);
    const call = ['contract', 'run', dialect, '--target', pair.left.url, '--identity', identity, ...recovery];
    const { code, stdout } = await idiom([...call, '--json']);
    const { cases, counts, means } = JSON.parse(stdout) as RunResult;
    expect({ code, means, failed: counts.failed }).toEqual({ code: 0, means: 'identity', failed: 0 });
    const byCode = cases.filter(({ destructive, state }) => destructive && state === 'passed');
    expect(byCode.length).toBeGreaterThan(0);
    for (const { id, state, reason } of cases)
      if (state === 'skipped') expect([id, reason]).toEqual([id, expect.stringMatching(isReason)]);
  });

  it('contract run fails where nobody whom the identity file names gets in, and asks each of them once', async () => {
    const identity = await identityFile('wrong.json', ({ accounts, ...rest }) => ({
      ...rest,
      accounts: accounts.map((person) => ({ ...person, password: 'not-theirs' })),
    }));
    const call = ['contract', 'run', dialect, '--target', pair.left.url, '--identity', identity, ...profile];
    const { code, stdout } = await idiom([...call, '--json']);
    const { cases } = JSON.parse(stdout) as RunResult;
    const failed = cases.filter(({ state }) => state === 'failed');
    expect({ code, failed: failed.length }).toEqual({ code: 1, failed: 2 });
    for (const { reason } of failed)
      expect(reason).toMatch(/ cannot sign in: .*; is the identity file right\?$/);
  });

  it('contract run skips what needs a code where a person would be asked and there is no terminal', async () => {
    const identity = await identityFile('prompt.json', (lent) => ({ ...lent, inbox: { prompt: true } }));
    const call = ['contract', 'run', dialect, '--target', pair.left.url, '--identity', identity, ...recovery];
    const { code, stdout, stderr } = await idiom([
      ...call,
      '--kind',
      'success',
      '--report',
      `json:${at('p')}`,
    ]);
    expect(code).toBe(0);
    expect(stdout).toContain('there is no terminal to ask for the code on');
    expect(stderr).not.toContain('The code that');
  });

  it('diff takes an identity for each side, and ends with 0 or, where they differ, with 1', async () => {
    const sides = {
      left: await lend(pair.left),
      right: { ...(await lend(pair.right)), publicUrl: pair.right.url },
    };
    expect(readIdentity(JSON.stringify(sides.left), '/qa').accounts).toHaveLength(2);
    await writeFile(at('pair.json'), JSON.stringify(sides));
    const call = ['diff', dialect, '--left', pair.left.url, '--right', pair.copy.url];
    const diff = () => idiom([...call, '--identity', at('pair.json'), ...profile]);
    const alike = await diff();
    expect(alike).toMatchObject({ code: 0, stdout: expect.stringContaining(`right ${pair.copy.url}`) });
    pair.spoil('/v1/api/user');
    const other = await diff();
    expect(other.code).toBe(1);
    expect(other.stdout).toContain('body.surplus: nothing at the left, 1 at the right');
    expect(other.stderr).toMatch(/^error: \d+ of \d+ cases differ\.$/m);
  });

  it('record writes a book of one server that contract run --against holds the other to', async () => {
    const left = await identityFile('left.json', (lent) => lent);
    const record = ['record', dialect, '--target', pair.left.url, '--identity', left, ...profile];
    expect(await idiom([...record, '--out', at('book.json')])).toMatchObject({ code: 0 });
    await writeFile(at('right.json'), JSON.stringify(await lend(pair.right)));
    const replay = ['contract', 'run', dialect, '--target', pair.copy.url, '--identity', at('right.json')];
    const run = () => idiom([...replay, '--against', at('book.json'), ...profile]);
    expect(await run()).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(`held to what ${pair.left.url} answered`),
    });
    pair.spoil('/v1/api/user');
    expect(await run()).toMatchObject({ code: 1, stdout: expect.stringContaining('body.surplus') });
  });
});
