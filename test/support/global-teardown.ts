import { rm } from 'node:fs/promises';
import { recorderVariable } from './install-recorder';

export default async function tearDown(): Promise<void> {
  await globalThis.idiomTestServer?.stop();
  const recorder = process.env[recorderVariable];
  if (recorder !== undefined) await rm(recorder, { recursive: true });
}
