import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

export interface Played {
  /** What the steps of the script returned. */
  seen: Record<string, unknown>;
  network: { sent: string[]; strayed: string[] };
}

/** Runs a script of `clients/` in a process of its own: the SDKs keep global state and are at odds with jest's modules. */
export async function playClient(script: string, args: readonly string[]): Promise<Played> {
  const file = path.join(__dirname, 'clients', script);
  const { stdout } = await promisify(execFile)(process.execPath, [file, ...args], { timeout: 25_000 });
  return JSON.parse(stdout) as Played;
}
