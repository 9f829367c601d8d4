import { readFileSync } from 'node:fs';
import { openConnection, type Connection } from './connection';
import { checkAnswer, wireOf, type Wire, type Work } from './wires';

/**
 * The process that asks: not one of the servers' own, so that its work is not in their event loops. Takes a `Job` at a
 * time and answers it with a `Report`.
 */
export interface Job {
  port: number;
  dialect: string;
  work: Work;
  /** Lines of a user's id, a space, and a token of that user. */
  tokensFile: string;
  connections: number;
  /** Milliseconds of asking for a random user each time; undefined: every token once, in turn. */
  ms: number | undefined;
}

export type Report =
  | {
      answers: number;
      seconds: number;
      /** Milliseconds. */
      p50: number;
      p99: number;
      /** CPU seconds of this process meanwhile. */
      cpu: number;
    }
  | { failure: string };

/** One body in so many is looked at; every status is. */
const sampled = 64;

interface Person {
  userId: number;
  token: string;
}

const people = new Map<string, Person[]>();

function peopleOf(file: string): Person[] {
  const known = people.get(file);
  if (known !== undefined) return known;
  const read = readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => {
      const [userId = '', token = ''] = line.split(' ');
      return { userId: Number(userId), token };
    });
  people.set(file, read);
  return read;
}

function requestWriter(wire: Wire, work: Work): (token: string, text: string) => string {
  const common = 'host: 127.0.0.1\r\nuser-agent: bench\r\n';
  if (work === 'read') {
    const start = `GET ${wire.read.path} HTTP/1.1\r\n${common}`;
    return (token) => `${start}${wire.credential(token)}\r\n\r\n`;
  }
  const { update } = wire;
  const start = `${update.method} ${update.path} HTTP/1.1\r\n${common}content-type: ${update.contentType}\r\n`;
  return (token, text) => {
    const payload = update.body(text);
    return `${start}${wire.credential(token)}\r\ncontent-length: ${payload.length}\r\n\r\n${payload}`;
  };
}

function quantile(sorted: Float64Array, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

async function run(job: Job): Promise<Report> {
  const wire = wireOf(job.dialect);
  const everyone = peopleOf(job.tokensFile);
  const write = requestWriter(wire, job.work);
  const { ms } = job;
  // No text comes twice: an update that changes nothing is no update.
  const series = Date.now().toString(36);
  const latencies: number[] = [];
  const connections: Connection[] = [];
  let asked = 0;
  let fail: (error: Error) => void = () => undefined;
  const failed = new Promise<never>((_, reject) => (fail = reject));
  const cpuBefore = process.cpuUsage();

  const next = (): Person | undefined =>
    everyone[ms === undefined ? asked : Math.floor(Math.random() * everyone.length)];

  try {
    for (let count = 0; count < job.connections; count += 1) {
      connections.push(
        await Promise.race([
          openConnection(job.port, (error) => {
            fail(error);
          }),
          failed,
        ]),
      );
    }
    const startedAt = performance.now();
    const deadline = ms === undefined ? Infinity : startedAt + ms;

    const ask = (connection: Connection, done: () => void): void => {
      const sentAt = performance.now();
      const person = sentAt < deadline ? next() : undefined;
      if (person === undefined) {
        done();
        return;
      }
      asked += 1;
      const look = asked % sampled === 0;
      connection.send(write(person.token, `Name ${series} ${asked}`), ({ status, body }) => {
        try {
          if (status !== 200) throw new Error(`${job.dialect} ${job.work} answered ${status}: ${body}`);
          if (look) checkAnswer(wire, job.work, body, person.userId);
        } catch (error) {
          fail(error as Error);
          return;
        }
        latencies.push(performance.now() - sentAt);
        ask(connection, done);
      });
    };
    const all = connections.map(
      (connection) =>
        new Promise<void>((resolve) => {
          ask(connection, resolve);
        }),
    );
    await Promise.race([Promise.all(all), failed]);
    const seconds = (performance.now() - startedAt) / 1000;
    const { user, system } = process.cpuUsage(cpuBefore);
    const sorted = Float64Array.from(latencies).sort();
    return {
      answers: latencies.length,
      seconds,
      p50: quantile(sorted, 0.5),
      p99: quantile(sorted, 0.99),
      cpu: (user + system) / 1e6,
    };
  } catch (error) {
    return { failure: (error as Error).message };
  } finally {
    for (const connection of connections) connection.close();
  }
}

process.on('message', (job: Job) => {
  void run(job).then((report) => process.send?.(report));
});
// Whoever started this process is gone.
process.on('disconnect', () => process.exit(0));
