import fc from 'fast-check';
import type { PlannedCall, Speaker } from '../../src/contract';
import { foldKey, type Profile, type ProfileChanges } from '../../src/core';
import type { HeardResponse } from '../../src/dialect';
import { startGateway, type TestGateway } from '../support/gateway';
import { change, newcomerAt, plainChange } from '../support/people';
import { planner, subjects, type Subject } from '../support/subjects';

const seed = Number(process.env['SEED'] ?? Date.now() % 2 ** 31);
const numRuns = Number(process.env['RUNS'] ?? 100);

jest.setTimeout(600 * numRuns);

type Field = keyof ProfileChanges & keyof Profile;

const fields: readonly Field[] = [
  'username',
  'nickname',
  'realName',
  'firstName',
  'lastName',
  'bio',
  'gender',
  'email',
  'phone',
  'avatar',
  'locale',
];

/** Where a field stands on the wire: the call that carries it, and the member of the call's body. */
interface Carrier {
  call: PlannedCall;
  member: string;
}

function membersOf(call: PlannedCall | undefined): Record<string, unknown> {
  return (call?.said.body ?? {}) as Record<string, unknown>;
}

/**
 * The carrier of a field in a dialect, by its own `say`. A field that is not said alone is found by what it adds to
 * another; a field that no call can say has no carrier.
 */
function carrierOf(speaker: Speaker, field: Field): Carrier | undefined {
  const alone = speaker.plan('updateProfile', { changes: plainChange(field) });
  if (alone.unsaid.length === 0) {
    const [call] = alone.calls;
    const [member] = Object.keys(membersOf(call));
    return call === undefined || member === undefined ? undefined : { call, member };
  }
  for (const other of fields) {
    const changes = { ...plainChange(other), ...plainChange(field) };
    const both = speaker.plan('updateProfile', { changes });
    if (both.unsaid.length > 0 || both.calls.length !== 1) continue;
    const beside = membersOf(speaker.plan('updateProfile', { changes: plainChange(other) }).calls[0]);
    const [call] = both.calls;
    const member = Object.keys(membersOf(call)).find((name) => !(name in beside));
    if (call !== undefined && member !== undefined) return { call, member };
  }
  return undefined;
}

const loneSurrogates = fc.constantFrom('\ud800', 'a\udfff', '\udc00\ud800', 'x\ud83d', '\ude00y');
const spaces = fc.constantFrom(' ', '\t', '\n', '\u0085', '\u00a0', '\u2003', '\u3000', '\ufeff', '\u200b');
const padded = fc
  .tuple(spaces, fc.string({ unit: 'grapheme', maxLength: 12 }), spaces)
  .map((parts) => parts.join(''));
const numbers = fc.string({ unit: fc.constantFrom(...Array.from('0123456789+-(). ')), maxLength: 24 });
const wordly = fc.string({ unit: fc.constantFrom(...Array.from('abcXYZ0123456789_-.:+@ ')), maxLength: 66 });
const addresses = fc
  .tuple(
    fc.string({ unit: fc.constantFrom(...Array.from("aB1._%+-'é王@ ")), maxLength: 20 }),
    fc.constantFrom('example.com', 'Ex-Ample.CO', 'x', '例え.jp', 'a..b', ''),
  )
  .map(([local, domain]) => `${local}@${domain}`);
const webAddresses = fc.oneof(
  fc.webUrl({ withQueryParameters: true, withFragments: true }),
  fc.constantFrom(
    'uploads/user/1.webp',
    '/uploads/user/1.webp',
    '//evil.example/a',
    'javascript:alert(1)',
    'http://',
    'https:// a',
  ),
);
const mobiles = fc
  .tuple(
    fc.constantFrom('', '+86', '+86 ', '0086', '+1 ', '+44'),
    fc.integer({ min: 130_0000_0000, max: 199_9999_9999 }),
  )
  .map(([prefix, number]) => `${prefix}${number}`);

const texts = fc.oneof(
  { weight: 4, arbitrary: fc.string({ unit: 'grapheme', maxLength: 40 }) },
  { weight: 3, arbitrary: wordly },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 70 }) },
  { weight: 2, arbitrary: padded },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 30, maxLength: 1100, size: 'max' }) },
  { weight: 1, arbitrary: loneSurrogates },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 8 }).map((text) => `${text}\u0000`) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '',
      ' ',
      'null',
      'undefined',
      '__proto__',
      'constructor',
      '𠮷'.repeat(48),
      'ﬀ',
      'İ',
    ),
  },
);

const particular: Readonly<Partial<Record<Field, fc.Arbitrary<string>>>> = {
  email: addresses,
  phone: fc.oneof(mobiles, numbers),
  avatar: webAddresses,
  gender: fc.constantFrom('MALE', 'FEMALE', 'male', 'Male', 'OTHER'),
};

const notTexts = fc.oneof(
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constant(null),
  fc.array(fc.string(), { maxLength: 3 }),
  fc.dictionary(fc.string(), fc.string(), { maxKeys: 3 }),
);

function valuesFor(field: Field): fc.Arbitrary<unknown> {
  const own = particular[field];
  const strings =
    own === undefined ? texts : fc.oneof({ weight: 3, arbitrary: own }, { weight: 2, arbitrary: texts });
  return fc.oneof({ weight: 6, arbitrary: strings }, { weight: 1, arbitrary: notTexts });
}

/** Everything that the wire shows of the caller, as its client hears it and as it stands in the answer. */
async function see(speaker: Speaker): Promise<{ profile: Partial<Profile>; body: unknown }> {
  const outcome = await speaker.perform('getProfile', {});
  if (!outcome.ok) throw new Error(JSON.stringify(outcome));
  return { profile: outcome.heard, body: outcome.response.body };
}

/** Whether `canonical` is what an accepted `value` may have become, judged without the codec. */
function isCanonicalOf(field: Field, value: string, canonical: unknown): boolean {
  if (field === 'gender') return value === '' ? canonical === null : value.toLowerCase() === canonical;
  if (field === 'phone') {
    const digits = value.normalize('NFKC').replace(/\D/g, '').replace(/^0+/, '');
    return typeof canonical === 'string' && /^\+\d{5,15}$/.test(canonical) && digits.length > 0
      ? canonical.endsWith(digits) || digits.endsWith(canonical.slice(1)) || canonical.slice(1) === digits
      : false;
  }
  if (typeof canonical !== 'string') return false;
  // What a wire trims is white space of some kind, and nothing else is ever taken away.
  const start = value.indexOf(canonical);
  const edges = value.slice(0, start) + value.slice(start + canonical.length);
  return start !== -1 && /^[\s\u0085\ufeff]*$/u.test(edges);
}

describe(`seed ${seed}`, () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startGateway();
  });
  afterAll(() => gateway.stop());

  async function send(speaker: Speaker, { call, member }: Carrier, value: unknown): Promise<HeardResponse> {
    return speaker.send({ ...call, said: { ...call.said, body: { [member]: value } } });
  }

  /** One value, from the wire into the core and back, and once more in the form in which it came back. */
  async function roundTrip(
    subject: Subject,
    speaker: Speaker,
    field: Field,
    carrier: Carrier,
    value: unknown,
  ): Promise<void> {
    const before = await see(speaker);
    const { status, body } = await send(speaker, carrier, value);
    const { reads = (text: string) => text } = subject.contract;
    const read = typeof value === 'string' ? reads(value) : value;
    const after = await see(speaker);
    const verdict = subject.contract.judge(status, body);
    expect(verdict).not.toBe('foreign');
    expect(status).toBeLessThan(500);
    if (verdict === 'failure') {
      expect(after).toEqual(before);
      return;
    }
    const canonical = after.profile[field];
    const isUnchanged = canonical === before.profile[field];
    const isBlank = typeof read === 'string' && /^[\s\u0085\ufeff]*$/u.test(read);
    // Absent, or nothing but blanks where the wire does not clear: the value stays.
    if (isUnchanged && (read === null || isBlank)) return;
    if (isBlank && (canonical === '' || canonical === null)) return;
    expect(typeof read).toBe('string');
    if (!isUnchanged || read !== canonical) {
      expect([read, canonical, isCanonicalOf(field, read as string, canonical)]).toEqual([
        read,
        canonical,
        true,
      ]);
    }
    if (canonical === null || canonical === '' || canonical === undefined) return;
    const again = await change(gateway, speaker, { [field]: canonical });
    if (again === null) {
      // Said only beside another field: as the wire showed it.
      const shown = await send(speaker, carrier, canonical);
      expect(subject.contract.judge(shown.status, shown.body)).toBe('success');
    } else {
      expect(again).toMatchObject({ ok: true });
    }
    expect((await see(speaker)).profile).toEqual(after.profile);
  }

  describe.each(subjects)('$name', (subject) => {
    const offline = planner(subject);
    const carried = fields.flatMap((field) => {
      const carrier = carrierOf(offline, field);
      return carrier === undefined ? [] : [{ field, carrier }];
    });

    it('has fields to write', () => {
      expect(carried.length).toBeGreaterThan(0);
    });

    it.each(carried)(
      '$field: an accepted value comes back in its canonical form, any other changes nothing',
      async ({ field, carrier }) => {
        const { speaker } = await newcomerAt(gateway, subject);
        await fc.assert(
          fc.asyncProperty(valuesFor(field), (value) => roundTrip(subject, speaker, field, carrier, value)),
          { seed, numRuns },
        );
      },
    );

    if (!offline.speaks('changeEmail')) return;
    it('email, by a code: the same', async () => {
      const { speaker } = await newcomerAt(gateway, subject);
      await fc.assert(
        fc.asyncProperty(fc.oneof(addresses, texts), async (email) => {
          await gateway.sql('DELETE FROM verification_sends');
          const before = await see(speaker);
          const asked = await speaker.perform('requestEmailChange', { email, language: 'en' });
          expect(await see(speaker)).toEqual(before);
          if (!asked.ok) return;
          const code = await newestCode(gateway);
          expect(await speaker.perform('changeEmail', { email, code })).toMatchObject({ ok: true });
          const after = await look(speaker);
          expect(after).toEqual({ ...before.profile, email });
          expect(foldKey(after.email ?? '')).toBe(foldKey(email));
        }),
        { seed, numRuns },
      );
    });
  });
});

async function look(speaker: Speaker): Promise<Partial<Profile>> {
  return (await see(speaker)).profile;
}

/** The code of the newest mail, whoever it is to: mail programs fold addresses in ways of their own. */
async function newestCode(gateway: TestGateway): Promise<string> {
  const mails = await gateway.outbox();
  const code = mails.flatMap(({ text }) => /^\s*(\d{6})\s*$/m.exec(text)?.[1] ?? []).at(-1);
  if (code === undefined) throw new Error('no mail holds a code');
  return code;
}
