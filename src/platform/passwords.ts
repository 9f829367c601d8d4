import { hash as hashArgon2, parseOptions, verify as verifyArgon2 } from '@node-rs/argon2';
import type { Passwords } from '../core';
import { createLimit } from './limit';

/** Argon2id with 19 MiB, two passes, one lane. `algorithm` and `version` are numbers of the library's ambient enums. */
const current = { algorithm: 2, version: 1, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Every hash in work holds 19 MiB. */
const hashesAtOnce = 4;

/** Imported argon2 hashes beyond these are refused: four of them at once could take the machine. */
const mostMemory = 262_144;
const mostPasses = 16;
const mostLanes = 16;

/** Cost 15 takes about two seconds of one core; every further step doubles it. */
const mostBcryptCost = 15;

/** bcrypt reads no further; a longer password would match by its beginning alone. */
const bcryptBytes = 72;

const bcryptForm = /^\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53}$/;

/** A hash of no password. Checking against it is the work that every failed check costs, whatever its reason. */
const nobody = `$argon2id$v=19$m=${current.memoryCost},t=${current.timeCost},p=${current.parallelism}$${'A'.repeat(22)}$${'A'.repeat(43)}`;

/** Loaded with the first imported hash that is met. */
async function verifyBcrypt(password: string, stored: string): Promise<boolean> {
  const { verify } = await import('@node-rs/bcrypt');
  return verify(password, stored);
}

const failed = { matches: false, outdated: false };

/** Parameters of an argon2 hash; undefined when it is none, or one that would cost too much to check. */
function readArgon2(stored: string): { outdated: boolean } | undefined {
  if (!stored.startsWith('$argon2')) return undefined;
  try {
    const found = parseOptions(stored);
    if (found.memoryCost > mostMemory || found.timeCost > mostPasses || found.parallelism > mostLanes)
      return undefined;
    return {
      outdated:
        !stored.startsWith('$argon2id$v=19$') ||
        found.memoryCost !== current.memoryCost ||
        found.timeCost !== current.timeCost ||
        found.parallelism !== current.parallelism ||
        found.outputLen < 32 ||
        found.saltLen < 16,
    };
  } catch {
    // What the parser refuses is no argon2 hash; `verify` answers false for it.
    return undefined;
  }
}

/** Whether bcrypt can be asked about this pair at all. */
function fitsBcrypt(password: string, stored: string): boolean {
  const cost = bcryptForm.exec(stored)?.[1];
  if (cost === undefined || Number(cost) < 4 || Number(cost) > mostBcryptCost) return false;
  return Buffer.byteLength(password, 'utf8') <= bcryptBytes;
}

/**
 * Password hashes as PHC strings (argon2id), and imported bcrypt hashes (`$2a$`, `$2b$`, `$2y$`) up to cost 15. A
 * password that matches an imported hash, or an argon2 hash of other parameters, is reported as outdated. A failed check
 * ends with the work of one argon2 hash, whether the user is unknown, has no password, an unreadable or an outdated hash.
 */
export function createPasswords(): Passwords {
  const limit = createLimit(hashesAtOnce);

  const fail = async (password: string): Promise<typeof failed> => {
    await verifyArgon2(nobody, password);
    return failed;
  };

  const check = async (
    password: string,
    stored: string,
  ): Promise<{ matches: boolean; outdated: boolean }> => {
    const argon2 = readArgon2(stored);
    if (argon2 !== undefined) {
      if (await verifyArgon2(stored, password)) return { matches: true, outdated: argon2.outdated };
      return argon2.outdated ? fail(password) : failed;
    }
    if (fitsBcrypt(password, stored) && (await verifyBcrypt(password, stored)))
      return { matches: true, outdated: true };
    return fail(password);
  };

  return {
    hash: (password) => limit(() => hashArgon2(password, current)),
    verify: (password, stored) => limit(() => (stored === null ? fail(password) : check(password, stored))),
  };
}
