import type { Case } from './case';
import { describeFailure } from './failures';
import { perform, type PerformOptions, type Performed } from './perform';
import { CannotArrange, type Stage, type Stagehand } from './stage';
import type { Subject } from './subject';

/** One target and how its cases are brought about. */
export interface Side extends PerformOptions {
  stagehand: Stagehand;
}

/** What came of asking: what was made of the answer, or why there is none. `value`: what was made before it failed. */
export type Asked<T> =
  | { state: 'done'; value: T }
  | { state: 'skipped'; reason: string }
  | { state: 'failed'; reason: string; value?: T };

/** Arranges a case at one side, asks it, makes something of the answer with `read`, and puts everything back. Never rejects. */
export async function ask<T>(
  { subject, one }: { subject: Subject; one: Case },
  side: Side,
  read: (stage: Stage, performed: Performed) => T,
): Promise<Asked<T>> {
  let stage: Stage;
  try {
    stage = await side.stagehand.arrange(subject, one);
  } catch (error) {
    if (error instanceof CannotArrange) return { state: 'skipped', reason: error.message };
    return { state: 'failed', reason: `it could not be arranged: ${describeFailure(subject, error)}` };
  }
  let performed: Performed | undefined;
  let asked: Asked<T>;
  try {
    performed = await perform(subject, one.exchange, stage, side);
    asked = { state: 'done', value: read(stage, performed) };
  } catch (error) {
    asked = { state: 'failed', reason: describeFailure(subject, error) };
  }
  try {
    await stage.tidy(performed?.received);
  } catch (error) {
    const reason = `what it left could not be put back: ${describeFailure(subject, error)}`;
    return { ...('value' in asked && { value: asked.value }), state: 'failed', reason };
  }
  return asked;
}
