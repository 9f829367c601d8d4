import type { ProfileChanges } from '../core';
import type { Speakable } from '../dialect';
import {
  chosen,
  codeOf,
  compact,
  proofTokenOf,
  proving,
  step,
  way,
  type DetourContext,
  type Target,
  type Way,
} from './steps';

/** Registering plainly, with whatever the wire asks for besides. */
export function plainRegistrations(command: Speakable<'registerUser'>, context: DetourContext): Way[] {
  const { email, phone, profile = {} } = command;
  const { blank } = context;
  const username =
    command.username ?? blank('username', '<user name>', 'the person, who has to choose one here');
  const password =
    command.password ?? blank('password', '<password>', 'the person, who has to choose one here');
  const nickname = blank('nickname', '<nickname>', 'the person, who has to choose one here');
  const apiKey = blank('apiKey', '<API key>', 'the operator: `idiom apikey create`');
  const known = compact({ username, password, email: chosen(email), phone: chosen(phone) });
  const profiles = profile.nickname === undefined ? [profile, { ...profile, nickname }] : [profile];
  return profiles.flatMap((whole) =>
    [true, false].flatMap((signIn) => [
      // A wire that asks for no key has no words for one.
      way(step('registerUser', { ...known, profile: whole, signIn, apiKey })),
      way(step('registerUser', { ...known, profile: whole, signIn })),
    ]),
  );
}

/** Registering with a contact that is proven first or on the way. */
export function provenRegistrations(command: Speakable<'registerUser'>, context: DetourContext): Way[] {
  const { profile = {}, proof } = command;
  const [email, phone, username] = [chosen(command.email), chosen(command.phone), chosen(command.username)];
  const target: Target | undefined =
    email !== undefined ? { email } : phone !== undefined ? { phone } : undefined;
  if (target === undefined) return [];
  const { blank } = context;
  const apiKey = blank('apiKey', '<API key>', 'the operator: `idiom apikey create`');
  const password =
    command.password ?? blank('password', '<password>', 'the person, who has to choose one here');
  const byToken = step(
    'registerUser',
    compact({
      ...target,
      username,
      password: command.password,
      profile,
      proof: { proofToken: proofTokenOf(context) },
      signIn: true,
    }),
  );
  const byCode = step('registerUser', {
    ...target,
    password,
    proof: { code: codeOf(context) },
    apiKey,
    signIn: false,
  });
  const asking =
    proof === undefined
      ? [step('requestCode', { purpose: 'register', target, audience: 'unregistered', language: 'en' })]
      : [];
  const second: ProfileChanges = email !== undefined && phone !== undefined ? { phone } : {};
  return [
    { steps: [...proving(target, 'unregistered', proof, context), byToken], later: second },
    { steps: [...asking, byCode], later: compact({ username, ...second, ...profile }) },
  ];
}
