import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { BareStart } from './bare-server';
import type { Job, Report } from './load';

/** A server under measurement. */
export interface Subject {
  pid: number;
  port: number;
}

/** The processes of a run. `stopAll` ends every one of them, and resolves when they are gone. */
export interface Processes {
  startBare(start: BareStart): Promise<Subject>;
  startGateway(environment: Record<string, string>, port: number, logFile: string): Promise<Subject>;
  startLoad(): (job: Job) => Promise<Extract<Report, { answers: number }>>;
  stopAll(): Promise<void>;
}

const startedWithinMs = 60_000;
const stoppedWithinMs = 10_000;

export async function freePort(): Promise<number> {
  const probe = createServer();
  probe.listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

async function end(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const hard = setTimeout(() => child.kill('SIGKILL'), stoppedWithinMs);
  await gone;
  clearTimeout(hard);
}

/** The next message of a process; rejects when it ends instead. */
function heardFrom<T>(child: ChildProcess, what: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const ended = (): void => {
      reject(new Error(`${what} ended`));
    };
    child.once('exit', ended);
    child.once('message', (message) => {
      child.off('exit', ended);
      resolve(message as T);
    });
  });
}

async function becomesReady(child: ChildProcess, port: number, logFile: string): Promise<void> {
  const deadline = Date.now() + startedWithinMs;
  for (;;) {
    const ready = await fetch(`http://127.0.0.1:${port}/readyz`).then(
      (response) => response.ok,
      () => false,
    );
    if (ready) return;
    if (hasEnded(child) || Date.now() > deadline)
      throw new Error(`the gateway did not start:\n${readFileSync(logFile, 'utf8').slice(-2000)}`);
    await delay(50);
  }
}

/** As `npm start` and the image start it. */
const gatewayFlags = ['--max-semi-space-size=8'];

/** `profile`: the folder for CPU profiles, which node writes when a process ends. */
export function createProcesses(profile: string | undefined): Processes {
  const children: ChildProcess[] = [];
  const flags = (name: string): string[] =>
    profile === undefined
      ? []
      : ['--cpu-prof', `--cpu-prof-dir=${profile}`, `--cpu-prof-name=${name}.cpuprofile`];

  return {
    async startBare(start) {
      const child = fork(path.join(__dirname, 'bare-server.js'), {
        execArgv: flags('bare'),
        // The secret travels as bytes.
        serialization: 'advanced',
      });
      children.push(child);
      child.send(start);
      const { port } = await heardFrom<{ port: number }>(child, 'the bare server');
      return { pid: child.pid ?? 0, port };
    },
    async startGateway(environment, port, logFile) {
      const log = openSync(logFile, 'w');
      const main = path.join(__dirname, '../src/cli/main.js');
      const child = spawn(process.execPath, [...gatewayFlags, ...flags('idiom'), main, 'serve'], {
        env: { ...environment, HOST: '127.0.0.1', PORT: String(port) },
        stdio: ['ignore', log, log],
      });
      children.push(child);
      await becomesReady(child, port, logFile);
      return { pid: child.pid ?? 0, port };
    },
    startLoad() {
      const child = fork(path.join(__dirname, 'load.js'), { execArgv: [] });
      children.push(child);
      return async (job) => {
        child.send(job);
        const report = await heardFrom<Report>(child, 'the load generator');
        if ('failure' in report) throw new Error(report.failure);
        return report;
      };
    },
    async stopAll() {
      await Promise.all(children.splice(0).map(end));
    },
  };
}

/** CPU seconds of a process so far; undefined where the system does not tell. */
export function cpuSeconds(pid: number): number | undefined {
  if (process.platform !== 'linux') return undefined;
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // utime and stime, in ticks of which Linux shows 100 a second.
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** Resident memory of a process in MB; undefined where the system does not tell. */
export function residentMegabytes(pid: number): number | undefined {
  if (process.platform !== 'linux') return undefined;
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
}
