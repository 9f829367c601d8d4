import { parsePhone, type OperationName } from '../core';
import type { Fields } from './identify';

/** What commands do, told in facts that are the same whichever operations do it: name → value. */
export type Facts = Readonly<Record<string, unknown>>;

/** One command that is carried out. */
export interface Deed {
  operation: OperationName;
  command: Fields;
}

/** A difference between what was done before and what is done now. */
export interface Difference {
  /** A field of the core, or a fact such as `session`. */
  field: string;
  /** `unsaid`: it is not done any more. `added`: it was not done before. `changed`: it is done otherwise. */
  kind: 'unsaid' | 'added' | 'changed';
  before?: unknown;
  after?: unknown;
  /** What happens to it. */
  text: string;
}

const asFields = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? (value as Fields) : {};

/** A contact under its kind, with whether it was shown to be theirs. */
function provenFacts(contact: Fields, proven: boolean): Facts {
  const kind = 'email' in contact ? 'email' : 'phone' in contact ? 'phone' : undefined;
  return kind !== undefined && proven ? { [`${kind}Proven`]: true } : {};
}

function registrationFacts({
  username,
  email,
  phone,
  password,
  profile,
  proof,
  signIn,
  generatedUsername,
  extension,
  role,
}: Fields): Facts {
  const contact = email !== undefined ? { email } : phone !== undefined ? { phone } : {};
  const drawn =
    generatedUsername === undefined
      ? {}
      : {
          username: 'drawn by the gateway',
          ...(asFields(generatedUsername)['asNickname'] === true && { nickname: 'drawn by the gateway' }),
        };
  return {
    ...drawn,
    // What is said to be empty is as if it were not said: nothing was there before.
    ...Object.fromEntries(Object.entries(asFields(profile)).filter(([, value]) => value !== '')),
    ...(username !== undefined && { username }),
    email,
    phone,
    password,
    ...provenFacts(contact, proof !== undefined),
    extension: extension === undefined ? 'no facts of its own' : 'facts of its own',
    role,
    session: signIn === true ? 'opened' : undefined,
  };
}

/** Parts of a command that say how its wire works, and nothing about what is wanted. */
const ways = [
  'identifierOrder',
  'contactRequired',
  'tellsUnknown',
  'captcha',
  'proof',
  'proofToken',
  'code',
  'verificationId',
  'sudoToken',
  'authority',
  'credential',
  'caller',
  'emailLink',
  'validSeconds',
  'onConflict',
];

function plainFacts(command: Fields): Facts {
  return Object.fromEntries(Object.entries(command).filter(([name]) => !ways.includes(name)));
}

function codeFacts({ target, email, audience, language, appName, link }: Fields): Facts {
  const to = email === undefined ? Object.values(asFields(target))[0] : email;
  return {
    codeTo: to,
    audience: audience === 'held' ? 'registered' : (audience ?? 'unregistered'),
    appName,
    link: link === undefined ? undefined : 'beside the code',
    language: language === '' ? undefined : language,
  };
}

function factsOf({ operation, command }: Deed, proven: boolean): Facts {
  const { userId, userIds, identifier, username, email, phone, password, contact } = command;
  switch (operation) {
    case 'registerUser':
      return registrationFacts(command);
    case 'updateProfile': {
      const changes = asFields(command['changes']);
      return { ...changes, user: userId, ...provenFacts(changes, proven) };
    }
    case 'changeEmail':
      return { email, emailProven: true };
    case 'changeContact':
      return { ...asFields(contact), ...provenFacts(asFields(contact), true) };
    case 'requestCode':
    case 'requestEmailChange':
      return codeFacts(command);
    case 'redeemCode':
    case 'confirmCaller':
    case 'checkCaptcha':
    case 'signOut':
      return {};
    case 'recoverPassword':
      return { of: Object.values(asFields(contact))[0], password };
    case 'changePassword':
      return { password };
    case 'signIn':
      return { session: 'opened', signsIn: identifier };
    case 'signInByProof':
    case 'verifyEmailByLink':
      return { session: 'opened', contactProven: true };
    case 'replaceAvatar':
      return { avatar: 'an uploaded picture' };
    case 'getProfile':
      return { finds: userId === undefined ? undefined : String(userId) };
    case 'queryUsers':
      return {
        finds: Array.isArray(userIds) ? userIds.join(',') : (identifier ?? username ?? email ?? phone),
      };
    default:
      return plainFacts(command);
  }
}

/** Spellings of one value look alike. */
function canonical(name: string, value: unknown, region: string): unknown {
  if (typeof value === 'string' && ['phone', 'codeTo', 'finds', 'of', 'signsIn'].includes(name))
    return parsePhone(value, region) ?? value;
  return Buffer.isBuffer(value) ? value.toString('base64') : value;
}

/** What is so once all of these were carried out; later ones speak last. */
export function effectOf(deeds: readonly Deed[], region: string): Facts {
  const facts: Record<string, unknown> = {};
  let proven = false;
  const helped = deeds.some(
    ({ operation }) =>
      operation === 'registerUser' ||
      operation === 'updateProfile' ||
      operation === 'changeEmail' ||
      operation === 'recoverPassword' ||
      operation === 'signInByProof',
  );
  for (const deed of deeds) {
    proven ||= deed.operation === 'redeemCode';
    // Asking for a code is a means where something else is done with it.
    if (helped && (deed.operation === 'requestCode' || deed.operation === 'requestEmailChange')) continue;
    const { signsIn, ...own } = factsOf(deed, proven);
    // A proof is good once.
    proven &&= deed.operation === 'redeemCode';
    // A registration that is followed by a sign-in says no more than that it opened a session.
    const signing = deeds.length === 1 && signsIn !== undefined ? { signsIn } : {};
    for (const [name, value] of Object.entries({ ...own, ...signing }))
      if (value !== undefined) facts[name] = canonical(name, value, region);
  }
  return facts;
}

/** Sentences on what becomes of a fact, by its name; `target` is the dialect to which the call moves. */
const fates: Readonly<Record<string, Partial<Record<Difference['kind'], (target: string) => string>>>> = {
  emailProven: {
    unsaid: () =>
      'The address is stored as unproven: until it is proven, it recovers no password and signs nobody in by code.',
    added: () => 'The address is proven on the way.',
  },
  phoneProven: {
    unsaid: () =>
      'The number is stored as unproven: until it is proven, it recovers no password and signs nobody in by code.',
    added: () => 'The number is proven on the way.',
  },
  session: {
    unsaid: () => 'Nobody is signed in by it; a sign-in follows.',
    added: (target) =>
      `${target} signs the person in at once; a client that wants no session drops the token.`,
  },
  nickname: { added: (target) => `${target} asks for one, or draws one.` },
  username: {
    added: (target) => `${target} asks for one, or draws one.`,
    unsaid: () => 'It is not set; the person keeps the user name they have, or has none.',
  },
  password: { added: () => 'A password has to be chosen.' },
  extension: {
    changed: () =>
      'Only one of the two dialects keeps facts of its own about a user; it derives them when a user of the other is read there.',
  },
  audience: {
    unsaid: () => 'Whom the code may go to is not said: an address of either kind is sent one.',
    changed: () => 'Whom the code may go to differs: an address of the other kind is refused.',
  },
  link: { unsaid: () => 'A code is sent and no link.' },
  language: {
    unsaid: () => 'The message comes in the language that the gateway chooses.',
    changed: () => 'The message comes in this language.',
    added: () => 'The message comes in this language.',
  },
  appName: { unsaid: () => 'The message speaks for no app.' },
  format: { changed: () => 'The picture comes in the other format.' },
  avatar: {
    changed: () =>
      'The picture is told by its URL or uploaded, whichever the dialect does; what is shown is the same picture.',
  },
  user: { unsaid: (target) => `Users of ${target} change themselves only.` },
};

function fate(field: string, kind: Difference['kind'], target: string): string {
  const own = fates[field]?.[kind]?.(target);
  if (own !== undefined) return own;
  if (kind === 'unsaid')
    return `No call of ${target} says it. The core keeps the value that it has, and dialects that know it go on showing it.`;
  return kind === 'added' ? `${target} asks for it besides.` : `${target} says it otherwise.`;
}

/** How two effects differ, field by field. */
export function compareEffects(before: Facts, after: Facts, target: string): Difference[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((field): Difference[] => {
    const [was, is] = [before[field], after[field]];
    if (JSON.stringify(was) === JSON.stringify(is)) return [];
    const kind = is === undefined ? 'unsaid' : was === undefined ? 'added' : 'changed';
    return [
      {
        field,
        kind,
        ...(was !== undefined && { before: was }),
        ...(is !== undefined && { after: is }),
        text: fate(field, kind, target),
      },
    ];
  });
}
