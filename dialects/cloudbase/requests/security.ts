import Joi from 'joi';
import type { Command, Contact, UserCaller } from '../../../src/core';
import { countCodePoints } from '../../../src/core';
import { parse, refuse, type Said, type WireRequest } from '../../../src/dialect';
import { readPhone } from '../vocabulary';
import { membersOf } from '../requests';
import { sayPhone } from './sign-in';
import { isWebAddress } from './values';

const text = Joi.string();

const sudo = Joi.object<{ password?: string; verification_token?: string }>({
  password: text,
  verification_token: text,
});

const password = Joi.object<{
  sudo_token?: string;
  old_password?: string;
  new_password: string;
  confirm_password?: string;
}>({
  sudo_token: text,
  old_password: text.allow(''),
  new_password: text.required(),
  confirm_password: text.allow(''),
});

interface ContactMembers {
  phone_number?: string;
  email?: string;
}

const contactMembers = { phone_number: text, email: text };

const contactChange = Joi.object<
  ContactMembers & { sudo_token: string; verification_token: string; conflict_resolution?: string }
>({
  ...contactMembers,
  sudo_token: text.required(),
  verification_token: text.required(),
  conflict_resolution: Joi.valid('DEFAULT', 'TRANSFER', 'DELETE_ACCOUNT_TRANSFER'),
});

const reset = Joi.object<ContactMembers & { new_password: string; verification_token: string }>({
  ...contactMembers,
  new_password: text.required(),
  verification_token: text.required(),
});

const signOut = Joi.object<{ redirect_uri?: string; state?: string }>({
  redirect_uri: text.allow(''),
  state: text.allow(''),
});

/** `/user/sudo`: one of the two; a password is asked first. */
export function readSudo(request: WireRequest, caller: UserCaller): Command<'confirmCaller'> {
  const wanted = parse(sudo, membersOf(request));
  if (wanted.password !== undefined) return { caller, credential: { password: wanted.password } };
  const proofToken =
    wanted.verification_token ??
    refuse({ code: 'invalid_member', member: 'password or verification_token', rule: 'missing' });
  return { caller, credential: { proofToken } };
}

/** The rule of the change-password page; reference 13. It is this call's alone: the others name none. */
function checkNewPassword(value: string): void {
  const length = countCodePoints(value);
  if (length < 8 || length > 64) refuse({ code: 'invalid_member', member: 'new_password', rule: 'length' });
  const classes = [/[A-Z]/, /[a-z]/, /\d/, /[^A-Za-z\d]/];
  if (!classes.every((pattern) => pattern.test(value)))
    refuse({ code: 'invalid_member', member: 'new_password', rule: 'charset' });
}

/**
 * `PATCH /user/password`. The documentation puts the sudo token into the query, SDKs into the body (reference 9.2). Beside one
 * the old password is not looked at; without one it is what authorises the change.
 */
export function readPasswordChange(request: WireRequest, caller: UserCaller): Command<'changePassword'> {
  const wanted = parse(password, membersOf(request));
  const sudoToken = request.query.get('sudo_token') ?? wanted.sudo_token;
  const { old_password, new_password, confirm_password } = wanted;
  if (sudoToken === undefined && old_password === undefined)
    return refuse({ code: 'invalid_member', member: 'sudo_token', rule: 'missing' });
  if (confirm_password !== undefined && confirm_password !== new_password)
    return refuse({ code: 'invalid_member', member: 'confirm_password', rule: 'format' });
  checkNewPassword(new_password);
  const authority = sudoToken === undefined ? { oldPassword: old_password ?? '' } : { sudoToken };
  return { caller, password: new_password, authority };
}

/** Numbers as a person types them too: SDKs pass one variant on as it was typed (reference 9.4). */
function readContact({ phone_number, email }: ContactMembers): Contact {
  if ((phone_number === undefined) === (email === undefined))
    return refuse({
      code: 'invalid_member',
      member: 'phone_number or email',
      rule: email === undefined ? 'missing' : 'format',
    });
  return email === undefined ? { phone: readPhone(phone_number ?? '') } : { email };
}

const resolutions: Readonly<Record<string, Command<'changeContact'>['onConflict']>> = {
  TRANSFER: 'transfer',
  DELETE_ACCOUNT_TRANSFER: 'close_and_transfer',
};

/** `PATCH /user/contact`. */
export function readContactChange(request: WireRequest, caller: UserCaller): Command<'changeContact'> {
  const wanted = parse(contactChange, membersOf(request));
  return {
    caller,
    contact: readContact(wanted),
    sudoToken: wanted.sudo_token,
    proofToken: wanted.verification_token,
    onConflict: resolutions[wanted.conflict_resolution ?? ''] ?? 'refuse',
  };
}

/** `/reset`. */
export function readReset(request: WireRequest): Command<'recoverPassword'> {
  const wanted = parse(reset, membersOf(request));
  return {
    contact: readContact(wanted),
    proof: { proofToken: wanted.verification_token },
    password: wanted.new_password,
  };
}

/** `DELETE /user/me`. No token is as bad as a bad one. */
export function readDeletion({ query }: WireRequest, caller: UserCaller): Command<'deleteUser'> {
  return { caller, sudoToken: query.get('sudo_token') ?? '' };
}

/** Where a sign-out leads to; undefined when nothing was asked. Only web addresses are handed back. */
export function redirectOf(request: WireRequest): string | undefined {
  const { redirect_uri = '', state = '' } = parse(signOut, membersOf(request));
  if (redirect_uri === '') return undefined;
  if (!isWebAddress(redirect_uri))
    return refuse({ code: 'invalid_member', member: 'redirect_uri', rule: 'format' });
  const url = new URL(redirect_uri);
  if (state !== '') url.searchParams.set('state', state);
  return url.href;
}

/** `/user/signout`. */
export function readSignOut(request: WireRequest, caller: UserCaller): Command<'signOut'> {
  redirectOf(request);
  return { caller };
}

/** A device that no session can have had has none. */
export function readDevice({ params }: WireRequest, caller: UserCaller): Command<'signOutDevice'> {
  const { device_id: deviceId = '' } = params;
  return { caller, deviceId: /^[\x21-\x7e]{16,48}$/.test(deviceId) ? deviceId : '' };
}

/** Null with an `identifier`: these calls cannot name whose session is to end. */
export function saySignOut({ identifier }: Pick<Command<'signOut'>, 'identifier'>): Said | null {
  return identifier === undefined ? { body: {} } : null;
}

export function saySudo({ credential }: Pick<Command<'confirmCaller'>, 'credential'>): Said {
  return {
    body: 'password' in credential ? credential : { verification_token: credential.proofToken },
  };
}

export function sayPasswordChange(command: Omit<Command<'changePassword'>, 'caller'>): Said {
  const { authority } = command;
  return {
    body: {
      ...('sudoToken' in authority
        ? { sudo_token: authority.sudoToken }
        : { old_password: authority.oldPassword }),
      new_password: command.password,
    },
  };
}

function sayContact(contact: Contact, region: string): ContactMembers {
  return 'email' in contact ? { email: contact.email } : { phone_number: sayPhone(contact.phone, region) };
}

export function sayContactChange(command: Omit<Command<'changeContact'>, 'caller'>, region: string): Said {
  const resolution = Object.keys(resolutions).find((name) => resolutions[name] === command.onConflict);
  return {
    body: {
      ...sayContact(command.contact, region),
      sudo_token: command.sudoToken,
      verification_token: command.proofToken,
      conflict_resolution: resolution ?? 'DEFAULT',
    },
  };
}

/** Null with a code: this wire trades it for a token first. */
export function sayReset(
  { contact, proof, password }: Command<'recoverPassword'>,
  region: string,
): Said | null {
  if (!('proofToken' in proof)) return null;
  return {
    body: { ...sayContact(contact, region), new_password: password, verification_token: proof.proofToken },
  };
}

export function sayDeletion({ sudoToken }: Pick<Command<'deleteUser'>, 'sudoToken'>): Said {
  return { query: { sudo_token: sudoToken } };
}

export function sayDevice({ deviceId }: Pick<Command<'signOutDevice'>, 'deviceId'>): Said {
  return { params: { device_id: deviceId } };
}
