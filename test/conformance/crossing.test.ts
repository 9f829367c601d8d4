import sharp from 'sharp';
import type { Speaker } from '../../src/contract';
import type { Gender, Profile, ProfileChanges } from '../../src/core';
import { startGateway, type TestGateway } from '../support/gateway';
import { canChange, change, enter, isIn, look, settle, stranger, type Person } from '../support/people';
import { recover, register } from '../support/journeys';
import {
  allSubjects,
  describeSpeakersOf,
  environmentFor,
  planner,
  speakerOf,
  subjects,
  type Subject,
} from '../support/subjects';

/** What more than one dialect can write or show. */
type TextField = 'username' | 'nickname' | 'bio';
type SharedField = TextField | 'email' | 'phone' | 'gender' | 'avatar';

const family = '👩‍👩‍👧‍👦';

/** Texts that every wire takes where text is free. At most 32 bytes, for the narrowest. */
const freeTexts = [
  ['Chinese', '王小明的昵称'],
  ['an emoji of four people', `${family}a`],
  ['a flag', '🇨🇳🇪🇺'],
  ['combining marks', 'Zoe\u0308 a\u030a\u0323'],
  ['the same marks composed', 'Zo\u00eb \u1ea1\u030a'],
  ['right to left', 'שלום עולם'],
  ['both directions', 'abc \u202bمرحبا\u202c def'],
  ['quotes and angles', `"<b>'\\/&amp;%00`],
  ['a line break', 'one\ntwo'],
] as const;

/** User names: not every dialect lets one choose each of them, but each shows and signs in what another took. */
const usernames = [
  ['two letters', 'ab'],
  ['48 letters', 'a'.repeat(48)],
  ['64 letters', 'b'.repeat(64)],
  ['Chinese', '王小明'],
  ['an emoji of four people', `${family}x`],
  ['combining marks', 'Zoe\u0308'],
  ['right to left', 'שלום'],
  ['mixed case', 'MixedCase_Name'],
  ['blanks and dots', 'a b.c:d+e'],
] as const;

const emails = [
  ['mixed case', 'Mixed.Case@Example.COM'],
  ['a tag', 'name+tag@example.com'],
  ['a short one', 'a@b.co'],
  ['40 characters', `${'x'.repeat(28)}@example.com`],
] as const;

/** As a person writes it → E.164. */
const phones = [
  ['national', '13800138000', '+8613800138000'],
  ['international', '+86 13800138001', '+8613800138001'],
  ['E.164', '+8613800138002', '+8613800138002'],
  ['American', '+1 2025550123', '+12025550123'],
  ['German', '+49 15123456789', '+4915123456789'],
] as const;

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.stop());

/** One person behind every door at once. */
async function enterEverywhere(person: Person, doors: readonly Subject[]): Promise<Map<string, Speaker>> {
  const inside = new Map<string, Speaker>();
  for (const subject of doors) {
    const { speaker } = await enter(speakerOf(gateway, subject), person.username, person.password);
    inside.set(subject.name, speaker);
  }
  return inside;
}

function at(inside: Map<string, Speaker>, { name }: Subject): Speaker {
  const speaker = inside.get(name);
  if (speaker === undefined) throw new Error(`nobody is signed in at ${name}`);
  return speaker;
}

/** Whether the dialect shows the field of a user who has it. */
async function shows(reader: Speaker, field: SharedField): Promise<boolean> {
  return field in (await look(reader));
}

const canWrite = (subject: Subject, field: SharedField): boolean => canChange(planner(subject), field);

/** Writes through one door and, if that was accepted, expects the other to show exactly `shown`. */
async function cross(
  writer: Speaker,
  reader: Speaker,
  { changes, shown }: { changes: ProfileChanges; shown: Partial<Profile> },
): Promise<boolean> {
  const before = await look(reader);
  const outcome = await change(gateway, writer, changes);
  if (outcome === null) throw new Error(`there are no words for ${JSON.stringify(changes)}`);
  const visible = Object.fromEntries(Object.entries(shown).filter(([field]) => field in before));
  expect(await look(reader)).toEqual(outcome.ok ? { ...before, ...visible } : before);
  return outcome.ok;
}

/** Whoever has a value makes room for the next. */
async function forget(): Promise<void> {
  await gateway.sql('TRUNCATE users, verification_codes, verification_sends CASCADE');
}

const pairs = subjects.flatMap((writer) => allSubjects.map((reader) => ({ writer, reader })));
const pairTitle = 'written through $writer.name and read through $reader.name';

describe.each(pairs)(pairTitle, ({ writer, reader }) => {
  let writing: Speaker;
  let reading: Speaker;
  beforeAll(async () => {
    const inside = await enterEverywhere(await settle(gateway), [...new Set([writer, reader])]);
    writing = at(inside, writer);
    reading = at(inside, reader);
  });
  afterAll(forget);

  const titled = <T extends readonly unknown[]>(rows: readonly T[]) => rows.map((row) => [...row] as const);

  for (const field of ['nickname', 'bio'] as const) {
    if (!canWrite(writer, field)) continue;
    it.each(titled(freeTexts))(`${field}: %s`, async (_, text) => {
      expect(await cross(writing, reading, { changes: { [field]: text }, shown: { [field]: text } })).toBe(
        true,
      );
    });

    it(`${field}: the shortest and the longest that the writer takes`, async () => {
      const lengths = await measureLengths(writer, field);
      for (const length of lengths) {
        const text = '王'.repeat(length);
        expect(await cross(writing, reading, { changes: { [field]: text }, shown: { [field]: text } })).toBe(
          true,
        );
      }
    });
  }

  if (canWrite(writer, 'username')) {
    it.each(titled(usernames))('username: %s', async (_, username) => {
      await cross(writing, reading, { changes: { username }, shown: { username } });
    });
  }

  if (canWrite(writer, 'email')) {
    it.each(titled(emails))('email: %s', async (_, email) => {
      expect(await cross(writing, reading, { changes: { email }, shown: { email } })).toBe(true);
    });
  }

  if (canWrite(writer, 'phone')) {
    it.each(titled(phones))('phone: %s', async (_, phone, e164) => {
      expect(await cross(writing, reading, { changes: { phone }, shown: { phone: e164 } })).toBe(true);
    });
  }

  if (canWrite(writer, 'gender')) {
    it.each<[Gender | null]>([['male'], ['female'], [null]])('gender: %s', async (gender) => {
      expect(await cross(writing, reading, { changes: { gender }, shown: { gender } })).toBe(true);
    });
  }

  if (canWrite(writer, 'avatar')) {
    it.each(['https://example.com/王.png?a=b', ''])('avatar: %s', async (avatar) => {
      expect(await cross(writing, reading, { changes: { avatar }, shown: { avatar } })).toBe(true);
    });
  }
});

/** The fewest and the most characters of a script of three bytes each that the dialect takes, found by trying. */
const measured = new Map<string, Promise<readonly number[]>>();
function measureLengths(subject: Subject, field: TextField): Promise<readonly number[]> {
  const key = `${subject.name} ${field}`;
  const known = measured.get(key) ?? tryLengths(subject, field);
  measured.set(key, known);
  return known;
}

async function tryLengths(subject: Subject, field: TextField): Promise<readonly number[]> {
  const person = await settle(gateway);
  const { speaker } = await enter(speakerOf(gateway, subject), person.username, person.password);
  const takes = async (length: number): Promise<boolean> =>
    (await speaker.perform('updateProfile', { changes: { [field]: '王'.repeat(length) } })).ok;
  let shortest = 1;
  while (!(await takes(shortest))) shortest += 1;
  let longest = shortest;
  let tooLong = 2048;
  while (tooLong - longest > 1) {
    const middle = Math.floor((longest + tooLong) / 2);
    if (await takes(middle)) longest = middle;
    else tooLong = middle;
  }
  return [shortest, longest];
}

describe('what only some dialects allow', () => {
  afterEach(forget);

  describe.each(subjects)('a user name that some other dialect would not allow, at $name', (subject) => {
    it.each(usernames)('%s signs in and is shown', async (_, username) => {
      const person = await settle(gateway, { username });
      const { speaker, userId } = await enter(speakerOf(gateway, subject), username, person.password);
      expect(userId).toBe((await gateway.core.findUser({ identifier: username }, gateway.operator)).user.id);
      expect(await look(speaker)).toMatchObject({ username });
    });

    it('is kept when the caller sends it back unchanged', async () => {
      const person = await settle(gateway, { username: 'ab' });
      const { speaker } = await enter(speakerOf(gateway, subject), 'ab', person.password);
      const outcome = await speaker.perform('updateProfile', { changes: { username: 'ab' } });
      expect(outcome).toMatchObject({ ok: true });
      expect(await look(speaker)).toMatchObject({ username: 'ab' });
    });
  });

  it.each(usernames)(
    'the user name of %s is one that some dialect lets people choose',
    async (_, username) => {
      const takers: string[] = [];
      for (const subject of allSubjects) {
        await forget();
        const person = await settle(gateway);
        const { speaker } = await enter(speakerOf(gateway, subject), person.username, person.password);
        if ((await speaker.perform('updateProfile', { changes: { username } })).ok) takers.push(subject.name);
      }
      expect(takers).not.toEqual([]);
    },
  );
});

describe('one person behind every door', () => {
  afterEach(forget);

  it('is the same user with the same password, whatever identifier they type', async () => {
    const person = await settle(gateway);
    for (const subject of allSubjects) {
      for (const identifier of [person.username, person.email, person.phone]) {
        const { userId } = await enter(speakerOf(gateway, subject), identifier, person.password);
        expect(userId).toBe(person.id);
      }
    }
  });

  it.each(allSubjects.filter((subject) => planner(subject).speaks('registerUser')))(
    'signs in everywhere after registering at $name',
    async (subject) => {
      const person = stranger();
      const outcome = await register(gateway, speakerOf(gateway, subject), person);
      expect(outcome).toMatchObject({ ok: true });
      const { username, email, phone, password } = person;
      for (const door of allSubjects) {
        const { speaker } = await enter(speakerOf(gateway, door), username, password);
        expect(await look(speaker)).toMatchObject({
          username,
          email,
          ...(!outcome.unsaid.includes('phone') && { phone }),
        });
      }
    },
  );

  it.each(subjects)('sees a change made at $name at once through all the others', async (subject) => {
    const person = await settle(gateway);
    const inside = await enterEverywhere(person, allSubjects);
    const changes = { username: 'renamed_person', nickname: '新名字', bio: 'new bio' };
    const { unsaid } = at(inside, subject).plan('updateProfile', { changes });
    const outcome = await at(inside, subject).perform('updateProfile', { changes });
    expect(outcome).toMatchObject({ ok: true });
    const made = Object.entries(changes).filter(([field]) => !unsaid.includes(field));
    for (const door of allSubjects) {
      const profile = await look(at(inside, door));
      for (const [field, value] of made) {
        if (field in profile) expect([door.name, profile]).toMatchObject([door.name, { [field]: value }]);
      }
    }
  });

  it.each(subjects)('is out at every door, at the next request, once blocked ($name)', async (subject) => {
    const person = await settle(gateway);
    const inside = await enterEverywhere(person, allSubjects);
    await gateway.core.setUserStatus({ userId: person.id, status: 'blocked' }, gateway.operator);
    expect(await isIn(at(inside, subject))).toBe(false);
    const again = await speakerOf(gateway, subject).perform('signIn', {
      identifier: person.username,
      password: person.password,
    });
    expect(again).toMatchObject({ ok: false, ...subject.contract.problems['user_blocked'] });
  });

  describeSpeakersOf('signOut', 'who signs out at $name', (subject) => {
    it('stays in at the other doors', async () => {
      const person = await settle(gateway);
      const inside = await enterEverywhere(person, allSubjects);
      const leaving = at(inside, subject);
      const named = leaving.plan('signOut', {}).calls.length > 0 ? {} : { identifier: person.username };
      expect(await leaving.perform('signOut', named)).toMatchObject({ ok: true });
      for (const door of allSubjects) {
        expect([door.name, await isIn(at(inside, door))]).toEqual([door.name, door !== subject]);
      }
    });
  });

  it.each(subjects)('carries no token of $name through another door', async (subject) => {
    const person = await settle(gateway);
    const { token } = await enter(speakerOf(gateway, subject), person.username, person.password);
    for (const door of allSubjects.filter((other) => other !== subject)) {
      expect([door.name, await isIn(speakerOf(gateway, door, token))]).toEqual([door.name, false]);
    }
  });
});

describe.each(pairs)('registered through $writer.name', ({ writer, reader }) => {
  let mailing: TestGateway;
  beforeAll(async () => {
    const { connection, dataDir, clock } = gateway;
    mailing = await startGateway({ connection, dataDir, clock, environment: environmentFor('requestCode') });
  });
  afterAll(() => mailing.stop());

  it(
    'signed in, recovered and renamed through $reader.name'.replace('$reader.name', reader.name),
    async () => {
      const person = stranger();
      expect(await register(gateway, speakerOf(gateway, writer), person)).toMatchObject({ ok: true });
      const { username, email, password } = person;
      const first = await enter(speakerOf(gateway, reader), username, password);
      expect(await look(first.speaker)).toMatchObject({ username, email });

      // Registering may have sent a code to the same address.
      gateway.clock.advance(61);
      const recovered = await recover(mailing, speakerOf(mailing, reader), email, 'Changed_123');
      expect(recovered).toMatchObject({ ok: true });
      expect(await isIn(first.speaker)).toBe(false);

      const { speaker, userId } = await enter(speakerOf(gateway, reader), email, 'Changed_123');
      expect(userId).toBe(first.userId);
      const renamed = stranger().username;
      expect(await speaker.perform('updateProfile', { changes: { username: renamed } })).toMatchObject({
        ok: true,
      });
      const back = await enter(speakerOf(gateway, writer), renamed, 'Changed_123');
      expect(back.userId).toBe(userId);
      expect(await look(back.speaker)).toMatchObject({ username: renamed });
    },
  );
});

describeSpeakersOf('replaceAvatar', 'a picture uploaded through $name', (subject) => {
  it.each(allSubjects)('is shown by $name as an address that opens, if it shows pictures', async (reader) => {
    const person = await settle(gateway);
    const inside = await enterEverywhere(person, [...new Set([subject, reader])]);
    const image = await sharp({ create: { width: 300, height: 200, channels: 3, background: '#c0ffee' } })
      .png()
      .toBuffer();
    const uploaded = await at(inside, subject).perform('replaceAvatar', { image });
    if (!uploaded.ok) throw new Error(JSON.stringify(uploaded));
    const seen = await at(inside, reader).perform('getProfile', {});
    if (!seen.ok) throw new Error(JSON.stringify(seen));
    if (!(await shows(at(inside, reader), 'avatar'))) return;

    expect(seen.heard).toMatchObject({ avatar: uploaded.heard.avatar });
    const absolute = `${gateway.url}/${uploaded.heard.avatar}`;
    expect(JSON.stringify(seen.response.body)).toContain(`"${absolute}"`);
    const picture = await fetch(absolute);
    expect(picture.status).toBe(200);
    const { width, height } = await sharp(Buffer.from(await picture.arrayBuffer())).metadata();
    expect([width, height]).toEqual([256, 256]);
  });
});
