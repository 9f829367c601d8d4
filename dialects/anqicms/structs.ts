import type { WireRequest } from '../../src/dialect';
import { decodeStruct, type Decoded, type GoStruct } from './go-json';

/** What a request's body says, read into one of the structs below. Refuses with Go's own text. */
export function bodyOf<Struct extends GoStruct>(request: WireRequest, struct: Struct): Decoded<Struct> {
  return decodeStruct(Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0), struct);
}

/** Members of the login body (reference 4.1). */
export const loginRequest = {
  name: 'ApiLoginRequest',
  members: {
    platform: 'string',
    user_name: 'string',
    email: 'string',
    phone: 'string',
    password: 'string',
    remember: 'bool',
    captcha_id: 'string',
    captcha: 'string',
    invite_id: 'uint',
    code: 'string',
    state: 'string',
    anonymousCode: 'string',
    avatar: 'string',
    nick_name: 'string',
    gender: 'uint or string',
    province: 'string',
    city: 'string',
    county: 'string',
    encryptedData: 'string',
    iv: 'string',
    signature: 'string',
    rawData: 'string',
  },
} as const satisfies GoStruct;

/** Members of the register body (reference 4.2), and of the one that asks for a mail (4.5). */
export const registerRequest = {
  name: 'ApiRegisterRequest',
  members: {
    user_name: 'string',
    password: 'string',
    real_name: 'string',
    avatar_url: 'string',
    email: 'string',
    phone: 'string',
    invite_id: 'uint',
    first_name: 'string',
    last_name: 'string',
    captcha_id: 'string',
    captcha: 'string',
    code: 'string',
    state: 'string',
  },
} as const satisfies GoStruct;

/** Members of the update body (reference 4.9). */
export const userRequest = {
  name: 'UserRequest',
  members: {
    id: 'uint',
    user_name: 'string',
    real_name: 'string',
    first_name: 'string',
    last_name: 'string',
    birthday: 'int64',
    avatar_url: 'string',
    introduce: 'string',
    email: 'string',
    phone: 'string',
    group_id: 'uint',
    status: 'int',
    balance: 'int64',
    is_retailer: 'int',
    parent_id: 'uint',
    password: 'string',
    invite_code: 'string',
    expire_time: 'int64',
    extra: 'map[string]interface {}',
  },
} as const satisfies GoStruct;

/** Members of the bodies that change and reset a password (reference 4.7, 4.11). */
export const userPasswordRequest = {
  name: 'UserPasswordRequest',
  members: {
    old_password: 'string',
    password: 'string',
    email: 'string',
    token: 'string',
    code: 'string',
  },
} as const satisfies GoStruct;
