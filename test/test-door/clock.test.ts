import type { TestGateway } from '../support/gateway';
import { enter, isIn, stranger } from '../support/people';
import { declarationOf, speakerOf, subjects } from '../support/subjects';
import { callDoor, refusal, stage, startOpen } from './support';

const password = 'Secret_123';
const hour = 3_600;

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startOpen();
});
afterAll(() => gateway.stop());
afterEach(() => callDoor(gateway, 'DELETE', '/v1/clock'));

async function advance(advanceSeconds: number): Promise<{ now: string; offsetSeconds: number }> {
  const answer = await callDoor(gateway, 'POST', '/v1/clock', { advanceSeconds });
  expect(answer.status).toBe(200);
  return answer.body as { now: string; offsetSeconds: number };
}

/** Seconds by which a time of the gateway's is ahead of ours. */
function ahead(iso: string): number {
  return (Date.parse(iso) - Date.now()) / 1000;
}

/** The code of a problem that a call ends with; undefined when it succeeds. */
async function problemOf(call: Promise<unknown>): Promise<string | undefined> {
  return call.then(
    () => undefined,
    (error: unknown) => (error as { problem: { code: string } }).problem.code,
  );
}

it('is moved on and back, and set right again', async () => {
  const moved = await advance(100 * hour);
  expect(moved.offsetSeconds).toBe(100 * hour);
  expect(Math.abs(ahead(moved.now) - 100 * hour)).toBeLessThan(60);
  expect((await advance(-300 * hour)).offsetSeconds).toBe(-200 * hour);
  const told = (await callDoor(gateway, 'GET', '/v1/clock')).body as { now: string };
  expect(Math.abs(ahead(told.now) + 200 * hour)).toBeLessThan(60);
  const facts = (await callDoor(gateway, 'GET', '/v1')).body as { now: string };
  expect(Math.abs(ahead(facts.now) + 200 * hour)).toBeLessThan(60);
  const right = await callDoor(gateway, 'DELETE', '/v1/clock');
  expect(right.body).toMatchObject({ offsetSeconds: 0 });
  expect(Math.abs(ahead((right.body as { now: string }).now))).toBeLessThan(60);
});

it.each([{}, { advanceSeconds: '60' }, { advanceSeconds: 0.5 }, { advanceSeconds: 1e12 }, { seconds: 60 }])(
  'stays as it is at %j',
  async (body) => {
    const answer = await callDoor(gateway, 'POST', '/v1/clock', body);
    expect([answer.status, answer.body]).toMatchObject([400, refusal('invalid_body')]);
    expect((await callDoor(gateway, 'GET', '/v1/clock')).body).toMatchObject({ offsetSeconds: 0 });
  },
);

it('does not run out of the times that can be written, however often it is moved', async () => {
  const century = 3_155_760_000;
  const answers = [];
  for (let moves = 0; moves < 3; moves += 1) {
    answers.push(await callDoor(gateway, 'POST', '/v1/clock', { advanceSeconds: century }));
  }
  expect(answers.map(({ status }) => status)).toEqual([200, 400, 400]);
  expect((await callDoor(gateway, 'GET', '/v1/clock')).body).toMatchObject({ offsetSeconds: century });
});

describe('moved on', () => {
  it('ends codes', async () => {
    const { email } = stranger();
    const asked = { purpose: 'prove', target: { email }, audience: 'anyone', language: 'en' } as const;
    const { verificationId } = await gateway.core.requestCode({ caller: null, ...asked }, gateway.operator);
    const { body } = await callDoor(gateway, 'GET', `/v1/codes?to=${email}`);
    const { code } = body as { code: string };
    await advance(601);
    const redeem = () => problemOf(gateway.core.redeemCode({ verificationId, code }, gateway.operator));
    expect(await redeem()).toBe('verification_code_rejected');
    await advance(-601);
    expect(await redeem()).toBeUndefined();
  });

  it('ends limits on sending', async () => {
    const { email } = stranger();
    const asked = { purpose: 'prove', target: { email }, audience: 'anyone', language: 'en' } as const;
    const send = () => problemOf(gateway.core.requestCode({ caller: null, ...asked }, gateway.operator));
    expect([await send(), await send()]).toEqual([undefined, 'too_many_requests']);
    await advance(61);
    expect(await send()).toBeUndefined();
    const sent = (await callDoor(gateway, 'GET', `/v1/codes?to=${email}`)).body as { sentAt: string };
    expect(ahead(sent.sentAt)).toBeGreaterThan(1);
  });

  it('is the time at which users are made', async () => {
    await advance(-1_000 * hour);
    const id = await stage(gateway, { username: stranger().username });
    const [row] = await gateway.sql<{ created_at: Date }>('SELECT created_at FROM users WHERE id = $1', [id]);
    expect(Math.abs(ahead((row?.created_at ?? new Date()).toISOString()) + 1_000 * hour)).toBeLessThan(60);
  });

  it.each(subjects)('ends access tokens of $name at their second', async (subject) => {
    const { username } = stranger();
    await stage(gateway, { username, password });
    const { speaker } = await enter(speakerOf(gateway, subject), username, password);
    const { accessTokenSeconds, sessionSeconds } = declarationOf(gateway, subject).sessions;
    expect(await isIn(speaker)).toBe(true);
    // Beyond the whole session, so that no renewal on the way prolongs it.
    await advance(Math.max(accessTokenSeconds, sessionSeconds) + 1);
    expect(await isIn(speaker)).toBe(false);
    await callDoor(gateway, 'DELETE', '/v1/clock');
    expect(await isIn(speaker)).toBe(true);
  });

  it.each(subjects)('is the time that tokens of $name carry', async (subject) => {
    const { username } = stranger();
    await stage(gateway, { username, password });
    await advance(100 * hour);
    const { token, speaker } = await enter(speakerOf(gateway, subject), username, password);
    expect(await isIn(speaker)).toBe(true);
    const { accessToken, sessions } = declarationOf(gateway, subject);
    if (accessToken.format.kind === 'jwt') {
      const claims = JSON.parse(
        Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'),
      ) as Record<string, unknown>;
      const parsed = accessToken.format.parse(claims);
      const expected = 100 * hour + sessions.accessTokenSeconds;
      expect(Math.abs(ahead((parsed?.expiresAt ?? new Date(0)).toISOString()) - expected)).toBeLessThan(60);
    }
  });
});
