import joi from 'joi';
import { parse, refuse, type WireRequest, type WireResponse } from '../../src/dialect';
import { accessToken, apikey, openid, requireMembers } from './members';

const weixin = joi.object({ access_token: accessToken, openid, apikey });
const facebook = joi.object({ access_token: accessToken, apikey });

/** No provider is configured, so nobody is known to it: `no data error` once the members are well formed (reference 8.16). */
function answerFor(schema: joi.ObjectSchema, required: readonly string[]) {
  return ({ body }: WireRequest): WireResponse => {
    parse(schema, requireMembers(body, required));
    return refuse({ code: 'not_served' });
  };
}

export const answerWeixin = answerFor(weixin, ['access_token', 'openid']);
export const answerFacebook = answerFor(facebook, ['access_token']);
