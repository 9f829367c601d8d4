import type { Outcome, PlannedCall, Speaker } from '../../src/contract';
import { startGateway, type TestGateway } from '../support/gateway';
import { enter, isIn, look, newcomerAt, plainChange, settle, stranger } from '../support/people';
import { describeSpeakersOf, speakerOf, subjects, type Subject } from '../support/subjects';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.stop());

const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));

type Identifier = 'username' | 'email' | 'phone';

/** What came of one attempt, and which literal answers a loser may get. */
interface Attempt {
  subject: Subject;
  status: number;
  body: unknown;
  taken: { status: number; body: unknown } | undefined;
}

/** The name of the wire's own member for a field, and a call that carries it. */
function memberOf(call: PlannedCall, plain: string): string {
  const body = call.said.body as Record<string, unknown>;
  const normal = (value: unknown): string => String(value).replace(/\D/g, '').slice(-11);
  const digits = normal(plain);
  const found = Object.keys(body).find((name) =>
    digits.length === 11 ? normal(body[name]) === digits : body[name] === plain,
  );
  if (found === undefined) throw new Error(`no member of ${JSON.stringify(body)} holds ${plain}`);
  return found;
}

/** One prepared attempt to take a value: by an update where the wire has the words, else by registering with it. */
interface Contender {
  subject: Subject;
  take(value: string): Promise<Attempt>;
}

async function contend(subject: Subject, field: Identifier): Promise<Contender> {
  const { speaker } = await newcomerAt(gateway, subject);
  const plain = plainChange(field)[field] as string;
  const update = speaker.plan('updateProfile', { changes: { [field]: plain } });
  const byUpdate = update.unsaid.length === 0;
  const { nickname, ...identity } = stranger();
  const registration = { ...identity, [field]: plain, profile: { nickname }, signIn: true };
  const [call] = byUpdate ? update.calls : speaker.plan('registerUser', registration).calls;
  if (call === undefined) throw new Error(`${subject.name} has no way to take a ${field}`);
  const member = memberOf(call, plain);
  const key = `${byUpdate ? '' : 'registerUser: '}identifier_taken ${field}`;
  return {
    subject,
    take: async (value) => {
      const body = { ...(call.said.body as object), [member]: value };
      const { status, body: answer } = await speaker.send({ ...call, said: { ...call.said, body } });
      return { subject, status, body: answer, taken: subject.contract.problems[key] };
    },
  };
}

/** Every dialect in turn. */
function subjectAt(index: number): Subject {
  const subject = subjects[index % subjects.length];
  if (subject === undefined) throw new Error('there is no dialect');
  return subject;
}

/** Contenders of every dialect in turn. */
function contenders(field: Identifier, count: number): Promise<Contender[]> {
  return Promise.all(
    times(count, (index) => {
      return contend(subjectAt(index), field);
    }),
  );
}

function expectOneWinner(attempts: readonly Attempt[]): void {
  const won = attempts.filter(
    ({ subject, status, body }) => subject.contract.judge(status, body) === 'success',
  );
  const lost = attempts.filter((attempt) => !won.includes(attempt));
  for (const { subject, status, body, taken } of lost) {
    expect({ door: subject.name, status, body }).toEqual({ door: subject.name, ...taken });
  }
  expect(won).toHaveLength(1);
}

describe('fifty people of all doors at once', () => {
  it('sign in at the moment at which the keys of their tokens are read again', async () => {
    gateway.clock.advance(3600);
    const all = await Promise.all(times(50, (index) => newcomerAt(gateway, subjectAt(index))));
    expect(await Promise.all(all.map(({ speaker }) => isIn(speaker)))).toEqual(all.map(() => true));
  });

  it.each([
    ['one user name', 'username', ['Race_Name', 'race_name', 'RACE_NAME']],
    ['one e-mail address', 'email', ['Race.To@Example.com', 'race.to@example.com', 'RACE.TO@EXAMPLE.COM']],
  ] as const)('want %s, and one gets it', async (_, field, spellings) => {
    const all = await contenders(field, 50);
    const attempts = await Promise.all(
      all.map((contender, index) => contender.take(spellings[index % spellings.length] ?? '')),
    );
    expectOneWinner(attempts);
  });

  it('want one phone number in three spellings, and one gets it', async () => {
    const spell = (digits: string): string[] => [digits, `+86 ${digits}`, `+86${digits}`];
    // Each wire takes some of the spellings; a number of its own tells which.
    const taken = new Map<Subject, number[]>();
    for (const [index, subject] of subjects.entries()) {
      const accepted: number[] = [];
      for (const [at, spelling] of spell(`1380013810${index}`).entries()) {
        const { status, body } = await (await contend(subject, 'phone')).take(spelling);
        const again = accepted.length > 0;
        const verdict = subject.contract.judge(status, body);
        const literal = JSON.stringify(subject.contract.problems['registerUser: identifier_taken phone']);
        const other = JSON.stringify(subject.contract.problems['identifier_taken phone']);
        const isTaken = [literal, other].includes(JSON.stringify({ status, body }));
        if (verdict === 'success' || (again && isTaken)) accepted.push(at);
      }
      expect(accepted).not.toEqual([]);
      taken.set(subject, accepted);
    }
    if (subjects.length > 1) expect(new Set([...taken.values()].flat())).toEqual(new Set([0, 1, 2]));

    const all = await contenders('phone', 50);
    const spellings = spell('13800138000');
    const attempts = await Promise.all(
      all.map(({ subject, take }, index) => {
        const own = taken.get(subject) ?? [];
        return take(spellings[own[Math.floor(index / subjects.length) % own.length] ?? 0] ?? '');
      }),
    );
    expectOneWinner(attempts);
  });
});

function countOk(outcomes: readonly Outcome<'changeEmail' | 'requestEmailChange'>[]): number {
  return outcomes.filter(({ ok }) => ok).length;
}

describeSpeakersOf('changeEmail', 'at $name', (subject) => {
  it('fifty redemptions of one code change one address, once', async () => {
    const { speaker } = await newcomerAt(gateway, subject);
    const { email } = stranger();
    await speaker.perform('requestEmailChange', { email, language: 'en' });
    const code = await gateway.lastCode(email);
    const outcomes = await Promise.all(times(50, () => speaker.perform('changeEmail', { email, code })));
    expect(countOk(outcomes)).toBe(1);
    // So many wrong codes are counted against guessing, which the later ones are told.
    const { problems } = subject.contract;
    const refusals = [problems['verification_code_rejected'], problems['too_many_requests sign_in']];
    for (const outcome of outcomes) {
      if (outcome.ok) continue;
      const { status, body } = outcome;
      expect(refusals).toContainEqual({ status, body });
    }
    expect(await look(speaker)).toMatchObject({ email });
  });

  it('fifty requests for one code send one mail', async () => {
    const { speaker } = await newcomerAt(gateway, subject);
    const { email } = stranger();
    const outcomes = await Promise.all(
      times(50, () => speaker.perform('requestEmailChange', { email, language: 'en' })),
    );
    expect(countOk(outcomes)).toBe(1);
    for (const outcome of outcomes.filter(({ ok }) => !ok)) {
      expect(outcome).toMatchObject({
        ...subject.contract.problems['too_many_requests verification_code'],
      });
    }
    expect((await gateway.outbox()).filter(({ to }) => to === email)).toHaveLength(1);
  });

  it('many people who hold codes for one address: one gets it', async () => {
    const { email } = stranger();
    const holders: { speaker: Speaker; code: string }[] = [];
    for (const _ of times(5, (index) => index)) {
      const { speaker } = await newcomerAt(gateway, subject);
      await gateway.sql('DELETE FROM verification_sends');
      expect(await speaker.perform('requestEmailChange', { email, language: 'en' })).toMatchObject({
        ok: true,
      });
      holders.push({ speaker, code: await gateway.lastCode(email) });
    }
    const outcomes = await Promise.all(
      holders.map(({ speaker, code }) => speaker.perform('changeEmail', { email, code })),
    );
    expect(countOk(outcomes)).toBe(1);
    for (const outcome of outcomes.filter(({ ok }) => !ok)) {
      expect(outcome).toMatchObject({
        ...subject.contract.problems['requestEmailChange: identifier_taken email'],
      });
    }
  });
});

describeSpeakersOf('refreshSession', 'at $name', (subject) => {
  it('thirty refreshes with one token inside the grace get siblings, and nobody is out', async () => {
    const person = await settle(gateway);
    const anyone = speakerOf(gateway, subject);
    const { speaker, refreshToken } = await enter(anyone, person.username, person.password);
    const outcomes = await Promise.all(
      times(30, () => anyone.perform('refreshSession', { refreshToken: refreshToken ?? '' })),
    );
    const siblings = outcomes.map((outcome) => {
      if (!outcome.ok) throw new Error(JSON.stringify(outcome));
      return outcome.heard.grant;
    });
    expect(new Set(siblings.map((grant) => grant.refreshToken)).size).toBe(30);
    expect(await isIn(speaker)).toBe(true);
    for (const grant of siblings) {
      expect(await isIn(anyone.as(grant.accessToken))).toBe(true);
      const next = await anyone.perform('refreshSession', { refreshToken: grant.refreshToken ?? '' });
      expect(next).toMatchObject({ ok: true });
    }
  });
});

it('fifty updates of different fields through every door all win', async () => {
  const person = await settle(gateway);
  const writers: { speaker: Speaker; field: 'nickname' | 'bio' | 'realName' }[] = [];
  for (const subject of subjects) {
    const { speaker } = await enter(speakerOf(gateway, subject), person.username, person.password);
    for (const field of ['nickname', 'bio', 'realName'] as const) {
      const isSayable = speaker.plan('updateProfile', { changes: plainChange(field) }).unsaid.length === 0;
      if (isSayable && writers.every((writer) => writer.field !== field)) writers.push({ speaker, field });
    }
  }
  const rounds = times(Math.ceil(50 / writers.length), (round) => round);
  for (const round of rounds) {
    const outcomes = await Promise.all(
      writers.map(({ speaker, field }) =>
        speaker.perform('updateProfile', { changes: { [field]: `round ${round}` } }),
      ),
    );
    expect(outcomes.every(({ ok }) => ok)).toBe(true);
    const { user } = await gateway.core.findUser({ identifier: person.username }, gateway.operator);
    for (const { field } of writers) expect(user[field]).toBe(`round ${round}`);
  }
});
