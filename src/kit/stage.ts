import type { RunFacts } from '../contract';
import type { Case } from './case';
import type { Received } from './message';
import type { Subject } from './subject';

/**
 * What stands for a text of an exchange in this run: placeholders by name with their brackets, and on a foreign target the
 * literal values of users who have other ones there.
 */
export type Known = Readonly<Record<string, string>>;

/** What was brought about for one case. */
export interface Stage {
  known: Known;
  /** The access token of the user that `given` speaks of. */
  token: string | undefined;
  facts: RunFacts;
  /** Puts everything back. `received` is what the case was answered, where it was answered. */
  tidy(received?: Received): Promise<void>;
}

/** How a run brings about what an exchange says is so beforehand. */
export interface Stagehand {
  /** Throws `CannotArrange` when this target offers no way to it; nothing is left behind then. */
  arrange(subject: Subject, one: Case): Promise<Stage>;
}

/** A case cannot be run here; the message says why, to whoever asked for the run. */
export class CannotArrange extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'CannotArrange';
  }
}
