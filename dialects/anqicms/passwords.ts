import type { Command, UserCaller } from '../../src/core';
import { refuse, type WireRequest } from '../../src/dialect';
import { trimSpace } from './go-text';
import { readAddress } from './links';
import { bodyOf, userPasswordRequest } from './structs';
import { isShortPassword } from './vocabulary';

/** A new password, trimmed; refuses one that is too short. */
function readNewPassword(written: string | undefined): string {
  const password = trimSpace(written ?? '');
  return isShortPassword(password)
    ? refuse({ code: 'invalid_member', member: 'password', rule: 'length' })
    : password;
}

/**
 * What the link contained, and a new password (reference 4.7). The code that came beside the token is asked for too:
 * the server documents that, and does not look.
 */
export function readRecovery(request: WireRequest): Command<'recoverPassword'> {
  const body = bodyOf(request, userPasswordRequest);
  const password = readNewPassword(body.password);
  const email = readAddress(body.email);
  const proofToken = body.token || refuse({ code: 'invalid_member', member: 'token', rule: 'missing' });
  return {
    contact: { email },
    proof: { proofToken, code: body.code ?? '' },
    password,
    tellsUnknown: true,
  };
}

/** The old password may be missing: a user who has none needs none (reference 4.11). */
export function readPasswordChange(request: WireRequest, caller: UserCaller): Command<'changePassword'> {
  const body = bodyOf(request, userPasswordRequest);
  const password = readNewPassword(body.password);
  return { caller, password, authority: { oldPassword: trimSpace(body.old_password ?? '') } };
}
