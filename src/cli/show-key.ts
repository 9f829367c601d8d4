import type { KeyListing } from '../platform/signing-keys';

/** A key for programs: everything but the key. */
export function keyJson(key: KeyListing): Readonly<Record<string, unknown>> {
  return {
    id: key.id,
    dialect: key.door,
    algorithm: key.alg,
    createdAt: key.createdAt,
    retiredAt: key.retiredAt,
    verifiesUntil: key.verifiesUntil,
  };
}
