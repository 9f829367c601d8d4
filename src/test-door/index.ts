import type { IncomingMessage } from 'node:http';
import type { RequestHandler } from 'express';
import type { Clock, Core, Mailer, SmsSender } from '../core';
import { createAdjustableClock } from './clock';
import { createDoorRouter, type DoorFacts } from './router';
import { createSentCodes } from './sent-codes';

/** What stands around a gateway whose test door is open. */
export interface TestDoor {
  /** The time of the whole process, which the door moves. */
  clock: Clock;
  /** Keeps the codes that go out. */
  tap: { mailer(inner: Mailer): Mailer; sms(inner: SmsSender): SmsSender };
  /** The calls, from now on: whoever is a user already is never touched by them. */
  open(core: Core, facts: DoorFacts): Promise<OpenDoor>;
}

/** The calls of the door as middleware, once it is known how the host tells a caller's address. */
export type OpenDoor = (findAddress: (request: IncomingMessage) => string | null) => RequestHandler;

const starting = { door: 'operator', address: null, deviceId: null, clientId: null, userAgent: null };

/** A door for rehearsals, to be opened with `token`. It is made before the core, which must live by its clock. */
export function createTestDoor({ token, clock: real }: { token: string; clock: Clock }): TestDoor {
  const clock = createAdjustableClock(real);
  const codes = createSentCodes(clock.now);
  return {
    clock: clock.now,
    tap: { mailer: (inner) => codes.tapMailer(inner), sms: (inner) => codes.tapSms(inner) },
    async open(core, facts) {
      const { userId: after } = await core.newestUserId({}, starting);
      return (findAddress) => createDoorRouter({ token, core, clock, codes, facts, after, findAddress });
    },
  };
}
