import { createSpeaker, type Arrangement, type Exchange } from '../../contract';
import { isStorable } from '../../core';
import { actionsOf } from '../../dialect';
import type { Case } from '../case';
import { messageOf } from '../failures';
import type { Received } from '../message';
import { needsUser, textsOf } from '../needs';
import { CannotArrange, type Known, type Stage, type Stagehand } from '../stage';
import type { Subject } from '../subject';
import { DoorRefusal, type Door } from './client';
import { newcomer, newcomerAsKnown, staged } from './people';
import { createScene, type Undo } from './scene';

export interface DoorStagehandOptions {
  door: Door;
  /** Where the wires are served; no trailing slash. */
  baseUrl: string;
}

/** The operations that make users of people who are none. */
const making: ReadonlySet<string> = new Set(['registerUser', 'signInAnonymously', 'signInByProof']);

/** Texts that a person may be known by. Short numbers are ids, and ids are somebody else's. */
function mayNameSomebody(text: string): boolean {
  return text !== '' && text.length <= 254 && isStorable(text) && !/^\d{1,6}$/.test(text);
}

/** The id of a user that a call made, where its answer tells it. */
function madeBy({ route }: Case, received: Received | undefined): string[] {
  if (route === undefined || received === undefined) return [];
  return actionsOf(route).flatMap((action) => {
    if (!making.has(action.operation) || action.hear === undefined) return [];
    try {
      const { user } = action.hear(received) as { user?: { id?: unknown } };
      return Number.isSafeInteger(user?.id) ? [String(user?.id)] : [];
    } catch {
      // The answer is none that tells of a user, such as a refusal.
      return [];
    }
  });
}

/** A stagehand for a gateway whose test door is open: it makes the users of each case, and removes them again. */
export function createDoorStagehand({ door, baseUrl }: DoorStagehandOptions): Stagehand {
  const { publicUrl, phoneRegion } = door.facts;
  /** Whom a run before this one may have left. */
  const cleared = new Set<string>();

  /** Makes sure that nobody is known by these texts. */
  async function erase(identifiers: readonly string[]): Promise<void> {
    for (const identifier of identifiers) {
      try {
        await door.eraseUser(identifier);
      } catch (error) {
        if (!(error instanceof DoorRefusal) || error.status !== 409) throw error;
        throw new CannotArrange(`a user of the target’s own is known as ${identifier}`);
      }
    }
  }

  /** A gateway is started with its settings, so that a case about others is one for another gateway. */
  function demandSettings(settings: NonNullable<Arrangement['settings']>): void {
    for (const [name, value] of Object.entries(settings)) {
      if (door.facts.variables[name] !== value)
        throw new CannotArrange(`the target does not run with ${name}=${value}`);
    }
  }

  async function eraseOnce(identifiers: readonly string[]): Promise<void> {
    const unseen = identifiers.filter((identifier) => !cleared.has(identifier));
    await erase(unseen);
    for (const identifier of unseen) cleared.add(identifier);
  }

  const fresh = newcomerAsKnown(phoneRegion);

  /** Whom the request may make, by the texts that may become their identifiers. */
  function namesIn({ request }: Exchange, known: Known): string[] {
    const texts = textsOf([request.query, request.body]).map((text) => known[text] ?? text);
    return [...new Set(texts)].filter(mayNameSomebody);
  }

  async function forget(certain: readonly string[], perhaps: readonly string[]): Promise<void> {
    try {
      await door.forget([...new Set([...certain, ...perhaps])]);
    } catch (error) {
      if (!(error instanceof DoorRefusal) || error.status !== 409) throw error;
      // One of the texts that only might name somebody names a user of the target's own.
      await door.forget([...certain]);
    }
  }

  return {
    async arrange(subject: Subject, one: Case): Promise<Stage> {
      const { exchange } = one;
      const arrange = exchange.arrange ?? {};
      const { declaration, contract } = subject;
      const speaker = createSpeaker({ declaration, contract, baseUrl });
      const undo: Undo = [];
      demandSettings(arrange.settings ?? {});
      const makes = one.operations.some((operation) => making.has(operation));
      const names = makes ? namesIn(exchange, fresh) : [];
      const { username = '', email, phone } = staged(arrange.own ?? {});
      const certain = [username, email, phone, newcomer.email, newcomer.phone].filter(
        (text): text is string => text !== undefined,
      );

      /** Each step, whatever becomes of the others; fails with the first failure. */
      async function undoAll(): Promise<void> {
        const failures: Error[] = [];
        for (const step of undo.splice(0).toReversed()) {
          await step().catch((failure: unknown) =>
            failures.push(new Error(messageOf(failure), { cause: failure })),
          );
        }
        if (failures[0] !== undefined) throw failures[0];
      }

      try {
        await eraseOnce([newcomer.username, newcomer.email, newcomer.phone, ...names]);
        await forget(certain, namesIn(exchange, fresh));
        const scene = createScene({ door, speaker, dialect: subject.name, exchange, undo });
        const met = needsUser(exchange, contract)
          ? await scene.meetUser()
          : { known: fresh, token: undefined, facts: { publicUrl, userId: undefined } };
        const known = { ...met.known, ...(await scene.impersonal()) };
        if (arrange.elapsed !== undefined) {
          undo.push(() => door.resetClock());
          await door.advanceClock(arrange.elapsed);
        }
        return {
          ...met,
          known,
          tidy: async (received) => {
            if (makes) undo.unshift(() => erase([...names, ...madeBy(one, received)]));
            await undoAll();
          },
        };
      } catch (error) {
        await undoAll().catch((later: unknown) => {
          throw new AggregateError([error, later], `${messageOf(error)}; and then ${messageOf(later)}`);
        });
        throw error;
      }
    },
  };
}
