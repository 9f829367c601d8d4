import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { dialects } from '../../dialects';
import type { NamedDeclaration } from '../../src/dialect';
import { declareServed } from '../../src/foundation';
import { readConfig } from '../../src/platform/config';
import type { RecordedProcess } from './answer-recorder';
import { recorderVariable } from './install-recorder';
import { judgeAnswer } from './judge-answer';
import type { Overheard } from './overhear';
import { beforeThrowing } from './undescribed-answers';

/** How far the recording of a process was read. */
interface Reading {
  bytes: number;
  served: readonly NamedDeclaration[];
}

const readings = new Map<string, Reading>();
let folder: string | undefined;

function startReading(line: string): Reading {
  const { environment } = JSON.parse(line) as RecordedProcess;
  return { bytes: 0, served: declareServed(readConfig(environment, dialects), dialects) };
}

function judgeRecording(file: string): void {
  const bytes = readFileSync(file);
  // A process that was killed while it wrote a line has not sent what the line tells of.
  const whole = bytes.lastIndexOf('\n') + 1;
  const known = readings.get(file);
  const lines = bytes
    .toString('utf8', known?.bytes ?? 0, whole)
    .split('\n')
    .slice(0, -1);
  const first = known === undefined ? lines.shift() : undefined;
  const reading = known ?? (first === undefined ? undefined : startReading(first));
  if (reading === undefined) return;
  readings.set(file, { ...reading, bytes: whole });
  for (const line of lines) judgeAnswer(reading.served, JSON.parse(line) as Overheard);
}

/** A folder of this test file's own, whose recordings are judged whenever a test has ended. */
function openFolder(): string {
  const installed = process.env[recorderVariable];
  if (installed === undefined)
    throw new Error('the recorder is not installed: see test/support/global-setup.ts');
  const made = mkdtempSync(path.join(installed, 'answers-'));
  writeFileSync(
    path.join(made, 'record.cjs'),
    "require('../answer-recorder.js').recordAnswers(__dirname);\n",
  );
  beforeThrowing(() => {
    const recordings = readdirSync(made).filter((name) => name.endsWith('.jsonl'));
    for (const name of recordings) judgeRecording(path.join(made, name));
  });
  return made;
}

/**
 * The script that a process of node loads first, so that what it serves is held to the descriptions as if this process
 * served it, also after the end of it, whatever that was.
 */
export function recorder(): string {
  folder ??= openFolder();
  return path.join(folder, 'record.cjs');
}

/** `NODE_OPTIONS` with which every process of node that is started below is recorded. */
export function recorded(): { NODE_OPTIONS: string } {
  return { NODE_OPTIONS: `--require ${JSON.stringify(recorder())}` };
}
