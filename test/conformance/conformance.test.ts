import { audiences, type Speaker } from '../../src/contract';
import type { OperationName } from '../../src/core';
import { startGateway, type TestGateway } from '../support/gateway';
import {
  canChange,
  change,
  enter,
  isIn,
  look,
  plainChange,
  settle,
  stranger,
  type Person,
} from '../support/people';
import { recover, register, replacePassword } from '../support/journeys';
import {
  allSubjects,
  declarationOf,
  environmentFor,
  planner,
  speakerOf,
  subjects,
  type Subject,
} from '../support/subjects';

interface Stage {
  gateway: TestGateway;
  /** Another copy on the same database, set to send codes through every door. */
  mailing: TestGateway;
  subject: Subject;
  /** Nobody's client. */
  anyone: Speaker;
}

/** A story in core words, for every dialect that speaks the operations it needs. */
interface Scenario {
  title: string;
  needs: readonly OperationName[];
  /** Whether the dialect has the words, where having the operations is not enough. */
  applies?(speaker: Speaker): boolean;
  play(stage: Stage): Promise<void>;
}

const scenarios: Scenario[] = [];
const scenario = (title: string, story: Omit<Scenario, 'title'>): void => {
  scenarios.push({ title, ...story });
};

/** A user made through the dialect if it makes users, with all that a person has. */
async function join({ gateway, anyone }: Stage): Promise<Person> {
  if (!anyone.speaks('registerUser')) return settle(gateway);
  const person = stranger();
  const outcome = await register(gateway, anyone, person);
  if (!outcome.ok) throw new Error(`registering was refused: ${JSON.stringify(outcome)}`);
  if (!outcome.unsaid.includes('phone')) return person;
  const { speaker } = await enter(anyone, person.username, person.password);
  expect(await speaker.perform('updateProfile', { changes: { phone: person.phone } })).toMatchObject({
    ok: true,
  });
  return person;
}

async function joinAndEnter(stage: Stage): Promise<{ person: Person; speaker: Speaker; userId: number }> {
  const person = await join(stage);
  const { speaker, userId } = await enter(stage.anyone, person.username, person.password);
  return { person, speaker, userId };
}

/** A session of the person at another door, or at this one where there is no other. */
async function enterSomewhere({ gateway, subject }: Stage, person: Person): Promise<Speaker> {
  const other = allSubjects.find(({ name }) => name !== subject.name) ?? subject;
  return (await enter(speakerOf(gateway, other), person.username, person.password)).speaker;
}

/** Ends the session behind `speaker`, by naming the person where the wire asks for that. */
async function leave(speaker: Speaker, { username }: Person): Promise<void> {
  const command = speaker.plan('signOut', {}).calls.length > 0 ? {} : { identifier: username };
  expect(await speaker.perform('signOut', command)).toMatchObject({ ok: true });
}

/** The changes of fields that the dialect has a way to change. */
const fields = ['username', 'nickname', 'realName', 'bio', 'gender', 'email', 'phone', 'avatar'] as const;

scenario('a newcomer registers, and the core knows what was said', {
  needs: ['registerUser'],
  play: async ({ gateway, anyone }) => {
    const person = stranger();
    const outcome = await register(gateway, anyone, person);
    expect(outcome.ok).toBe(true);
    const { user } = await gateway.core.findUser({ identifier: person.username }, gateway.operator);
    expect(user).toMatchObject({ username: person.username, email: person.email });
    expect(user.phone).toBe(outcome.unsaid.includes('phone') ? null : person.phone);
    expect(user.nickname).toBe(outcome.unsaid.includes('nickname') ? '' : person.nickname);
  },
});

for (const taken of ['username', 'email', 'phone'] as const) {
  scenario(`a newcomer with somebody's ${taken} is told so, and nobody is made`, {
    needs: ['registerUser'],
    applies: (speaker) => {
      const { nickname, ...identity } = stranger();
      const atOnce = speaker.plan('registerUser', { ...identity, profile: { nickname }, signIn: true });
      return atOnce.calls.length > 0 || taken !== 'phone';
    },
    play: async ({ gateway, anyone, subject }) => {
      const somebody = await settle(gateway);
      const count = async () => (await gateway.core.listUsers({}, gateway.operator)).users.length;
      const before = await count();
      const { problems } = subject.contract;
      const problem = `identifier_taken ${taken}`;
      expect(await register(gateway, anyone, { ...stranger(), [taken]: somebody[taken] })).toMatchObject({
        ok: false,
        ...(problems[`registerUser: ${problem}`] ?? problems[problem]),
      });
      expect(await count()).toBe(before);
    },
  });
}

scenario('the user name, the e-mail address and the phone number all sign in', {
  needs: ['signIn'],
  play: async (stage) => {
    const { username, email, phone, password } = await join(stage);
    const ids: number[] = [];
    for (const identifier of [username, email, phone, username.toUpperCase(), email.toUpperCase()]) {
      ids.push((await enter(stage.anyone, identifier, password)).userId);
    }
    expect(new Set(ids).size).toBe(1);
  },
});

scenario('a wrong password and an unknown user get one answer', {
  needs: ['signIn'],
  play: async (stage) => {
    const { username } = await join(stage);
    const promised = { ok: false, ...stage.subject.contract.problems['invalid_credentials'] };
    for (const identifier of [username, stranger().username, stranger().email, stranger().phone]) {
      const outcome = await stage.anyone.perform('signIn', { identifier, password: 'Wrong_1234' });
      expect(outcome).toMatchObject(promised);
    }
  },
});

scenario('who signed in reads their own profile', {
  needs: ['signIn', 'getProfile'],
  play: async (stage) => {
    const { person, speaker } = await joinAndEnter(stage);
    const profile = await look(speaker);
    expect(profile).toMatchObject({
      username: person.username,
      email: person.email,
      phone: person.phone,
    });
  },
});

for (const field of fields) {
  scenario(`a changed ${field} is read on the next call, and nothing else changed`, {
    needs: ['signIn', 'getProfile', 'updateProfile'],
    applies: (speaker) => canChange(speaker, field),
    play: async (stage) => {
      const { speaker } = await joinAndEnter(stage);
      const before = await look(speaker);
      const changes = { ...plainChange(field), ...(field === 'email' && { email: stranger().email }) };
      const wanted = { ...changes, ...(field === 'phone' && { phone: stranger().phone }) };
      expect(await change(stage.gateway, speaker, wanted)).toMatchObject({ ok: true });
      const shown = field in before ? wanted : {};
      expect(await look(speaker)).toEqual({ ...before, ...shown });
    },
  });
}

for (const taken of ['username', 'email', 'phone'] as const) {
  scenario(`somebody else's ${taken} is refused in any spelling, and nothing changes`, {
    needs: ['signIn', 'getProfile', 'updateProfile'],
    applies: (speaker) => speaker.plan('updateProfile', { changes: plainChange(taken) }).unsaid.length === 0,
    play: async (stage) => {
      const { speaker } = await joinAndEnter(stage);
      const somebody = await settle(stage.gateway);
      const before = await look(speaker);
      for (const value of [somebody[taken], somebody[taken].toUpperCase()]) {
        expect(await speaker.perform('updateProfile', { changes: { [taken]: value } })).toMatchObject({
          ok: false,
          ...stage.subject.contract.problems[`identifier_taken ${taken}`],
        });
      }
      expect(await look(speaker)).toEqual(before);
    },
  });
}

scenario('one may say again what one already has', {
  needs: ['signIn', 'getProfile', 'updateProfile'],
  play: async (stage) => {
    const { speaker } = await joinAndEnter(stage);
    const before = await look(speaker);
    for (const field of ['username', 'email', 'phone'] as const) {
      const changes = { [field]: before[field] };
      if (speaker.plan('updateProfile', { changes }).unsaid.length > 0) continue;
      expect(await speaker.perform('updateProfile', { changes })).toMatchObject({ ok: true });
    }
    expect(await look(speaker)).toEqual(before);
  },
});

scenario('the new address signs in once it is changed, and the old one does not', {
  needs: ['signIn', 'updateProfile'],
  play: async (stage) => {
    const { person, speaker, userId } = await joinAndEnter(stage);
    const { email } = stranger();
    expect(await change(stage.gateway, speaker, { email })).toMatchObject({ ok: true });
    expect((await enter(stage.anyone, email, person.password)).userId).toBe(userId);
    const old = await stage.anyone.perform('signIn', { identifier: person.email, password: person.password });
    expect(old).toMatchObject({ ok: false, ...stage.subject.contract.problems['invalid_credentials'] });
  },
});

scenario('a changed password replaces the old one, and ends the other sessions', {
  needs: ['signIn', 'getProfile', 'changePassword'],
  play: async (stage) => {
    const { person, speaker } = await joinAndEnter(stage);
    const { username, password } = person;
    const elsewhere = await enterSomewhere(stage, person);
    expect(await replacePassword(speaker, password, 'Changed_123')).toMatchObject({ ok: true });
    expect(await isIn(speaker)).toBe(true);
    expect(await isIn(elsewhere)).toBe(false);
    const old = await stage.anyone.perform('signIn', { identifier: username, password });
    expect(old).toMatchObject({ ok: false, ...stage.subject.contract.problems['invalid_credentials'] });
    expect((await enter(stage.anyone, username, 'Changed_123')).userId).toBeGreaterThan(0);
  },
});

scenario('whoever proves the address has a new password, and every session is over', {
  needs: ['signIn', 'getProfile', 'recoverPassword'],
  play: async (stage) => {
    const { person, speaker } = await joinAndEnter(stage);
    const { username, email, password } = person;
    const anyone = speakerOf(stage.mailing, stage.subject);
    // Registering may have sent a code to the same address.
    stage.gateway.clock.advance(61);
    expect(await recover(stage.mailing, anyone, email, 'Changed_123')).toMatchObject({ ok: true });
    expect(await isIn(speaker)).toBe(false);
    const old = await stage.anyone.perform('signIn', { identifier: username, password });
    expect(old).toMatchObject({ ok: false, ...stage.subject.contract.problems['invalid_credentials'] });
    expect(await isIn((await enter(stage.anyone, username, 'Changed_123')).speaker)).toBe(true);
  },
});

scenario('whoever signs out everywhere is out at every door', {
  needs: ['signIn', 'getProfile', 'signOutEverywhere'],
  play: async (stage) => {
    const { person, speaker } = await joinAndEnter(stage);
    const elsewhere = await enterSomewhere(stage, person);
    expect(await speaker.perform('signOutEverywhere', {})).toMatchObject({ ok: true });
    expect([await isIn(speaker), await isIn(elsewhere)]).toEqual([false, false]);
  },
});

scenario('the code of a change of address is good once, and for its address only', {
  needs: ['signIn', 'requestEmailChange', 'changeEmail'],
  play: async (stage) => {
    const { person, speaker } = await joinAndEnter(stage);
    const rejected = {
      ok: false,
      ...stage.subject.contract.problems['verification_code_rejected'],
    };
    const { email } = stranger();
    expect(await speaker.perform('requestEmailChange', { email, language: 'en' })).toMatchObject({
      ok: true,
    });
    const code = await stage.gateway.lastCode(email);
    const elsewhere = await speaker.perform('changeEmail', { email: stranger().email, code });
    expect(elsewhere).toMatchObject(rejected);
    expect(await look(speaker)).toMatchObject({ email: person.email });
    expect(await speaker.perform('changeEmail', { email, code })).toMatchObject({ ok: true });
    expect(await look(speaker)).toMatchObject({ email });
    expect(await speaker.perform('changeEmail', { email, code })).toMatchObject(rejected);
  },
});

scenario('five wrong codes kill the right one', {
  needs: ['signIn', 'requestEmailChange', 'changeEmail'],
  play: async (stage) => {
    const { speaker } = await joinAndEnter(stage);
    const { email } = stranger();
    await speaker.perform('requestEmailChange', { email, language: 'en' });
    const code = await stage.gateway.lastCode(email);
    const wrong = code === '000000' ? '111111' : '000000';
    for (let tries = 0; tries < 5; tries += 1) {
      expect((await speaker.perform('changeEmail', { email, code: wrong })).ok).toBe(false);
    }
    expect((await speaker.perform('changeEmail', { email, code })).ok).toBe(false);
  },
});

scenario('whoever signed out is out at the next call', {
  needs: ['signIn', 'getProfile', 'signOut'],
  play: async (stage) => {
    const { person, speaker } = await joinAndEnter(stage);
    expect(await isIn(speaker)).toBe(true);
    await leave(speaker, person);
    expect(await speaker.perform('getProfile', {})).toMatchObject({
      ok: false,
      ...stage.subject.contract.problems['access_token_rejected'],
    });
  },
});

scenario('a session is prolonged, and the old refresh token ends it once it is misused', {
  needs: ['signIn', 'getProfile', 'refreshSession'],
  play: async (stage) => {
    const person = await join(stage);
    const first = await enter(stage.anyone, person.username, person.password);
    const refreshToken = first.refreshToken ?? '';
    const second = await stage.anyone.perform('refreshSession', { refreshToken });
    if (!second.ok) throw new Error(JSON.stringify(second));
    expect(second.heard.user.id).toBe(first.userId);
    const refreshed = stage.anyone.as(second.heard.grant.accessToken);
    expect(await isIn(refreshed)).toBe(true);

    stage.gateway.clock.advance(60);
    expect(await stage.anyone.perform('refreshSession', { refreshToken })).toMatchObject({
      ok: false,
      ...stage.subject.contract.problems['refresh_token_rejected'],
    });
    expect(await isIn(refreshed)).toBe(false);
  },
});

scenario('an access token ends at its time', {
  needs: ['signIn', 'getProfile'],
  play: async ({ subject, ...rest }) => {
    const stage = { subject, ...rest };
    const { speaker } = await joinAndEnter(stage);
    const { accessTokenSeconds } = declarationOf(stage.gateway, subject).sessions;
    stage.gateway.clock.advance(accessTokenSeconds + 1);
    expect(await speaker.perform('getProfile', {})).toMatchObject({
      ok: false,
      ...subject.contract.problems['access_token_rejected'],
    });
  },
});

scenario('a new picture is shown by its address', {
  needs: ['signIn', 'getProfile', 'replaceAvatar'],
  play: async (stage) => {
    const { speaker } = await joinAndEnter(stage);
    const pixel = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');
    const outcome = await speaker.perform('replaceAvatar', { image: pixel });
    if (!outcome.ok) throw new Error(JSON.stringify(outcome));
    expect(await look(speaker)).toMatchObject({ avatar: outcome.heard.avatar });
    const picture = await fetch(`${stage.gateway.url}/${outcome.heard.avatar}`);
    expect(picture.status).toBe(200);
    expect(picture.headers.get('content-type')).toMatch(/^image\//);
  },
});

scenario('the public keys are told', {
  needs: ['listPublicKeys'],
  play: async ({ anyone }) => {
    const outcome = await anyone.perform('listPublicKeys', {});
    if (!outcome.ok) throw new Error(JSON.stringify(outcome));
    expect(outcome.heard.keys.length).toBeGreaterThan(0);
    for (const key of outcome.heard.keys) {
      expect(Object.keys(key)).not.toContain('d');
      expect(key).toMatchObject({ use: 'sig', kid: expect.any(String) as string });
    }
  },
});

describe.each(subjects)('$name', (subject) => {
  let gateway: TestGateway;
  let mailing: TestGateway;
  beforeAll(async () => {
    gateway = await startGateway();
    const { connection, dataDir, clock } = gateway;
    mailing = await startGateway({ connection, dataDir, clock, environment: environmentFor('requestCode') });
  });
  afterAll(async () => {
    await mailing.stop();
    await gateway.stop();
  });

  const declared = (operation: OperationName): boolean => {
    const { unsupported, gaps = {} } = subject.contract;
    return !(operation in unsupported) && !(operation in gaps);
  };

  for (const { title, needs, applies = () => true, play } of scenarios) {
    if (!needs.every(declared) || !applies(planner(subject))) continue;
    it(title, () => play({ gateway, mailing, subject, anyone: speakerOf(gateway, subject) }));
  }

  it('speaks what it does not list as unsupported or missing, and nothing else', () => {
    const anyone = speakerOf(gateway, subject);
    const clients = Object.entries(audiences).filter(([, audience]) => audience === 'client');
    for (const [name] of clients) {
      const operation = name as OperationName;
      expect([operation, anyone.speaks(operation)]).toEqual([operation, declared(operation)]);
    }
  });
});
