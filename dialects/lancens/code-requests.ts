import joi from 'joi';
import { parsePhone, splitPhone, type Command, type Proof } from '../../src/core';
import { parse, refuse, type WireRequest } from '../../src/dialect';
import {
  anyEmail,
  anyPhone,
  apikey,
  code,
  email,
  integer,
  password,
  phone,
  readMailTerms,
  requireMembers,
} from './members';
import { defaultLanguage } from './vocabulary';

/** A calling code without its plus sign; none has more than three digits. */
const area_code = integer(1, 999);

interface Dialled {
  phone: string;
  area_code?: number;
}

const newPhone = joi.object<Dialled>({ phone, area_code });
const knownPhone = joi.object<Dialled>({ phone: anyPhone, area_code });
const newEmail = joi.object<{ email: string }>({ email });
const knownEmail = joi.object<{ email: string }>({ email: anyEmail });

type Registering = { code: string; password: string; apikey: string };
const phoneRegistration = joi.object<Dialled & Registering>({ phone, area_code, code, password, apikey });
const emailRegistration = joi.object<{ email: string } & Registering>({ email, code, password, apikey });

type Recovering = { code: string; password: string };
const phoneRecovery = joi.object<Dialled & Recovering>({ phone: anyPhone, area_code, code, password });
const emailRecovery = joi.object<{ email: string } & Recovering>({ email: anyEmail, code, password });

/**
 * Without an area code the number is one of the default region, whose code is 86 unless configured (reference 8.3). One with a
 * plus sign has its code already, and another one beside it contradicts it.
 */
function dial({ phone: digits, area_code: areaCode }: Dialled): string {
  if (areaCode === undefined) return digits;
  if (!digits.startsWith('+')) return `+${areaCode}${digits}`;
  if (splitPhone(digits).countryCode === String(areaCode)) return digits;
  return refuse({ code: 'invalid_member', member: 'phone', rule: 'format' });
}

/** The number of a call with a code and without an area code is the one that the code went to. */
function proofOf(given: Dialled & { code: string }): Proof {
  return given.area_code === undefined ? { code: given.code, anyCountry: true } : { code: given.code };
}

/** What the pages say of user names for those who choose none; the nickname starts as the same (reference 3). */
const drawnName = (prefix: string) => ({ prefix, length: 20, asNickname: true as const });

const phoneCode = { validMinutes: 5, caller: null };

/** The phone calls name no language: messages to numbers of China are in Chinese, the others in the wire's default. */
function smsLanguage(number: string, region: string): string {
  return parsePhone(number, region)?.startsWith('+86') === true ? 'zh' : defaultLanguage;
}

export const phoneRegistrationCodeReader =
  (region: string) =>
  ({ body }: WireRequest): Command<'requestCode'> => {
    const number = dial(parse(newPhone, requireMembers(body, ['phone'])));
    const language = smsLanguage(number, region);
    return {
      ...phoneCode,
      purpose: 'register',
      audience: 'unregistered',
      target: { phone: number },
      language,
    };
  };

export const phoneRecoveryCodeReader =
  (region: string) =>
  ({ body }: WireRequest): Command<'requestCode'> => {
    const number = dial(parse(knownPhone, requireMembers(body, ['phone'])));
    const language = smsLanguage(number, region);
    return { ...phoneCode, purpose: 'recover', audience: 'registered', target: { phone: number }, language };
  };

/** A GET, whose members are in the query (reference 8.4). */
export function readEmailRegistrationCode({ query }: WireRequest): Command<'requestCode'> {
  const given = parse(newEmail, requireMembers({ email: query.get('email') }, ['email']));
  return {
    caller: null,
    purpose: 'register',
    audience: 'unregistered',
    target: { email: given.email },
    ...readMailTerms({}, query),
  };
}

export function readEmailRecoveryCode({ body, query }: WireRequest): Command<'requestCode'> {
  const members = requireMembers(body, ['email']);
  const given = parse(knownEmail, members);
  return {
    caller: null,
    purpose: 'recover',
    audience: 'registered',
    target: { email: given.email },
    ...readMailTerms(members, query),
  };
}

export function readPhoneRegistration({ body }: WireRequest): Command<'registerUser'> {
  const required = ['phone', 'code', 'password', 'apikey'];
  const given = parse(phoneRegistration, requireMembers(body, required));
  return {
    phone: dial(given),
    proof: proofOf(given),
    password: given.password,
    apiKey: given.apikey,
    generatedUsername: drawnName('mp_'),
    signIn: false,
  };
}

export function readEmailRegistration({ body }: WireRequest): Command<'registerUser'> {
  const required = ['email', 'code', 'password', 'apikey'];
  const given = parse(emailRegistration, requireMembers(body, required));
  return {
    email: given.email,
    proof: { code: given.code },
    password: given.password,
    apiKey: given.apikey,
    generatedUsername: drawnName('em_'),
    signIn: false,
  };
}

export function readPhoneRecovery({ body }: WireRequest): Command<'recoverPassword'> {
  const given = parse(phoneRecovery, requireMembers(body, ['phone', 'code', 'password']));
  return { contact: { phone: dial(given) }, proof: proofOf(given), password: given.password };
}

export function readEmailRecovery({ body }: WireRequest): Command<'recoverPassword'> {
  const given = parse(emailRecovery, requireMembers(body, ['email', 'code', 'password']));
  return { contact: { email: given.email }, proof: { code: given.code }, password: given.password };
}
