import { randomUUID } from 'node:crypto';
import { openSync, writeSync } from 'node:fs';
import path from 'node:path';
import { overhearAnswers } from './overhear';

/** How what a process serves is told: by what it was started with. */
export interface RecordedProcess {
  environment: NodeJS.ProcessEnv;
}

/**
 * Writes every answer of the servers of this process into a file of its own in `folder`: a line with the process, and a
 * line for each answer, written before its client has the whole of it, so that no kill comes in between. A process that
 * answers nothing writes nothing.
 */
export function recordAnswers(folder: string): void {
  const first: RecordedProcess = { environment: { ...process.env } };
  let file: number | undefined;
  const write = (to: number, line: unknown): void => {
    writeSync(to, `${JSON.stringify(line)}\n`);
  };
  overhearAnswers(
    () => true,
    (answer) => {
      if (file === undefined) {
        file = openSync(path.join(folder, `${randomUUID()}.jsonl`), 'wx', 0o600);
        write(file, first);
      }
      write(file, answer);
    },
  );
}
