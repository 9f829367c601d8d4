import { deepStrictEqual } from 'node:assert';
import { cpus } from 'node:os';
import type { Foundation } from '../src/foundation';
import { measure, type Subjects } from './measure';
import { help, readOptions, type Options } from './options';
import type { SeededToken } from './seed';
import { judgeSoak, mostMegabytes, soak } from './soak';
import { prepareStage, type Stage, type Undo } from './stage';
import { formatTable } from './table';
import { wireOf } from './wires';

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const machine = `Node ${process.versions.node}, ${cpus().length} cores shared by all sides and PostgreSQL (fsync on)`;

/** Both must answer the same person with the same body, or they did not do the same work. */
async function compareAnswers(subjects: Subjects, dialect: string, { token }: SeededToken): Promise<void> {
  const wire = wireOf(dialect);
  const [name = '', value = ''] = wire.credential(token).split(': ');
  const bodies = await Promise.all(
    [subjects.bare, subjects.idiom].map(async ({ port }) => {
      const response = await fetch(`http://127.0.0.1:${port}${wire.read.path}`, {
        headers: { [name]: value },
      });
      return response.json();
    }),
  );
  deepStrictEqual(bodies[1], bodies[0], `${dialect}: the two servers answer differently`);
}

async function countUpdates({ database }: Foundation): Promise<number> {
  const { rows } = await database.hot.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM history WHERE action = 'profile_updated'`,
  );
  return rows[0]?.count ?? NaN;
}

/** Throws unless `play`, which tells how many updates were answered with success, wrote as many. */
async function countingUpdates<T extends { updates: number }>(
  foundation: Foundation,
  play: () => Promise<T>,
): Promise<T> {
  const before = await countUpdates(foundation);
  const result = await play();
  const written = (await countUpdates(foundation)) - before;
  if (written !== result.updates)
    throw new Error(`${result.updates} updates were answered and ${written} written`);
  say(`\nNo failed answer; ${result.updates.toLocaleString('en-US')} updates answered, and as many written.`);
  return result;
}

async function compare(options: Options, stage: Stage): Promise<void> {
  const { foundation, processes, files } = stage;
  const subjects = { bare: await stage.startBare(), idiom: await stage.startGateway() };
  for (const door of files.keys())
    for (const person of stage.sample(door)) await compareAnswers(subjects, door, person);
  say(
    `${options.connections} connections, a random user each time, ${options.rounds} rounds of ${options.seconds} s for each server in turn, medians; ${machine}`,
  );
  const { rows, peakMegabytes } = await countingUpdates(foundation, () =>
    measure(options, subjects, files, processes.startLoad()),
  );
  say(`The gateway's process held ${Math.round(peakMegabytes)} MB at most.`);
  const busiest = Math.max(...rows.flatMap(({ bare, idiom }) => [bare.loadShare, idiom.loadShare]));
  say(`The load generator took ${Math.round(busiest * 100)} % of a core at most.\n`);
  say(formatTable(rows));
}

async function soakGateway(minutes: number, options: Options, stage: Stage): Promise<void> {
  const { foundation, processes, files } = stage;
  const gateway = await stage.startGateway();
  const { connections } = options;
  say(`${connections} connections, a random user each time, ${minutes} minutes; ${machine}\n`);
  const result = await countingUpdates(foundation, () =>
    soak(
      { minutes, connections },
      gateway,
      files,
      processes.startLoad(),
      ({ usual, most, ...rest }, number) => {
        say(
          `minute ${number}: ${Math.round(usual)} MB, ${Math.round(most)} at most; ${rest.answers.toLocaleString('en-US')} answers, ${Math.round(rest.cpu)} µs of CPU each`,
        );
      },
    ),
  );
  const complaints = judgeSoak(result.minutes);
  if (complaints.length > 0) throw new Error(complaints.join('; '));
  say(`Less than ${mostMegabytes} MB, and no growth.`);
}

async function bench(options: Options, undo: Undo): Promise<void> {
  const stage = await prepareStage(options, undo, say);
  if (options.soak === undefined) await compare(options, stage);
  else await soakGateway(options.soak, options, stage);
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options === undefined) {
    say(help);
    return;
  }
  const undo: Undo = [];
  const undoAll = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void undoAll().then(() => process.exit(1)));
  try {
    await bench(options, undo);
  } finally {
    await undoAll();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
