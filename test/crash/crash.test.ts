import { randomInt } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { attachEmbeddedPostgres } from '../../src/platform/embedded-postgres';
import {
  idiomJson,
  makePlace,
  serve,
  stopServing,
  type Place,
  type ServeProcess,
} from '../support/command-line';
import { wires, type Wire, type Write } from '../support/wires';

const rounds = 20;
const password = 'correct horse';
const all: readonly Wire[] = Object.values(wires);

/** What one field may hold after a crash: the last value that was acknowledged, or the one on its way. */
interface Expected {
  acknowledged: string;
  inFlight: string | undefined;
}

type Tokens = ReadonlyMap<Wire, string>;

/** Numbers from 0 up to 1, the same for the same seed (mulberry32). */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

async function signInEverywhere(url: string): Promise<Tokens> {
  const tokens = new Map<Wire, string>();
  for (const wire of all) tokens.set(wire, (await wire.signIn(url, 'survivor', password)).token);
  return tokens;
}

/** Writes one value after the other, through the wires in turn, until the gateway answers no more. */
async function keepWriting(
  gateway: ServeProcess,
  tokens: Tokens,
  field: Write['field'],
  expected: Expected,
  options: { round: number; killed: () => boolean },
): Promise<number> {
  const able = all.filter((wire) => wire.writes.includes(field));
  for (let count = 0; ; count += 1) {
    const wire = able[count % able.length];
    if (wire === undefined) throw new Error(`no wire writes ${field}`);
    const value = `round ${options.round} write ${count}`;
    expected.inFlight = value;
    let done: boolean;
    try {
      done = await wire.write(gateway.url, tokens.get(wire) ?? '', { field, value });
    } catch (error) {
      if (options.killed()) return count;
      throw error;
    }
    if (!done) throw new Error(`${wire.name} refused ${value}`);
    expected.acknowledged = value;
    expected.inFlight = undefined;
  }
}

async function readEverywhere(url: string, tokens: Tokens): Promise<Map<Write['field'], Set<string>>> {
  const found = new Map<Write['field'], Set<string>>();
  for (const [wire, token] of tokens) {
    for (const [field, value] of Object.entries(await wire.read(url, token)) as [Write['field'], string][]) {
      found.set(field, (found.get(field) ?? new Set()).add(value));
    }
  }
  return found;
}

async function countUpdates(place: Place): Promise<number> {
  const server = await attachEmbeddedPostgres({ dataDir: place.dataDir });
  const client = new Client({ ...server?.connection });
  await client.connect();
  const { rows } = await client.query<{ count: string }>(
    "SELECT count(*) FROM history WHERE action = 'profile_updated'",
  );
  await client.end();
  return Number(rows[0]?.count);
}

test('no acknowledged write is lost when the gateway is killed at any moment', async () => {
  const seed = Number(process.env['CRASH_SEED'] ?? randomInt(2 ** 31));
  process.stderr.write(`crash test: to repeat it, set CRASH_SEED=${seed}\n`);
  const random = createRandom(seed);
  const place = await makePlace('embedded');
  let gateway: ServeProcess | undefined;
  try {
    await idiomJson(
      ['user', 'create', '--username', 'survivor', '--password-stdin'],
      place.environment,
      password,
    );
    const expected = new Map<Write['field'], Expected>(
      (['nickname', 'bio', 'realName'] as const).map((field) => [
        field,
        { acknowledged: '', inFlight: undefined },
      ]),
    );
    let acknowledged = 0;
    let unanswered = 0;
    gateway = await serve(place.environment);
    let tokens = await signInEverywhere(gateway.url);

    for (let round = 1; round <= rounds; round += 1) {
      let killed = false;
      const writers = [...expected].map(([field, state]) =>
        keepWriting(gateway as ServeProcess, tokens, field, state, { round, killed: () => killed }),
      );
      // A writer that fails before the kill is a failure, but not one to leave the others for.
      const settled = Promise.allSettled(writers);
      await delay(20 + Math.floor(random() * 381));
      killed = true;
      gateway.signal('SIGKILL');
      await gateway.exited;
      await settled;
      for (const count of await Promise.all(writers)) acknowledged += count;

      gateway = await serve(place.environment);
      tokens = await signInEverywhere(gateway.url);
      const found = await readEverywhere(gateway.url, tokens);
      for (const [field, state] of expected) {
        const [value = ''] = found.get(field) ?? [];
        expect({ round, field, values: found.get(field)?.size }).toEqual({ round, field, values: 1 });
        expect([state.acknowledged, state.inFlight]).toContain(value);
        if (state.inFlight !== undefined) unanswered += 1;
        state.acknowledged = value;
        state.inFlight = undefined;
      }
    }

    // The history has a row for each write, also for those that later ones overwrote.
    const updates = await countUpdates(place);
    process.stderr.write(`crash test: ${acknowledged} writes acknowledged in ${rounds} rounds\n`);
    expect(acknowledged).toBeGreaterThan(rounds);
    expect(updates).toBeGreaterThanOrEqual(acknowledged);
    expect(updates).toBeLessThanOrEqual(acknowledged + unanswered);
    expect(await stopServing(gateway)).toBe(0);
  } finally {
    gateway?.signal('SIGKILL');
    await gateway?.exited;
    await place.remove();
  }
}, 180_000);
