import joi from 'joi';
import { fail, type Command, type UserCaller } from '../../src/core';
import { parse, refuse, type WireRequest } from '../../src/dialect';
import { integer, language, optionalText, pushToken, requireMembers } from './members';

/** The vendor's own app, when a call names none (reference 2 and 8.14). */
const vendorBundle = 'com.lancens.wxdoorbell';

/** A binding as it is kept, and shown but for the model of the phone. */
export interface PushBinding {
  push_token: string;
  language: string;
  dev: number;
  bundleid: string;
  os: string;
  os_token: string;
  push_platform: string;
  phone_model: string;
}

const binding = joi.object<PushBinding>({
  push_token: pushToken,
  language,
  dev: integer(0, 1).default(0),
  bundleid: optionalText(255).empty(joi.valid('', null)).default(vendorBundle),
  os: optionalText(255),
  os_token: optionalText(4096),
  push_platform: optionalText(255),
  phone_model: optionalText(255),
});
const rebinding = joi.object<Pick<PushBinding, 'push_token' | 'language'>>({
  push_token: pushToken,
  language,
});

const required = ['push_token', 'language'];

/** A user has one binding of a kind, so a later one takes the place of the earlier (reference 8.14). */
export const bindingReader =
  (kind: string) =>
  ({ body }: WireRequest, caller: UserCaller): Command<'putRecord'> => {
    const data = parse(binding, requireMembers(body, required));
    return { caller, kind, data: { ...data }, match: [] };
  };

/** The `id` of a binding is that of its user, as `GET` shows it; anybody else's is not there for this caller. */
function checkId({ params }: WireRequest, caller: UserCaller): void {
  const { id = '' } = params;
  if (!/^\d+$/.test(id)) refuse({ code: 'invalid_member', member: 'id', rule: 'format' });
  if (Number(id) !== caller.user.id) fail({ code: 'record_not_found' });
}

export const rebindingReader =
  (kind: string) =>
  (request: WireRequest, caller: UserCaller): Command<'updateRecord'> => {
    const data = parse(rebinding, requireMembers(request.body, required));
    checkId(request, caller);
    return { caller, kind, data: { ...data } };
  };

export const bindingsReader =
  (kind: string) =>
  (_request: WireRequest, caller: UserCaller): Command<'listRecords'> => ({ caller, kind, shared: false });

export const unbindingReader =
  (kind: string) =>
  (_request: WireRequest, caller: UserCaller): Command<'removeRecords'> => ({ caller, kind });

export const oneUnbindingReader =
  (kind: string) =>
  (request: WireRequest, caller: UserCaller): Command<'removeRecords'> => {
    checkId(request, caller);
    return { caller, kind };
  };
