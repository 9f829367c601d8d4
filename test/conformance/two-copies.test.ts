import { createTestClock, startGateway, type TestGateway } from '../support/gateway';
import { enter, isIn, look, settle, type Person } from '../support/people';
import { declarationOf, describeSpeakersOf, speakerOf, subjects, type Subject } from '../support/subjects';

let first: TestGateway;
let second: TestGateway;
const clock = createTestClock();
beforeAll(async () => {
  first = await startGateway({ clock });
  second = await startGateway({ clock, connection: first.connection, dataDir: first.dataDir });
});
afterAll(async () => {
  await second.stop();
  await first.stop();
});

async function enterAt(
  gateway: TestGateway,
  subject: Subject,
  person: Person,
): Promise<Awaited<ReturnType<typeof enter>>> {
  return enter(speakerOf(gateway, subject), person.username, person.password);
}

describe.each(subjects)('two copies that serve $name on one database', (subject) => {
  it('take each other’s tokens', async () => {
    const person = await settle(first);
    for (const [here, there] of [
      [first, second],
      [second, first],
    ] as const) {
      const { token } = await enterAt(here, subject, person);
      expect(await look(speakerOf(there, subject, token))).toMatchObject({ username: person.username });
    }
  });

  it('see each other’s changes on the next call', async () => {
    const person = await settle(first);
    const { speaker, token } = await enterAt(first, subject, person);
    const there = speakerOf(second, subject, token);
    await look(there);
    const username = `renamed_${person.id}`;
    expect(await speaker.perform('updateProfile', { changes: { username } })).toMatchObject({ ok: true });
    expect(await look(there)).toMatchObject({ username });
  });

  it('both show a blocked user out at the next request', async () => {
    const person = await settle(first);
    const { speaker, token } = await enterAt(first, subject, person);
    const there = speakerOf(second, subject, token);
    expect([await isIn(speaker), await isIn(there)]).toEqual([true, true]);
    await second.core.setUserStatus({ userId: person.id, status: 'blocked' }, second.operator);
    expect([await isIn(speaker), await isIn(there)]).toEqual([false, false]);
  });

  it('take tokens of a new key wherever it is used, and the old ones stay good', async () => {
    const { format } = declarationOf(first, subject).accessToken;
    const tokens = new Map<string, string>();
    const signIn = async (age: string, gateway: TestGateway): Promise<void> => {
      tokens.set(age, (await enterAt(gateway, subject, await settle(gateway))).token);
    };
    const expectAllGood = async (): Promise<void> => {
      for (const gateway of [first, second]) {
        for (const [age, token] of tokens) {
          expect([age, await isIn(speakerOf(gateway, subject, token))]).toEqual([age, true]);
        }
      }
    };
    await signIn('before', first);
    if (format.kind === 'jwt') await first.keys.rotate(subject.name);
    for (const age of ['at once', 'after 4 s', 'after 8 s', 'after 12 s', 'after 16 s']) {
      for (const [name, gateway] of Object.entries({ first, second })) {
        await signIn(`${age}, at the ${name}`, gateway);
        await expectAllGood();
      }
      clock.advance(4);
    }
    if (format.kind === 'opaque') return;
    const inUse = await Promise.all([first, second].map(({ keys }) => keys.current(subject.name)));
    expect(new Set(inUse.map(({ id }) => id)).size).toBe(1);
    const [newest] = (await first.keys.list()).filter(({ door }) => door === subject.name);
    expect(inUse[0]?.id).toBe(newest?.id);
  });
});

describeSpeakersOf('signOut', 'two copies that serve $name on one database', (subject) => {
  it('both feel a sign-out at the next request', async () => {
    const person = await settle(first);
    const { speaker, token } = await enterAt(first, subject, person);
    const there = speakerOf(second, subject, token);
    expect(await isIn(there)).toBe(true);
    const command = speaker.plan('signOut', {}).calls.length > 0 ? {} : { identifier: person.username };
    expect(await there.perform('signOut', command)).toMatchObject({ ok: true });
    expect([await isIn(speaker), await isIn(there)]).toEqual([false, false]);
  });
});

describeSpeakersOf('refreshSession', 'two copies that serve $name on one database', (subject) => {
  it('take each other’s refresh tokens', async () => {
    const person = await settle(first);
    const { refreshToken } = await enterAt(first, subject, person);
    const refreshed = await speakerOf(second, subject).perform('refreshSession', {
      refreshToken: refreshToken ?? '',
    });
    if (!refreshed.ok) throw new Error(JSON.stringify(refreshed));
    const { accessToken } = refreshed.heard.grant;
    expect(await isIn(speakerOf(first, subject, accessToken))).toBe(true);
  });
});

describeSpeakersOf('listPublicKeys', 'two copies that serve $name on one database', (subject) => {
  it('publish the key of every token that either of them signs', async () => {
    const key = await first.keys.rotate(subject.name);
    clock.advance(11);
    for (const gateway of [first, second]) {
      const person = await settle(gateway);
      const { token } = await enterAt(gateway, subject, person);
      const header = JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()) as {
        kid: string;
      };
      expect(header.kid).toBe(key.id);
      for (const copy of [first, second]) {
        const listed = await speakerOf(copy, subject).perform('listPublicKeys', {});
        if (!listed.ok) throw new Error(JSON.stringify(listed));
        expect(listed.heard.keys.map(({ kid }) => kid)).toContain(header.kid);
      }
    }
  });
});
