import type { DoorFacts } from './door/client';
import { connectDoor, DoorRefusal, UnreachableTarget } from './door/client';
import { createDoorStagehand } from './door/stagehand';
import type { Identity } from './identity/identity';
import { createIdentityStagehand } from './identity/stagehand';
import { describeSilence } from './perform';
import type { RunResult } from './result';
import type { Stagehand } from './stage';

export interface ConnectOptions {
  baseUrl: string;
  timeoutMs: number;
  doorToken?: string | undefined;
  identity?: Identity | undefined;
  /** Whether cases may change the people of the identity. */
  destructive: boolean;
  /** What the inbox command of the identity finds in its environment. */
  environment: NodeJS.ProcessEnv;
  /** Ends the waiting for what the inbox has. */
  signal?: AbortSignal | undefined;
}

/** A target that answers, and the way to bring cases about there. */
export interface Connected {
  means: RunResult['means'];
  stagehand: Stagehand;
  /** What the door tells of the gateway behind it. */
  facts: DoorFacts | undefined;
}

/** The target has no test door that the token opens, and nothing else was given to work with. */
export class NoDoor extends Error {
  constructor(baseUrl: string, reason: string) {
    super(
      `${baseUrl} has no test door that this token opens (${reason}); start its gateway with the same TEST_DOOR_TOKEN`,
    );
    this.name = 'NoDoor';
  }
}

async function demandAnswer(baseUrl: string, timeoutMs: number): Promise<void> {
  try {
    await fetch(baseUrl, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) });
  } catch (error) {
    throw new UnreachableTarget(baseUrl, describeSilence(error, timeoutMs));
  }
}

/**
 * Finds out how cases are brought about at a target: through its test door, else with the people of an identity, else not at all.
 * Rejects with `UnreachableTarget`, and with `NoDoor` when a token is wrong or useless.
 */
export async function connect(options: ConnectOptions): Promise<Connected> {
  const { baseUrl, timeoutMs, doorToken, identity, destructive, environment, signal } = options;
  await demandAnswer(baseUrl, timeoutMs);
  if (doorToken !== undefined) {
    try {
      const door = await connectDoor({ baseUrl, token: doorToken, timeoutMs });
      return { means: 'door', stagehand: createDoorStagehand({ door, baseUrl }), facts: door.facts };
    } catch (error) {
      if (!(error instanceof DoorRefusal)) throw error;
      // With people to work with, a target without a door is a target of somebody else.
      if (error.code === 'unauthorized' || identity === undefined) throw new NoDoor(baseUrl, error.message);
    }
  }
  return {
    means: identity === undefined ? 'none' : 'identity',
    stagehand: createIdentityStagehand({ identity, baseUrl, destructive, environment, signal }),
    facts: undefined,
  };
}
