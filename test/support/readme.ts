import { spawn } from 'node:child_process';
import { repository } from './command-line';
import { recorded } from './recorded-answers';

/** A shell block of the README that is run, and what it says that the block prints. */
export interface RunBlock {
  /** Where the block starts in the document. */
  line: number;
  script: string;
  /** `''` where the README shows nothing. */
  shown: string;
}

/** The blocks marked `sh run`, in their order; a block marked `text` right behind one is its output. */
export function runBlocks(document: string): RunBlock[] {
  const fences = [...document.matchAll(/^```(sh run|text|\S*)\n([\s\S]*?)^```$/gm)];
  return fences.flatMap((fence, index) => {
    const [whole, kind, script = ''] = fence;
    if (kind !== 'sh run') return [];
    const next = fences[index + 1];
    const between = next === undefined ? '' : document.slice(fence.index + whole.length, next.index);
    const shown = next?.[1] === 'text' && between.trim() === '' ? (next[2] ?? '') : '';
    return [{ line: document.slice(0, fence.index).split('\n').length, script, shown }];
  });
}

/** Unlikely in any output of ours. */
const boundary = '=== end of a block ===';

/**
 * Runs blocks one after the other in one bash, as a reader does; resolves to what each printed. What a gateway answers
 * that a block starts is held to the descriptions.
 */
export async function runInBash(
  blocks: readonly RunBlock[],
  environment: Readonly<Record<string, string>>,
): Promise<{ printed: string[]; stderr: string }> {
  const script = blocks.map((block) => `${block.script}\necho '${boundary}'\n`).join('');
  const bash = spawn('bash', ['--noprofile', '--norc', '-c', script], {
    cwd: repository,
    env: { PATH: process.env['PATH'], ...recorded(), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  bash.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  bash.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  await new Promise<void>((resolve, reject) => {
    bash.once('error', reject);
    bash.once('close', () => {
      resolve();
    });
  });
  return { printed: stdout.split(`${boundary}\n`).slice(0, -1), stderr };
}

/** What differs from run to run, and what stands in its place. */
const masks: readonly [RegExp, string][] = [
  [/http:\/\/127\.0\.0\.1:\d+/g, '<url>'],
  [/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g, '<time>'],
  [/^[a-z0-9]{32}$/gm, '<token>'],
  [/^\d{6}$/gm, '<code>'],
  [/(?<=^Password \(not shown again\): )\S{16}$/gm, '<password>'],
];

/** A text with ids, tokens, codes and times masked. */
export function masked(text: string): string {
  return masks.reduce((result, [form, mask]) => result.replace(form, mask), text);
}
