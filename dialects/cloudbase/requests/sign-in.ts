import Joi from 'joi';
import { classifyIdentifier, fail, parsePhone, type Command } from '../../../src/core';
import { findHeader, parse, refuse, type Said, type WireRequest } from '../../../src/dialect';
import { spellPhone } from '../vocabulary';
import { captchaOf, hasMember, membersOf, sayCaptcha } from '../requests';

const passwordSignIn = Joi.object<{ username: string; password: string }>({
  username: Joi.string().required(),
  password: Joi.string().required(),
});

const proofSignIn = Joi.object<{ verification_token: string }>({
  verification_token: Joi.string().required(),
});

const refresh = Joi.object<{ grant_type: string; refresh_token: string }>({
  grant_type: Joi.string().valid('refresh_token').required(),
  refresh_token: Joi.string().required(),
});

const clientCredentials = Joi.object<{ grant_type: string }>({
  grant_type: Joi.string().valid('client_credentials').required(),
});

/** The encrypted mode of sign-in; reference 5.2. */
const encryptedMembers = ['params', 'public_key_thumbprint'];

function refuseEncrypted(request: WireRequest): void {
  if (encryptedMembers.some((name) => hasMember(request, name))) refuse({ code: 'not_served' });
}

/** Password mode of `/signin`. */
export function readSignIn(request: WireRequest): Command<'signIn'> {
  refuseEncrypted(request);
  return readPasswordGrant(request);
}

/** What is too long or of no known form is no mistake here: it matches nobody. */
export function readPasswordGrant(request: WireRequest): Command<'signIn'> {
  const { username, password } = parse(passwordSignIn, membersOf(request));
  return { identifier: username, password, captcha: captchaOf(request) };
}

/** Code mode. SDKs name the contact beside the token; the one inside the token counts (reference 5.2). */
export function isProofSignIn(request: WireRequest): boolean {
  return hasMember(request, 'verification_token');
}

export function readProofSignIn(request: WireRequest): Command<'signInByProof'> {
  refuseEncrypted(request);
  return { proofToken: parse(proofSignIn, membersOf(request)).verification_token };
}

/** The device is in a header. What a provider would vouch for cannot be dropped in silence. */
export function readAnonymous(request: WireRequest): Command<'signInAnonymously'> {
  if ('provider_token' in membersOf(request)) refuse({ code: 'not_served' });
  return {};
}

export const isGrant =
  (type: string) =>
  ({ body }: WireRequest): boolean =>
    typeof body === 'object' && body !== null && 'grant_type' in body && body.grant_type === type;

/** Every `/token` call of no other grant, those with an unknown `grant_type` included. */
export function readRefresh(request: WireRequest): Command<'refreshSession'> {
  const members = membersOf(request);
  if (members.grant_type === 'authorization_code') return refuse({ code: 'not_served' });
  return { refreshToken: parse(refresh, members).refresh_token };
}

/**
 * `Authorization: Basic base64(SecretId:SecretKey)`; reference 6.1 and 6.2. The vendor's own request signature is of its
 * cloud's keys, which nobody has here.
 */
export function readClientGrant(request: WireRequest): Command<'signInClient'> {
  const header = findHeader(request, 'authorization') ?? '';
  if (/^tc3-hmac-sha256\b/i.test(header)) return refuse({ code: 'not_served' });
  parse(clientCredentials, membersOf(request));
  const encoded = /^basic +([\w+/=-]+) *$/i.exec(header)?.[1] ?? '';
  const [, clientId, secret] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, 'base64').toString('utf8')) ?? [];
  if (clientId === undefined || secret === undefined || !/^[\x21-\x7e]{1,128}$/.test(clientId))
    return fail({ code: 'client_rejected' });
  return { clientId, secret };
}

/** A number that we cannot read is said as it stands, so that its refusal can be heard. */
export function sayPhone(phone: string, region: string): string {
  const number = parsePhone(phone, region);
  return number === undefined ? phone : spellPhone(number);
}

/** Null with a link to be mailed, and with a captcha's own answer: this wire trades that for a pass first. */
export function saySignIn(
  { identifier, password, captcha, emailLink }: Command<'signIn'>,
  region: string,
): Said | null {
  if (emailLink !== undefined || captcha?.answer !== undefined) return null;
  const isPhone = classifyIdentifier(identifier) === 'phone';
  const username = isPhone ? sayPhone(identifier, region) : identifier;
  return { ...sayCaptcha(captcha), body: { username, password } };
}

export function sayPasswordGrant(command: Command<'signIn'>, region: string): Said | null {
  const said = saySignIn(command, region);
  return said && { ...said, body: { grant_type: 'password', ...(said.body as object) } };
}

export function sayProofSignIn({ proofToken }: Command<'signInByProof'>): Said {
  return { body: { verification_token: proofToken } };
}

export function sayRefresh({ refreshToken }: Command<'refreshSession'>): Said {
  return { body: { client_secret: '', grant_type: 'refresh_token', refresh_token: refreshToken } };
}

export function sayClientGrant({ clientId, secret }: Command<'signInClient'>): Said {
  const credentials = Buffer.from(`${clientId}:${secret}`).toString('base64');
  return {
    headers: { authorization: `Basic ${credentials}` },
    body: { grant_type: 'client_credentials' },
  };
}
