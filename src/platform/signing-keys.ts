import {
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  generateKeyPair,
  type KeyObject,
} from 'node:crypto';
import { promisify } from 'node:util';
import type { Clock, Database, Door, PublicKey, Randomness } from '../core';

const generateKeys = promisify(generateKeyPair);

/** How long a copy may go on without having seen a rotation that another one made. */
const staleAfterMs = 5_000;

/**
 * How long a new key is only announced: every copy knows it before the first token is signed with it, clocks that are
 * a little apart allowed for.
 */
const announcedMs = 2 * staleAfterMs;

interface KeyRow {
  id: string;
  door: string;
  alg: 'HS256' | 'RS256';
  material: string;
  created_at: Date;
  retired_at: Date | null;
}

/** A key as an operator sees it: everything but the key. */
export interface KeyListing {
  id: string;
  door: string;
  alg: string;
  createdAt: Date;
  /** When it signs its last token; null for the newest key. */
  retiredAt: Date | null;
  /** When its last token ends; null for the newest key. */
  verifiesUntil: Date | null;
}

interface LoadedKey {
  id: string;
  signing: KeyObject;
  verifying: KeyObject;
  /** Null for the newest key. */
  retiresAt: Date | null;
  verifiesUntil: Date | null;
}

export interface SigningKeys {
  /** Makes the keys that a door lacks; call under the start lock. */
  ensure(): Promise<void>;
  /**
   * Announces a new key at a door, which is in use ten seconds later; the old one goes on verifying for a token's life.
   * Fails at a door without keys.
   */
  rotate(door: string): Promise<KeyListing>;
  list(): Promise<KeyListing[]>;
  /** The key that signs. */
  current(door: string): Promise<{ id: string; key: KeyObject }>;
  /** The keys that may have signed a token, the newest first; `kid` narrows to one. */
  candidates(door: string, kid: string | undefined): Promise<readonly KeyObject[]>;
  publicKeys(door: string): Promise<readonly PublicKey[]>;
  /** Another number after every change of the keys. */
  version(): number;
}

type JwtDoor = Door & { tokens: { kind: 'jwt' } };

function isJwtDoor(door: Door): door is JwtDoor {
  return door.tokens.kind === 'jwt';
}

/** Keys of the doors whose tokens are JWTs, kept in PostgreSQL, so that every copy has the same ones. */
export function createSigningKeys(
  { knex, hot }: Database,
  doors: readonly Door[],
  {
    clock,
    randomness,
    onReloadFailure,
  }: { clock: Clock; randomness: Randomness; onReloadFailure: (error: unknown) => void },
): SigningKeys {
  const jwtDoors = new Map(doors.filter(isJwtDoor).map((door) => [door.name, door]));
  let loaded: { at: number; fingerprint: string; keys: Map<string, LoadedKey[]> } | undefined;
  let loading: Promise<void> | undefined;
  let version = 0;

  function verifiesUntil(row: KeyRow): Date | null {
    const lifetime = jwtDoors.get(row.door)?.sessions.accessTokenSeconds ?? 0;
    return row.retired_at === null ? null : new Date(row.retired_at.getTime() + lifetime * 1000);
  }

  function toKey(row: KeyRow, door: JwtDoor): LoadedKey {
    const until = verifiesUntil(row);
    if (row.alg === 'HS256') {
      const suffix = door.tokens.secret?.suffix ?? '';
      const secret = createSecretKey(Buffer.from(row.material + suffix, 'utf8'));
      return {
        id: row.id,
        signing: secret,
        verifying: secret,
        retiresAt: row.retired_at,
        verifiesUntil: until,
      };
    }
    const signing = createPrivateKey(row.material);
    const verifying = createPublicKey(signing);
    return { id: row.id, signing, verifying, retiresAt: row.retired_at, verifiesUntil: until };
  }

  /**
   * By the pool that no transaction holds a connection of: a transaction that issues a token waits for the keys, and with
   * all connections held by such transactions, none would be left to read them.
   */
  async function readRows(): Promise<KeyRow[]> {
    return (await hot.query<KeyRow>('SELECT * FROM signing_keys ORDER BY created_at DESC')).rows;
  }

  async function load(): Promise<void> {
    const rows = await readRows();
    const fingerprint = rows.map((row) => `${row.id}${String(row.retired_at?.getTime())}`).join();
    if (loaded?.fingerprint === fingerprint) {
      loaded.at = clock().getTime();
      return;
    }
    const keys = new Map<string, LoadedKey[]>();
    for (const row of rows) {
      const door = jwtDoors.get(row.door);
      if (door === undefined) continue;
      const ofDoor = keys.get(row.door) ?? [];
      keys.set(
        row.door,
        row.retired_at === null ? [toKey(row, door), ...ofDoor] : [...ofDoor, toKey(row, door)],
      );
    }
    loaded = { at: clock().getTime(), fingerprint, keys };
    version += 1;
  }

  /** By the clock that retires keys; one that was set back makes them stale too. */
  function isStale({ at }: { at: number }): boolean {
    return Math.abs(clock().getTime() - at) > staleAfterMs;
  }

  async function keysOf(door: string): Promise<LoadedKey[]> {
    if (loaded === undefined || isStale(loaded)) {
      loading ??= load().finally(() => (loading = undefined));
      await loading;
    }
    const now = clock();
    return (loaded?.keys.get(door) ?? []).filter(
      (key) => key.verifiesUntil === null || key.verifiesUntil > now,
    );
  }

  /** A database that does not answer now is asked again at the next request; the known keys go on serving. */
  function refreshInBackground(): void {
    loading ??= load().finally(() => (loading = undefined));
    loading.catch(onReloadFailure);
  }

  async function newMaterial(door: JwtDoor): Promise<string> {
    if (door.tokens.alg === 'RS256') {
      const { privateKey } = await generateKeys('rsa', { modulusLength: 2048 });
      return privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
    }
    const form = door.tokens.secret;
    if (form === undefined)
      throw new Error(`${door.name} signs with a secret and does not say of which form`);
    return randomness.text(form.alphabet, form.length);
  }

  async function newRow(door: JwtDoor): Promise<KeyRow> {
    return {
      id: randomness.uuid(),
      door: door.name,
      alg: door.tokens.alg,
      material: await newMaterial(door),
      created_at: clock(),
      retired_at: null,
    };
  }

  function toListing(row: KeyRow): KeyListing {
    return {
      id: row.id,
      door: row.door,
      alg: row.alg,
      createdAt: row.created_at,
      retiredAt: row.retired_at,
      verifiesUntil: verifiesUntil(row),
    };
  }

  return {
    version: () => {
      // Asked on every request, so that a copy that meets known tokens only still learns of another copy's rotation.
      if (loaded !== undefined && isStale(loaded)) refreshInBackground();
      return version;
    },
    ensure: async () => {
      const present = new Set(
        (await readRows()).filter((row) => row.retired_at === null).map((row) => row.door),
      );
      for (const door of jwtDoors.values()) {
        if (!present.has(door.name)) await knex('signing_keys').insert(await newRow(door));
      }
      await load();
    },
    rotate: async (name) => {
      const door = jwtDoors.get(name);
      if (door === undefined) throw new Error(`${name} has no signing keys`);
      const row = await newRow(door);
      await knex.transaction(async (queries) => {
        await queries('signing_keys')
          .where({ door: name })
          .whereNull('retired_at')
          .update({ retired_at: new Date(row.created_at.getTime() + announcedMs) });
        await queries('signing_keys').insert(row);
      });
      await load();
      return toListing(row);
    },
    list: async () => (await readRows()).map(toListing),
    current: async (door) => {
      const now = clock();
      // Of the keys that are not retired, the others are announced.
      const key = (await keysOf(door)).findLast(({ retiresAt }) => retiresAt === null || retiresAt > now);
      if (key === undefined) throw new Error(`${door} has no key in use`);
      return { id: key.id, key: key.signing };
    },
    candidates: async (door, kid) =>
      (await keysOf(door)).filter(({ id }) => kid === undefined || id === kid).map((key) => key.verifying),
    publicKeys: async (door) => {
      const alg = jwtDoors.get(door)?.tokens.alg;
      if (alg !== 'RS256') return [];
      return (await keysOf(door)).map(({ id, verifying }) => ({
        ...verifying.export({ format: 'jwk' }),
        kid: id,
        alg,
        use: 'sig' as const,
      }));
    },
  };
}
