import Joi from 'joi';
import { fail, type Command, type RequestCode, type UserCaller } from '../../../src/core';
import { findHeader, parse, refuse, type Said, type WireRequest } from '../../../src/dialect';
import { readPhone, spellPhone } from '../vocabulary';
import { captchaOf, membersOf, sayCaptcha } from '../requests';
import { sayPhone } from './sign-in';
import { checkValues, isSpelledPhone, isWebAddress } from './values';

interface Verification {
  phone_number?: string;
  email?: string;
  target?: string;
  usage?: string;
  email_redirect_to?: string;
  locale?: string;
}

const text = Joi.string();
const optional = text.allow('');

const verification = Joi.object<Verification>({
  phone_number: text,
  email: text,
  target: Joi.valid('ANY', 'USER', 'NOT_USER', 'CUR_USER'),
  usage: optional,
  email_redirect_to: optional,
  locale: optional,
});

const redemption = Joi.object<{ verification_id: string; verification_code: string }>({
  verification_id: text.required(),
  verification_code: text.required(),
});

const reauthentication = Joi.object<{ verify_opt: string }>({
  verify_opt: Joi.valid('phone_code', 'email_code').required(),
});

const captchaAnswer = Joi.object<{ token: string; key: string }>({
  token: text.required(),
  key: text.required(),
});

const audiences: Readonly<Record<string, RequestCode['audience']>> = {
  USER: 'registered',
  NOT_USER: 'unregistered',
};

/** The language of the message: the one named, else the first that the client reads. */
function languageOf(request: WireRequest, locale = ''): string {
  if (locale !== '') return locale;
  return /^[A-Za-z\d-]+/.exec(findHeader(request, 'accept-language') ?? '')?.[0] ?? '';
}

/**
 * The link's token travels where a page can hand it on as `verification_token`. A fragment of the page's own stays
 * behind the query.
 */
function linkTemplate(url: string): string {
  if (!isWebAddress(url))
    return refuse({ code: 'invalid_member', member: 'email_redirect_to', rule: 'format' });
  const [page = '', ...fragment] = url.split('#');
  const mark = page.includes('?') ? '&' : '?';
  return [`${page}${mark}verification_token={token}`, ...fragment].join('#');
}

/** Whether a contact, parts of which may be stars, reads as the caller's own. */
function reads(masked: string, own: string): boolean {
  const parts = masked.toLowerCase().split(/\*+/);
  const last = parts.pop() ?? '';
  const text = own.toLowerCase();
  if (parts.length === 0) return text === last;
  let from = 0;
  for (const [index, part] of parts.entries()) {
    const at = text.indexOf(part, from);
    if (at === -1 || (index === 0 && at !== 0)) return false;
    from = at + part.length;
  }
  return text.length - last.length >= from && text.endsWith(last);
}

/** `target: CUR_USER`: the caller's own contact, which a client may know in part only; reference 10.1. */
function ownTarget(wanted: Verification, caller: UserCaller | null): { own: 'email' | 'phone' } {
  if (caller === null) return fail({ code: 'access_token_rejected', reason: 'missing' });
  const { email, phone } = caller.user;
  if (wanted.email !== undefined)
    return email !== null && reads(wanted.email, email) ? { own: 'email' } : fail({ code: 'user_not_found' });
  const masked = readPhone(wanted.phone_number ?? '');
  const spellings = phone === null ? [] : [phone, spellPhone(phone).split(' ')[1] ?? phone];
  return spellings.some((spelling) => reads(masked, spelling))
    ? { own: 'phone' }
    : fail({ code: 'user_not_found' });
}

function targetOf(wanted: Verification, caller: UserCaller | null): RequestCode['target'] {
  const { phone_number, email, target } = wanted;
  if ((phone_number === undefined) === (email === undefined))
    return refuse({
      code: 'invalid_member',
      member: 'phone_number or email',
      rule: email === undefined ? 'missing' : 'format',
    });
  if (target === 'CUR_USER') return ownTarget(wanted, caller);
  if (email === undefined) {
    if (phone_number === undefined || !isSpelledPhone(phone_number))
      return refuse({ code: 'invalid_member', member: 'phone_number', rule: 'format' });
    return { phone: readPhone(phone_number) };
  }
  checkValues({ email });
  return { email };
}

/** `/verification`. The code proves the contact, whatever `usage` says it is wanted for. */
export function readCodeRequest(request: WireRequest, caller: UserCaller | null): Command<'requestCode'> {
  const wanted = parse(verification, membersOf(request));
  const target = targetOf(wanted, caller);
  const { email_redirect_to: redirect = '' } = wanted;
  if (redirect !== '' && wanted.email === undefined)
    return refuse({ code: 'invalid_member', member: 'email', rule: 'missing' });
  return {
    caller,
    purpose: 'prove',
    target,
    audience: audiences[wanted.target ?? ''] ?? 'anyone',
    language: languageOf(request, wanted.locale),
    ...(redirect !== '' && { link: { template: linkTemplate(redirect), use: 'prove' as const } }),
    captcha: captchaOf(request),
  };
}

/** `/user/reauthenticate`: a code of 300 s to the caller's own contact; reference 9.6. */
export function readReauthentication(request: WireRequest, caller: UserCaller): Command<'requestCode'> {
  const { verify_opt } = parse(reauthentication, membersOf(request));
  return {
    caller,
    purpose: 'prove',
    target: { own: verify_opt === 'email_code' ? 'email' : 'phone' },
    audience: 'anyone',
    language: languageOf(request),
    validMinutes: 5,
  };
}

/** `/verification/verify`. */
export function readRedemption(request: WireRequest): Command<'redeemCode'> {
  const { verification_id, verification_code } = parse(redemption, membersOf(request));
  return { verificationId: verification_id, code: verification_code };
}

/** `/captcha/data/verify`. */
export function readCaptchaAnswer(request: WireRequest): Command<'checkCaptcha'> {
  const { token, key } = parse(captchaAnswer, membersOf(request));
  return { captchaId: token, text: key };
}

type Asked = Omit<Command<'requestCode'>, 'caller'>;

/** Null for a code that is redeemed in the call it is for, for what only the other call says, and for links. */
export function sayCodeRequest(command: Asked, region: string): Said | null {
  const { target, audience, purpose, link, captcha } = command;
  if (purpose !== 'prove' || 'own' in target || command.appName !== undefined) return null;
  if ((command.validMinutes ?? 10) !== 10 || link !== undefined || captcha?.answer !== undefined) return null;
  const word = Object.keys(audiences).find((name) => audiences[name] === audience);
  if (word === undefined && audience !== 'anyone') return null;
  return {
    ...sayCaptcha(captcha),
    body: {
      ...('email' in target ? target : { phone_number: sayPhone(target.phone, region) }),
      target: word ?? 'ANY',
      ...(command.language !== '' && { locale: command.language }),
    },
  };
}

/** Null for anything but a short code to an own contact. */
export function sayReauthentication(command: Asked): Said | null {
  const { target, language } = command;
  if (command.purpose !== 'prove' || !('own' in target) || command.validMinutes !== 5) return null;
  if (command.appName !== undefined || command.link !== undefined) return null;
  return {
    ...(language !== '' && { headers: { 'accept-language': language } }),
    body: { verify_opt: `${target.own}_code` },
  };
}

export function sayRedemption({ verificationId, code }: Command<'redeemCode'>): Said {
  return { body: { verification_id: verificationId, verification_code: code } };
}

/** Null for a PNG: pictures are GIFs here. */
export function sayCaptchaRequest({ format }: Command<'createCaptcha'>): Said | null {
  return format === 'gif' ? { body: {} } : null;
}

export function sayCaptchaAnswer({ captchaId, text: key }: Command<'checkCaptcha'>): Said {
  return { body: { token: captchaId, key } };
}
