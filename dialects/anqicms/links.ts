import type { Command, EmailLink, UserCaller } from '../../src/core';
import { refuse, type WireRequest } from '../../src/dialect';
import { localeOf } from './locale';
import type { AnqicmsSite } from './site';
import { bodyOf, registerRequest } from './structs';
import { looksLikeEmail } from './vocabulary';

/** What a link does, by the `state` in it; every state but these two is `verify` (reference section 3, row 25). */
const uses = { verify: 'verify_email', reset: 'recover' } as const;

/** The address that a mail brings (reference 4.5), below our own public URL whatever host the request names. */
function linkTo(state: keyof typeof uses, site: AnqicmsSite): EmailLink {
  return {
    template: `${site.publicUrl}/api/verify/email?token={token}&code={code}&state=${state}&email={email}`,
    use: uses[state],
  };
}

/** What goes out beside a registration or a sign-in. */
export function verifyLink(request: WireRequest, site: AnqicmsSite): EmailLink & { language: string } {
  return { ...linkTo('verify', site), language: localeOf(request) };
}

/** An address as the caller wrote it, not trimmed; refuses one of bad form. */
export function readAddress(written: string | null | undefined): string {
  const email = written ?? '';
  return looksLikeEmail(email) ? email : refuse({ code: 'invalid_member', member: 'email', rule: 'format' });
}

/** Asks for a mail (reference 4.5). */
export function readMailRequest(request: WireRequest, site: AnqicmsSite): Command<'requestCode'> {
  const body = bodyOf(request, registerRequest);
  const email = readAddress(body.email);
  const state = body.state === 'reset' ? 'reset' : 'verify';
  return {
    caller: null,
    purpose: state === 'reset' ? 'recover' : 'prove',
    target: { email },
    audience: state === 'reset' ? 'registered' : 'held',
    language: localeOf(request),
    link: linkTo(state, site),
  };
}

/** Where no mail goes out, all that is asked for is whether somebody has the address. */
export function readMailTarget(request: WireRequest): Command<'identifierExists'> {
  return { identifier: readAddress(bodyOf(request, registerRequest).email) };
}

export function stateOf(request: WireRequest): string {
  return request.query.get('state') ?? '';
}

function readToken({ query }: WireRequest): string {
  return query.get('token') || refuse({ code: 'invalid_member', member: 'token', rule: 'missing' });
}

export function readExistence({ query }: WireRequest): Command<'identifierExists'> {
  return { identifier: readAddress(query.get('email')) };
}

export function readResetLink(request: WireRequest): Command<'checkLink'> {
  return { email: readAddress(request.query.get('email')), proofToken: readToken(request), use: 'recover' };
}

export function readVerifyLink(
  request: WireRequest,
  caller: UserCaller | null,
): Command<'verifyEmailByLink'> {
  return { caller, email: readAddress(request.query.get('email')), proofToken: readToken(request) };
}

/** The page for a new password, with what the link contained (reference 4.6). */
export function resetAddress(request: WireRequest, site: AnqicmsSite): string {
  const address = new URL(site.resetUrl);
  for (const name of ['token', 'code', 'email']) {
    address.searchParams.set(name, request.query.get(name) ?? '');
  }
  return address.href;
}
