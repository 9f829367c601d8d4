import { parsePhone, type OperationName } from '../core';
import type { Fields } from './identify';

/** What commands do, told in facts that are the same whichever operations do it: name → value. */
export type Facts = Readonly<Record<string, unknown>>;

/** One command that is carried out. */
export interface Deed {
  operation: OperationName;
  command: Fields;
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

/** What a command wants, without how its wire asks for it. */
export function plainFacts(command: Fields): Facts {
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
      return { finds: userId === undefined ? undefined : `id ${JSON.stringify(userId)}` };
    case 'queryUsers':
      return {
        finds: Array.isArray(userIds)
          ? `id ${userIds.join(', ')}`
          : (identifier ?? username ?? email ?? phone),
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

const asking: readonly OperationName[] = ['requestCode', 'requestEmailChange', 'createCaptcha'];
/** What a code or a captcha is asked for. */
const closing: readonly OperationName[] = [
  'signIn',
  'registerUser',
  'updateProfile',
  'changeEmail',
  'recoverPassword',
  'signInByProof',
];

/** What is so once all of these were carried out; later ones speak last. */
export function effectOf(deeds: readonly Deed[], region: string): Facts {
  const facts: Record<string, unknown> = {};
  let proven = false;
  const isRegistration = deeds.some(({ operation }) => operation === 'registerUser');
  const isPrelude = deeds.some(({ operation }) => closing.includes(operation));
  for (const deed of deeds) {
    if (deed.operation === 'redeemCode') {
      proven = true;
      continue;
    }
    // Asking for a code or a captcha is a means where something else is done with it.
    if (isPrelude && asking.includes(deed.operation)) continue;
    const { signsIn, ...own } = factsOf(deed, proven);
    // A proof is good once.
    proven = false;
    // A registration that is followed by a sign-in says no more than that it opened a session.
    const told: Facts = isRegistration ? own : { ...own, signsIn };
    for (const [name, value] of Object.entries(told))
      if (value !== undefined) facts[name] = canonical(name, value, region);
  }
  return facts;
}
