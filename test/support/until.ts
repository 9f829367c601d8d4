import { setTimeout as delay } from 'node:timers/promises';

/** Waits until something holds that goes its own way, such as another process. A net catches what never does. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`it never came to hold: ${holds.toString()}`);
    await delay(10);
  }
}
