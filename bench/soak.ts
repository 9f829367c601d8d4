import { cpuSeconds, residentMegabytes, type Processes, type Subject } from './processes';
import { median } from './median';
import { works, type Work } from './wires';

/** What the gateway's process may hold under the load of profiles, in MB. */
export const mostMegabytes = 150;
/** How much more the last third of the minutes may hold than the first. */
const mostGrowth = 1.05;
/** Fewer minutes have no thirds. */
export const fewestMinutes = 3;

const sampledEveryMs = 500;
/** Of the time of a door; an update costs PostgreSQL much more than a read. */
const shares: Readonly<Record<Work, number>> = { read: 0.75, update: 0.25 };

/** What the gateway's process held in one minute, in MB. */
export interface Minute {
  usual: number;
  most: number;
  answers: number;
  /** Microseconds of its CPU for an answer. */
  cpu: number;
}

/** Reads and updates the profiles of all the users, at one door after the other in every minute. `tell` is told of each. */
export async function soak(
  { minutes, connections }: { minutes: number; connections: number },
  gateway: Subject,
  tokens: ReadonlyMap<string, string>,
  load: ReturnType<Processes['startLoad']>,
  tell: (minute: Minute, number: number) => void,
): Promise<{ minutes: Minute[]; updates: number }> {
  const told: Minute[] = [];
  let updates = 0;
  let samples: number[] = [];
  for (const [dialect, tokensFile] of tokens)
    await load({ port: gateway.port, dialect, work: 'read', tokensFile, connections, ms: undefined });

  const watch = setInterval(() => samples.push(residentMegabytes(gateway.pid) ?? NaN), sampledEveryMs);
  try {
    for (let number = 1; number <= minutes; number += 1) {
      samples = [];
      let answers = 0;
      const before = cpuSeconds(gateway.pid) ?? NaN;
      for (const [dialect, tokensFile] of tokens) {
        for (const work of works) {
          const ms = (60_000 / tokens.size) * shares[work];
          const report = await load({ port: gateway.port, dialect, work, tokensFile, connections, ms });
          answers += report.answers;
          if (work === 'update') updates += report.answers;
        }
      }
      const cpu = (((cpuSeconds(gateway.pid) ?? NaN) - before) / answers) * 1e6;
      const minute = { usual: median(samples), most: Math.max(...samples), answers, cpu };
      told.push(minute);
      tell(minute, number);
    }
  } finally {
    clearInterval(watch);
  }
  return { minutes: told, updates };
}

/** What is wrong with what the process held; nothing when it was little and did not grow. */
export function judgeSoak(minutes: readonly Minute[]): string[] {
  const third = Math.floor(minutes.length / 3);
  const usual = (some: readonly Minute[]): number => median(some.map((minute) => minute.usual));
  const growth = usual(minutes.slice(-third)) / usual(minutes.slice(0, third));
  const most = Math.max(...minutes.map((minute) => minute.most));
  const complaints: string[] = [];
  // Turned round, so that what could not be measured is no success.
  if (!(most < mostMegabytes))
    complaints.push(`the process held ${Math.round(most)} MB, and may hold less than ${mostMegabytes}`);
  if (!(growth <= mostGrowth))
    complaints.push(`it grew: the last third of the minutes held ${growth.toFixed(2)} of the first`);
  return complaints;
}
