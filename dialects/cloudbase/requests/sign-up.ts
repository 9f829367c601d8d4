import Joi from 'joi';
import type { Command, UserCaller } from '../../../src/core';
import { parse, refuse, type Said, type Site, type WireRequest } from '../../../src/dialect';
import {
  readAvatar,
  readGender,
  readPhone,
  spellAvatar,
  spellGender,
  type EditableMembers,
} from '../vocabulary';
import { membersOf } from '../requests';
import { sayPhone } from './sign-in';
import { checkValues, profileNames } from './values';

interface SignUp {
  phone_number?: string;
  email?: string;
  verification_token?: string;
  username?: string;
  password?: string;
  name?: string;
  gender?: string;
  picture?: string;
  locale?: string;
  anonymous_token?: string;
}

const text = Joi.string();
/** `''` is nothing chosen. */
const optional = text.allow('');

const signUp = Joi.object<SignUp>({
  phone_number: text,
  email: text,
  verification_token: text,
  username: text,
  password: text,
  name: optional,
  gender: optional,
  picture: optional,
  locale: optional,
  anonymous_token: text,
});

/** The member of a body that names the anonymous user who is to become a person. */
export function findAnonymousToken({ body }: WireRequest): string | undefined {
  if (typeof body !== 'object' || body === null || !('anonymous_token' in body)) return undefined;
  return typeof body.anonymous_token === 'string' ? body.anonymous_token : undefined;
}

/** The client's side of `findAnonymousToken`. */
export function attachAnonymousToken(said: Said, token: string): Said {
  return { ...said, body: { ...(said.body as object), anonymous_token: token } };
}

/**
 * `/signup`; reference 5.1. A proven e-mail address or phone number is what registers; a user name and a password alone
 * are not enough. The raw code that an SDK sends beside its token has been redeemed by then.
 */
export function readSignUp(
  { publicUrl }: Site,
  request: WireRequest,
  caller: UserCaller | null,
): Command<'registerUser'> {
  const members = membersOf(request);
  if ('provider_token' in members) return refuse({ code: 'not_served' });
  const wanted = parse(signUp, members);
  const { phone_number, email, username, password, name = '', gender = '', picture = '' } = wanted;
  if (phone_number === undefined && email === undefined)
    return refuse({ code: 'invalid_member', member: 'phone_number or email', rule: 'missing' });
  if (phone_number !== undefined && email !== undefined)
    return refuse({ code: 'invalid_member', member: 'phone_number or email', rule: 'format' });
  const proofToken =
    wanted.verification_token ??
    refuse({ code: 'invalid_member', member: 'verification_token', rule: 'missing' });
  checkValues(editableOf(wanted), { names: profileNames });
  if (wanted.anonymous_token !== undefined && caller?.user.kind !== 'anonymous')
    return refuse({ code: 'invalid_member', member: 'anonymous_token', rule: 'format' });
  return {
    ...(email !== undefined && { email }),
    ...(phone_number !== undefined && { phone: readPhone(phone_number) }),
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
    profile: {
      ...(name !== '' && { nickname: name }),
      ...(gender !== '' && { gender: readGender(gender) }),
      ...(picture !== '' && { avatar: readAvatar(picture, publicUrl) }),
      ...(wanted.locale !== undefined && { locale: wanted.locale }),
    },
    proof: { proofToken },
    ...(caller !== null && { anonymousCaller: caller }),
    contactRequired: true,
    signIn: true,
  };
}

function editableOf({ name, username, phone_number, picture, gender, email }: SignUp): EditableMembers {
  return {
    ...(name !== undefined && name !== '' && { nickname: name }),
    ...(username !== undefined && { username }),
    ...(phone_number !== undefined && { phone: phone_number }),
    ...(picture !== undefined && { avatar_url: picture }),
    ...(gender !== undefined && { gender }),
    ...(email !== undefined && { email }),
  };
}

/** Null without a proof token or with a field that this call does not have. */
export function saySignUp(command: Command<'registerUser'>, { publicUrl, phoneRegion }: Site): Said | null {
  const { username, email, phone, password, profile = {}, proof } = command;
  const { nickname, gender, avatar, locale, ...unspeakable } = profile;
  if (Object.keys(unspeakable).length > 0) return null;
  if (!command.signIn || command.role === 'admin' || command.extension !== undefined) return null;
  if (command.emailLink !== undefined || command.generatedUsername !== undefined) return null;
  if (command.apiKey !== undefined || command.anonymousCaller !== undefined) return null;
  if (proof === undefined || !('proofToken' in proof)) return null;
  if ([username, email, phone].some((value) => typeof value === 'object')) return null;
  if ((email === undefined) === (phone === undefined)) return null;
  return {
    body: {
      ...(typeof email === 'string' && { email }),
      ...(typeof phone === 'string' && { phone_number: sayPhone(phone, phoneRegion) }),
      verification_token: proof.proofToken,
      ...(username !== undefined && { username }),
      ...(password !== undefined && { password }),
      ...(nickname !== undefined && { name: nickname }),
      ...(gender !== undefined && { gender: spellGender(gender) }),
      ...(avatar !== undefined && { picture: spellAvatar(avatar, publicUrl) }),
      ...(locale !== undefined && { locale }),
    },
  };
}
