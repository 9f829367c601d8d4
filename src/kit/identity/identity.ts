import path from 'node:path';
import Joi from 'joi';

/** Somebody who has signed up at the target, and lent themselves for the run. */
export interface Person {
  username: string;
  password: string;
  email?: string;
  /** As the target shows it. */
  phone?: string;
  nickname?: string;
  id?: number;
  role?: 'admin';
}

/** How codes are read that a target sends. A program that is named by a relative path lies beside the identity file. */
export type Inbox = { command: readonly [string, ...string[]]; timeoutSeconds: number } | { prompt: true };

/** Whom and what a run may use at a target that is somebody else’s. */
export interface Identity {
  accounts: readonly [Person, ...Person[]];
  other?: Person;
  inbox?: Inbox;
  /** Contacts that nobody has signed up with. `{n}` is eight other digits for each case. */
  newContact?: { email?: string; phone?: string };
  /** What absolute URLs of the target start with, where it is not the base URL. */
  publicUrl?: string;
  /** Values for further placeholders, by name without brackets. */
  variables?: Readonly<Record<string, string>>;
}

/** For a comparison of two targets, each with people of its own. */
export interface IdentityPair {
  left: Identity;
  right: Identity;
}

/** What is wrong with an identity file; the message names the member. */
export class IdentityError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'IdentityError';
  }
}

const person = Joi.object({
  username: Joi.string().required(),
  password: Joi.string().required(),
  email: Joi.string(),
  phone: Joi.string(),
  nickname: Joi.string(),
  id: Joi.number().integer().positive(),
  role: Joi.valid('admin'),
});

const inbox = Joi.alternatives().conditional(Joi.object({ prompt: Joi.exist() }).unknown(), {
  then: Joi.object({ prompt: Joi.valid(true).required() }),
  otherwise: Joi.object({
    command: Joi.array().items(Joi.string()).min(1).required(),
    timeoutSeconds: Joi.number().positive().max(3600).default(60),
  }),
});

const identity = Joi.object<Identity>({
  accounts: Joi.array().items(person).min(1).required(),
  other: person,
  inbox,
  newContact: Joi.object({ email: Joi.string(), phone: Joi.string() }).min(1),
  publicUrl: Joi.string().uri({ scheme: ['http', 'https'] }),
  variables: Joi.object().pattern(/^[a-z _]+$/, Joi.string()),
});

const pair = Joi.object<IdentityPair>({ left: identity.required(), right: identity.required() });

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new IdentityError(`it is no JSON: ${(error as Error).message}`);
  }
}

function check<T>(schema: Joi.ObjectSchema<T>, value: unknown): T {
  const outcome = schema.validate(value, {
    convert: false,
    errors: { wrap: { label: false, array: false } },
    // joi's own words would repeat the value, which may be a password.
    messages: {
      'array.min': '{{#label}} must not be empty',
      'any.only': '{{#label}} must be {{#valids}}',
      'object.base': '{{#label}} must be an object',
    },
  });
  if (outcome.error !== undefined) throw new IdentityError(outcome.error.message);
  return outcome.value;
}

/** An identity whose inbox is found from anywhere. */
function beside(folder: string, found: Identity): Identity {
  if (found.inbox === undefined || !('command' in found.inbox)) return found;
  const [program, ...rest] = found.inbox.command;
  const isRelative = /^\.{1,2}\//.test(program);
  return isRelative
    ? { ...found, inbox: { ...found.inbox, command: [path.resolve(folder, program), ...rest] } }
    : found;
}

/** Reads an identity file of this folder. Throws `IdentityError`. */
export function readIdentity(text: string, folder: string): Identity {
  return beside(folder, check(identity, parseJson(text)));
}

/** Reads one for two targets: a `left` and a `right` identity, or one that holds for both. */
export function readIdentityPair(text: string, folder: string): IdentityPair {
  const value = parseJson(text);
  const isPair = typeof value === 'object' && value !== null && ('left' in value || 'right' in value);
  if (isPair) {
    const { left, right } = check(pair, value);
    return { left: beside(folder, left), right: beside(folder, right) };
  }
  const both = beside(folder, check(identity, value));
  return { left: both, right: both };
}
