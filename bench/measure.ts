import { setTimeout as delay } from 'node:timers/promises';
import { median } from './median';
import type { Options } from './options';
import { cpuSeconds, residentMegabytes, type Processes, type Subject } from './processes';
import { works, type Work } from './wires';

/** One round of one server; or, of several rounds, the medians. */
export interface Figures {
  /** Answers a second. */
  rate: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
  /** Microseconds of the server's CPU for an answer; NaN where the system does not tell. */
  cpu: number;
  /** The share of one core that the load generator took. */
  loadShare: number;
}

export interface Row {
  dialect: string;
  work: Work;
  bare: Figures;
  idiom: Figures;
  /** Medians of the ratios, round by round: what both rounds of a pair suffer from the machine falls out. */
  ratio: number;
}

export interface Subjects {
  bare: Subject;
  idiom: Subject;
}

export interface Measurement {
  rows: Row[];
  /** The most that the gateway's process held, in MB. */
  peakMegabytes: number;
  /** Updates that were answered with success, by both servers. */
  updates: number;
}

function medians(rounds: readonly Figures[]): Figures {
  const of = (name: keyof Figures): number => median(rounds.map((round) => round[name]));
  return { rate: of('rate'), p50: of('p50'), p99: of('p99'), cpu: of('cpu'), loadShare: of('loadShare') };
}

/** Measures both servers in turn, the one that goes first changing from round to round. */
export async function measure(
  options: Options,
  subjects: Subjects,
  tokens: ReadonlyMap<string, string>,
  load: ReturnType<Processes['startLoad']>,
): Promise<Measurement> {
  const { connections } = options;
  const rows: Row[] = [];
  let updates = 0;
  let peakMegabytes = 0;

  async function playRound(subject: Subject, dialect: string, work: Work, file: string): Promise<Figures> {
    const before = cpuSeconds(subject.pid) ?? NaN;
    const ms = options.seconds * 1000;
    const report = await load({ port: subject.port, dialect, work, tokensFile: file, connections, ms });
    const cpu = ((cpuSeconds(subject.pid) ?? NaN) - before) / report.answers;
    if (work === 'update') updates += report.answers;
    // What is still to be written must not be the next round's burden.
    await delay(200);
    return {
      rate: report.answers / report.seconds,
      p50: report.p50,
      p99: report.p99,
      cpu: cpu * 1e6,
      loadShare: report.cpu / report.seconds,
    };
  }

  const watch = setInterval(() => {
    peakMegabytes = Math.max(peakMegabytes, residentMegabytes(subjects.idiom.pid) ?? NaN);
  }, 500);
  try {
    for (const [dialect, file] of tokens) {
      // Every token once, so that both servers have seen each signature before it counts, and PostgreSQL each row.
      for (const { port } of [subjects.bare, subjects.idiom])
        await load({ port, dialect, work: 'read', tokensFile: file, connections, ms: undefined });
      for (const work of works) {
        const bare: Figures[] = [];
        const idiom: Figures[] = [];
        for (let round = 0; round < options.rounds; round += 1) {
          const pair = [
            async () => bare.push(await playRound(subjects.bare, dialect, work, file)),
            async () => idiom.push(await playRound(subjects.idiom, dialect, work, file)),
          ];
          for (const play of round % 2 === 0 ? pair : pair.reverse()) await play();
        }
        const ratio = median(idiom.map((figures, round) => figures.rate / (bare[round]?.rate ?? NaN)));
        rows.push({ dialect, work, bare: medians(bare), idiom: medians(idiom), ratio });
      }
    }
  } finally {
    clearInterval(watch);
  }
  return { rows, peakMegabytes, updates };
}
