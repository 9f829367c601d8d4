import type * as argon2Library from '@node-rs/argon2';
import type * as bcryptLibrary from '@node-rs/bcrypt';
import { createPasswords } from '../../src/platform/passwords';

type Argon2 = typeof argon2Library;
type Bcrypt = typeof bcryptLibrary;

// The real libraries, as objects whose functions can be watched.
jest.mock('@node-rs/argon2', () => ({ ...jest.requireActual<Argon2>('@node-rs/argon2') }));
jest.mock('@node-rs/bcrypt', () => ({ ...jest.requireActual<Bcrypt>('@node-rs/bcrypt') }));
const argon2 = jest.requireMock<Argon2>('@node-rs/argon2');
const bcrypt = jest.requireMock<Bcrypt>('@node-rs/bcrypt');

const passwords = createPasswords();
/** Argon2id of `correct horse` with the parameters of today. */
let stored = '';

const argon2Checks = jest.spyOn(argon2, 'verify');
const bcryptChecks = jest.spyOn(bcrypt, 'verify');

beforeAll(async () => {
  stored = await passwords.hash('correct horse');
});
beforeEach(() => jest.clearAllMocks());

const failed = { matches: false, outdated: false };

/** The parameters of the argon2 hashes that were checked since the test began. */
function work(): { memoryCost: number; timeCost: number; parallelism: number }[] {
  return argon2Checks.mock.calls.map(([hash]) => {
    const { memoryCost, timeCost, parallelism } = argon2.parseOptions(hash);
    return { memoryCost, timeCost, parallelism };
  });
}
const once = [{ memoryCost: 19_456, timeCost: 2, parallelism: 1 }];

test('a new hash is argon2id with 19 MiB, two passes and one lane, salted', async () => {
  expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
  expect(await passwords.hash('correct horse')).not.toBe(stored);
});

test('the password matches its hash and is not outdated', async () => {
  expect(await passwords.verify('correct horse', stored)).toEqual({ matches: true, outdated: false });
  expect(work()).toEqual(once);
});

test.each(['correct hors', 'Correct horse', 'correct horse ', ''])(
  'another password does not match: %p',
  async (other) => {
    expect(await passwords.verify(other, stored)).toEqual(failed);
    expect(work()).toEqual(once);
  },
);

test('passwords beyond ASCII and beyond 72 bytes are told apart by argon2', async () => {
  const long = `密码🔑${'x'.repeat(100)}`;
  const hash = await passwords.hash(`${long}1`);
  expect(await passwords.verify(`${long}1`, hash)).toEqual({ matches: true, outdated: false });
  expect(await passwords.verify(`${long}2`, hash)).toEqual(failed);
});

test('a user without a password costs the work of one check', async () => {
  expect(await passwords.verify('anything', null)).toEqual(failed);
  expect(work()).toEqual(once);
});

test('an imported bcrypt hash matches and is outdated', async () => {
  const vector = '$2a$04$oHBNr3IxvjMaJ9kX45QhZuIfMZuEnodZOIdyj35WCCh/L8QFX7zzW';
  expect(await passwords.verify('12345678', vector)).toEqual({ matches: true, outdated: true });
  expect(await passwords.verify('12345678', vector.replace('$2a$', '$2b$'))).toEqual({
    matches: true,
    outdated: true,
  });
  expect(await passwords.verify('12345678', vector.replace('$2a$', '$2y$'))).toEqual({
    matches: true,
    outdated: true,
  });
  expect(argon2Checks).not.toHaveBeenCalled();
});

test('a failed bcrypt check is followed by the work of any other failure', async () => {
  const hash = bcrypt.hashSync('12345678', { cost: 5 });
  expect(await passwords.verify('87654321', hash)).toEqual(failed);
  expect(bcryptChecks).toHaveBeenCalledTimes(1);
  expect(work()).toEqual(once);
});

test('bcrypt never sees a password over 72 bytes, because it would cut it off', async () => {
  const hash = bcrypt.hashSync('é'.repeat(36), { cost: 4 });
  expect(await passwords.verify('é'.repeat(36), hash)).toEqual({ matches: true, outdated: true });
  expect(await passwords.verify(`${'é'.repeat(36)}x`, hash)).toEqual(failed);
  expect(bcryptChecks).toHaveBeenCalledTimes(1);
  expect(work()).toEqual(once);
});

test('bcrypt of cost 15 is checked, of cost 16 it is not', async () => {
  bcryptChecks.mockResolvedValue(true);
  const salted = '.'.repeat(53);
  expect(await passwords.verify('12345678', `$2b$15$${salted}`)).toEqual({ matches: true, outdated: true });
  expect(await passwords.verify('12345678', `$2b$16$${salted}`)).toEqual(failed);
  expect(await passwords.verify('12345678', `$2b$03$${salted}`)).toEqual(failed);
  expect(bcryptChecks).toHaveBeenCalledTimes(1);
  bcryptChecks.mockReset().mockImplementation(jest.requireActual<Bcrypt>('@node-rs/bcrypt').verify);
});

test.each([
  '',
  'plain text',
  '5f4dcc3b5aa765d61d8327deb882cf99',
  '$2x$04$oHBNr3IxvjMaJ9kX45QhZuIfMZuEnodZOIdyj35WCCh/L8QFX7zzW',
  '$2a$04$oHBNr3IxvjMaJ9kX45QhZuIfMZuEnodZOIdyj35WCCh/L8QFX7zz',
  '$2a$04$oHBNr3IxvjMaJ9kX45QhZuIfMZuEnodZOIdyj35WCCh/L8QFX7zzW\n',
  '$argon2id$',
  '$argon2id$v=19$m=19456,t=2,p=1$AAAA$AA',
  `$argon2id$v=19$m=4194304,t=2,p=1$${'A'.repeat(22)}$${'A'.repeat(43)}`,
  `$argon2id$v=19$m=19456,t=4000000000,p=1$${'A'.repeat(22)}$${'A'.repeat(43)}`,
  '$scrypt$ln=16,r=8,p=1$aM15713r3Xsvxbi31lqr1Q$nFNh2CVHVjNldFVKDHDlm4CbdRSCdEBsjjJxD+iCs5E',
])('a hash of no known form, or too costly to check, matches nothing at the same cost: %p', async (hash) => {
  expect(await passwords.verify('12345678', hash)).toEqual(failed);
  expect(work()).toEqual(once);
});

test.each([
  ['less memory', { algorithm: 2, memoryCost: 4_096 }],
  ['more memory', { algorithm: 2, memoryCost: 32_768 }],
  ['other passes', { algorithm: 2, memoryCost: 19_456, timeCost: 3 }],
  ['other lanes', { algorithm: 2, memoryCost: 19_456, parallelism: 2 }],
  ['argon2i', { algorithm: 1, memoryCost: 19_456 }],
  ['a shorter hash', { algorithm: 2, memoryCost: 19_456, outputLen: 16 }],
] as const)('an argon2 hash with %s matches and is outdated', async (_, options) => {
  const hash = await argon2.hash('correct horse', options);
  expect(await passwords.verify('correct horse', hash)).toEqual({ matches: true, outdated: true });
  argon2Checks.mockClear();
  expect(await passwords.verify('wrong horse', hash)).toEqual(failed);
  expect(work().at(-1)).toEqual(once[0]);
});

test('at most four hashes are made or checked at once', async () => {
  let running = 0;
  let most = 0;
  const counted = async <T>(result: T): Promise<T> => {
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setTimeout(resolve, 5));
    running -= 1;
    return result;
  };
  const hashing = jest.spyOn(argon2, 'hash').mockImplementation(() => counted('hash'));
  argon2Checks.mockImplementation(() => counted(true));
  await Promise.all(
    Array.from({ length: 10 }, (_, index) =>
      index % 2 === 0 ? passwords.hash('password') : passwords.verify('password', stored),
    ),
  );
  hashing.mockRestore();
  argon2Checks.mockRestore();
  expect(most).toBe(4);
});
