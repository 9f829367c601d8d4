import {
  casesOf,
  connectDoor,
  createDoorStagehand,
  promisesOf,
  readAccepted,
  readRecording,
  recordCases,
  runCases,
  subjectOf,
  UnreadableFile,
  type CaseOf,
  type Recording,
  type Stagehand,
  type Subject,
} from '../../src/kit';
import { startFaultyProxy, type FaultyProxy, type PassingAnswer } from '../support/faulty-proxy';
import { startGateway, type TestGateway } from '../support/gateway';
import { subjects } from '../support/subjects';

// Each case makes people and signs them in, which a busy machine does slowly.
jest.setTimeout(240_000);

const token = 'a-token-of-the-recording';
const timeoutMs = 10_000;

describe.each(subjects)('what a gateway answers in $name', ({ dialect, contract }) => {
  let gateways: TestGateway[];
  let proxy: FaultyProxy;
  let subject: Subject;
  let cases: CaseOf[];
  let recording: Recording;
  let stagehands: Stagehand[];
  /** Every value that the run knew under a secret's name. */
  const secrets = new Set<string>();
  let fault: ((answer: PassingAnswer) => PassingAnswer) | undefined;

  function noting(stagehand: Stagehand): Stagehand {
    return {
      async arrange(which, one) {
        const stage = await stagehand.arrange(which, one);
        for (const [name, value] of Object.entries(stage.known))
          if (/token|password|secret|credential/.test(name)) secrets.add(value);
        return stage;
      },
    };
  }

  beforeAll(async () => {
    const environment = { TEST_DOOR_TOKEN: token };
    gateways = [await startGateway({ environment }), await startGateway({ environment })];
    const [one, other] = gateways as [TestGateway, TestGateway];
    await other.sql('ALTER SEQUENCE users_id_seq RESTART WITH 5417');
    proxy = await startFaultyProxy(other.url, (request, answer) =>
      request.path.startsWith('/.test-door') ? answer : (fault?.(answer) ?? answer),
    );
    const doors = [
      await connectDoor({ baseUrl: one.url, token, timeoutMs }),
      await connectDoor({ baseUrl: other.url, token, timeoutMs }),
    ];
    subject = subjectOf(dialect, contract, { publicUrl: one.url, phoneRegion: 'CN' });
    cases = casesOf(subject)
      .filter(({ kind }, index) => kind === 'success' || index % 6 === 0)
      .slice(0, 40)
      .map((which) => ({ subject, one: which }));
    stagehands = doors.map((door) => noting(createDoorStagehand({ door, baseUrl: door.facts.publicUrl })));
    const [stagehand] = stagehands as [Stagehand];
    const made = await recordCases(dialect.name, cases, {
      baseUrl: one.url,
      stagehand,
      timeoutMs,
      version: '1.2.3',
    });
    recording = readRecording(JSON.stringify(made.recording));
  });
  afterAll(async () => {
    await proxy.stop();
    for (const gateway of gateways) await gateway.stop();
  });

  function replay(which: readonly CaseOf[], book: Recording, baseUrl = gateways[1]?.url ?? '') {
    const promisedFor = promisesOf(book, subject);
    return runCases(which, { baseUrl, stagehand: stagehands[1] as Stagehand, timeoutMs, promisedFor });
  }

  it('is written down whole, with where and when', () => {
    expect(recording).toMatchObject({
      format: 'idiom-recording',
      version: 1,
      kit: '1.2.3',
      dialect: dialect.name,
      target: gateways[0]?.url,
      recordedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    });
    expect([...Object.keys(recording.cases), ...Object.keys(recording.missing)].sort()).toEqual(
      cases.map(({ one }) => one.id).sort(),
    );
    expect(Object.keys(recording.cases).length).toBeGreaterThan(15);
  });

  it('holds nothing secret', () => {
    // A title says what the contract says, which is public.
    const text = JSON.stringify(Object.values(recording.cases).map(({ answer }) => answer));
    expect(secrets.size).toBeGreaterThan(3);
    expect([...secrets].filter((secret) => text.includes(secret))).toEqual([]);
    expect(text).not.toMatch(/eyJ[\w-]+\.[\w-]+\.[\w-]+/);
  });

  it('is what another gateway answers, whose ids and tokens are others', async () => {
    const recorded = cases.filter(({ one }) => one.id in recording.cases);
    const { cases: results } = await replay(recorded, recording);
    expect(results.filter(({ state }) => state !== 'passed')).toEqual([]);
    const basis = `recorded from ${gateways[0]?.url ?? ''} on ${recording.recordedAt.slice(0, 10)}`;
    expect([...new Set(results.map((result) => result.basis))]).toEqual([basis]);
  });

  it('is the measure, and the contract is it where nothing is recorded', async () => {
    const [first, second] = cases.filter(({ one }) => one.id in recording.cases && one.kind === 'success');
    const [altered, left] = [first?.one.id ?? '', second?.one.id ?? ''];
    const { [left]: _, [altered]: told, ...others } = recording.cases;
    if (told === undefined || first === undefined || second === undefined)
      throw new Error('nothing is recorded');
    const book = {
      ...recording,
      cases: {
        ...others,
        [altered]: { ...told, answer: { ...told.answer, status: told.answer.status + 1 } },
      },
    };
    const { cases: results } = await replay([first, second], book);
    expect(
      results.map(({ state, basis, differences = [] }) => [state, basis?.split(' ')[0], differences]),
    ).toEqual([
      [
        'failed',
        'recorded',
        [{ at: 'status', kind: 'value', expected: told.answer.status + 1, received: told.answer.status }],
      ],
      ['passed', 'documented', []],
    ]);
  });

  it('is missed when a server answers otherwise', async () => {
    const which = cases.filter(
      ({ one }) =>
        one.exchange.credential === 'none' &&
        one.exchange.arrange?.nobody === true &&
        one.id in recording.cases,
    );
    const [first] =
      which.length > 0
        ? which
        : cases.filter(({ one }) => one.id in recording.cases && one.kind !== 'success');
    if (first === undefined) throw new Error('no case is fit for it');
    const promisedFor = promisesOf(recording, subject);
    const armed: Stagehand = {
      async arrange(of, one) {
        const stage = await (stagehands[1] as Stagehand).arrange(of, one);
        fault = ({ status, body }) => ({ status, body: { ...(body as object), surplus: 1 } });
        return {
          ...stage,
          tidy: (received) => {
            fault = undefined;
            return stage.tidy(received);
          },
        };
      },
    };
    const options = { baseUrl: proxy.url, stagehand: armed, timeoutMs, promisedFor };
    const { cases: results } = await runCases([first], options);
    expect(results.map(({ state, differences }) => [state, differences])).toEqual([
      ['failed', [{ at: 'body.surplus', kind: 'unexpected', received: 1 }]],
    ]);
  });
});

describe('a file that is none', () => {
  it.each([
    ['{', 'it is no JSON'],
    ['{}', 'format is required'],
    ['{"format":"idiom-recording","version":2}', 'version must be [1]'],
    ['[]', 'value must be of type object'],
  ])('%s is no recording', (text, message) => {
    expect(() => readRecording(text)).toThrow(new UnreadableFile(message));
  });

  it.each([
    ['{}', 'value must be an array'],
    ['[{"case":"a/b","where":"status"}]', '[0].reason is required'],
    ['[{"case":"a/b","where":"status","reason":""}]', '[0].reason is not allowed to be empty'],
    ['[{"case":"a/b","where":"status","reason":"x","who":"y"}]', '[0].who is not allowed'],
  ])('%s is no list of accepted differences', (text, message) => {
    expect(() => readAccepted(text)).toThrow(new UnreadableFile(message));
  });
});
