import {
  casesOf,
  connectDoor,
  createDoorStagehand,
  runCase,
  subjectOf,
  type Case,
  type CaseResult,
  type RunOptions,
  type Subject,
} from '../../src/kit';
import { startGateway, type TestGateway } from '../support/gateway';
import { subjects } from '../support/subjects';

const token = 'a-token-of-the-exchanges';

/** What of a result says that the answer was not the promised one. */
function faults({ state, reason, differences = [] }: CaseResult): unknown {
  return state === 'passed' ? [] : { state, reason, differences };
}

/** A gateway with its open door, for all cases that want the same settings. */
interface Opened {
  gateway: TestGateway;
  subject: Subject;
  /** By id; the same exchange may be another operation where something is set. */
  cases: ReadonlyMap<string, Case>;
  options: RunOptions;
}

/** The cases of a dialect are known before there is a gateway. */
describe.each(subjects)('$name', ({ dialect, contract }) => {
  const site = { publicUrl: 'http://127.0.0.1', phoneRegion: 'CN' };
  const cases = casesOf(subjectOf(dialect, contract, site));
  const opened = new Map<string, Promise<Opened>>();

  async function open(settings: Readonly<Record<string, string>>): Promise<Opened> {
    const gateway = await startGateway({ environment: { TEST_DOOR_TOKEN: token, ...settings } });
    const door = await connectDoor({ baseUrl: gateway.url, token, timeoutMs: 10_000 });
    const stagehand = createDoorStagehand({ door, baseUrl: gateway.url });
    const options = { baseUrl: gateway.url, stagehand, timeoutMs: 10_000 };
    const subject = subjectOf(dialect, contract, door.facts);
    return { gateway, options, subject, cases: new Map(casesOf(subject).map((one) => [one.id, one])) };
  }

  function openedWith(settings: Readonly<Record<string, string>> = {}): Promise<Opened> {
    const name = JSON.stringify(settings);
    const one = opened.get(name) ?? open(settings);
    opened.set(name, one);
    return one;
  }

  afterAll(async () => {
    for (const one of opened.values()) await (await one).gateway.stop();
  });

  it.each(cases.map((one) => [one.title, one] as const))('%s', async (_, { id, exchange }) => {
    const { subject, options, cases: here } = await openedWith(exchange.arrange?.settings);
    const one = here.get(id);
    if (one === undefined) throw new Error(`no case is ${id}`);
    expect(faults(await runCase({ subject, one }, options))).toEqual([]);
  });
});
