import {
  casesOf,
  connectDoor,
  createDoorStagehand,
  runCase,
  subjectOf,
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

/** The cases of a dialect are known before there is a gateway. */
describe.each(subjects)('$name', ({ dialect, contract }) => {
  const site = { publicUrl: 'http://127.0.0.1', phoneRegion: 'CN' };
  const cases = casesOf(subjectOf(dialect, contract, site));
  let gateway: TestGateway;
  let subject: Subject;
  let options: RunOptions;
  beforeAll(async () => {
    gateway = await startGateway({ environment: { TEST_DOOR_TOKEN: token } });
    const door = await connectDoor({ baseUrl: gateway.url, token, timeoutMs: 10_000 });
    subject = subjectOf(dialect, contract, door.facts);
    const stagehand = createDoorStagehand({ door, baseUrl: gateway.url });
    options = { baseUrl: gateway.url, stagehand, timeoutMs: 10_000 };
  });
  afterAll(() => gateway.stop());

  it.each(cases.map((one) => [one.title, one] as const))('%s', async (_, one) => {
    expect(faults(await runCase({ subject, one }, options))).toEqual([]);
  });
});
