import type { IncomingMessage } from 'node:http';
import express, { type Request, type RequestHandler, type Response } from 'express';
import type { CallContext, Core } from '../core';
import { demandBearer } from './bearer';
import { describeBodies, furthestSeconds, readBody, type UserBody } from './bodies';
import type { AdjustableClock } from './clock';
import { answerRefusal, DoorRefusal } from './refusals';
import type { SentCodes } from './sent-codes';

/** The gateway behind the door, as it tells it. No secrets. */
export interface DoorFacts {
  version: string;
  dialects: readonly string[];
  publicUrl: string;
  phoneRegion: string;
  settings: { requireVerifiedContact: boolean; contactHoldHours: number };
  /** The variables of the dialects, as the environment has them; a switch is `1` or `0`. */
  variables: Readonly<Record<string, string>>;
}

export interface DoorRooms {
  token: string;
  core: Core;
  clock: AdjustableClock;
  codes: SentCodes;
  facts: DoorFacts;
  /** Users with a higher id came since the process started. */
  after: number;
  findAddress: (request: IncomingMessage) => string | null;
}

/** The name under which the core knows the door, in the history and as the mark of those whom it staged. */
const doorName = 'test-door';

const longestBody = '256kb';

/** An optional member is left out where it is undefined. */
function profileOf({ nickname, realName, bio, avatar }: UserBody) {
  return {
    ...(nickname !== undefined && { nickname }),
    ...(realName !== undefined && { realName }),
    ...(bio !== undefined && { bio }),
    ...(avatar !== undefined && { avatar }),
  };
}

function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}

/** A member of the path, decoded. */
function parameter(request: Request, name: string): string {
  const value = request.params[name];
  return typeof value === 'string' ? value : '';
}

/** The calls of the door, each behind its token. */
export function createDoorRouter(rooms: DoorRooms): RequestHandler {
  const { core, clock, codes, facts, after } = rooms;
  const bodies = describeBodies(facts.dialects);
  const reach = { after };

  function contextOf(request: Request): CallContext {
    return {
      door: doorName,
      address: rooms.findAddress(request),
      deviceId: null,
      clientId: null,
      userAgent: request.headers['user-agent'] ?? null,
    };
  }

  function tellTime(_request: Request, response: Response): void {
    response.json({ now: clock.now().toISOString(), offsetSeconds: clock.offsetSeconds() });
  }

  const calls = express.Router({ caseSensitive: true, strict: true });

  calls.get('/', (_request, response) => {
    response.json({ name: 'idiom', ...facts, now: clock.now().toISOString() });
  });

  calls.post('/users', async (request, response) => {
    const body = readBody(bodies.user, request.body);
    const staged = { ...body, profile: profileOf(body), ...reach };
    const { userId } = await core.stageUser(staged, contextOf(request));
    response.status(201).json({ id: userId });
  });

  calls.patch('/users/:id', async (request, response) => {
    const id = parameter(request, 'id');
    if (!/^[1-9]\d{0,9}$/.test(id)) throw new DoorRefusal(404, { code: 'user_not_found' });
    const circumstances = readBody(bodies.circumstances, request.body);
    await core.adjustUser({ ...circumstances, userId: Number(id), ...reach }, contextOf(request));
    response.json({ id: Number(id) });
  });

  calls.delete('/users/:identifier', async (request, response) => {
    const identifier = parameter(request, 'identifier');
    await core.eraseUser({ identifier, ...reach }, contextOf(request));
    response.status(204).end();
  });

  calls.post('/forget', async (request, response) => {
    const { targets } = readBody(bodies.targets, request.body);
    await core.forgetTargets({ targets, ...reach }, contextOf(request));
    for (const target of targets) codes.forget(target);
    response.status(204).end();
  });

  calls.get('/codes', async (request, response) => {
    const { to } = readBody(bodies.recipient, request.query);
    await core.checkReach({ target: to, ...reach }, contextOf(request));
    const sent = codes.find(to);
    if (sent === undefined) throw new DoorRefusal(404, { code: 'no_code' });
    response.json(sent);
  });

  calls.post('/proofs', async (request, response) => {
    const command = readBody(bodies.proof, request.body);
    const proof = await core.giveProof({ ...command, ...reach }, contextOf(request));
    response.status(201).json(proof);
  });

  calls.put('/captchas/:id', async (request, response) => {
    const { text } = readBody(bodies.captcha, request.body);
    await core.setCaptchaText({ captchaId: parameter(request, 'id'), text }, contextOf(request));
    response.status(204).end();
  });

  calls.post('/clients', async (request, response) => {
    const { clientId, secret } = await core.createClient({ name: doorName }, contextOf(request));
    response.status(201).json({ clientId, secret });
  });

  calls.delete('/clients/:id', async (request, response) => {
    await core.eraseClient({ clientId: parameter(request, 'id') }, contextOf(request));
    response.status(204).end();
  });

  calls.post('/api-keys', async (request, response) => {
    const { dialect } = readBody(bodies.apiKey, request.body);
    const { id, apiKey } = await core.createApiKey({ door: dialect, name: doorName }, contextOf(request));
    response.status(201).json({ id, apiKey });
  });

  calls.delete('/api-keys/:id', async (request, response) => {
    const id = parameter(request, 'id');
    if (!isUuid(id)) throw new DoorRefusal(404, { code: 'api_key_not_found' });
    await core.eraseApiKey({ id }, contextOf(request));
    response.status(204).end();
  });

  calls.get('/clock', tellTime);
  calls.post('/clock', (request, response) => {
    const { advanceSeconds } = readBody(bodies.advance, request.body);
    if (Math.abs(clock.offsetSeconds() + advanceSeconds) > furthestSeconds) {
      throw new DoorRefusal(400, {
        code: 'invalid_body',
        where: 'advanceSeconds',
        message: 'too far from now',
      });
    }
    clock.advance(advanceSeconds);
    tellTime(request, response);
  });
  calls.delete('/clock', (request, response) => {
    clock.reset();
    tellTime(request, response);
  });

  const router = express.Router();
  router.use((_request, response, next) => {
    response.setHeader('Cache-Control', 'no-store');
    next();
  });
  router.use(demandBearer(rooms.token));
  router.use(express.json({ limit: longestBody }));
  router.use('/v1', calls);
  router.use((_request, _response, next) => {
    next(new DoorRefusal(404, { code: 'no_such_call' }));
  });
  router.use(answerRefusal);
  return router;
}
