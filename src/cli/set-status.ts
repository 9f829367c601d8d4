import type { UserStatus } from '../core';
import type { Foundation } from '../foundation';
import { operator, type Answer } from './answer';
import { printable } from './layout';
import { nameOf, userJson } from './show-user';

/** Gives the user whom `identifier` names another status. */
export async function setStatus(
  { core }: Foundation,
  identifier: string,
  status: UserStatus,
): Promise<Answer> {
  const found = await core.findUser({ identifier }, operator);
  const { user } = await core.setUserStatus({ userId: found.user.id, status }, operator);
  const consequence = status === 'blocked' ? '; all their sessions have ended' : '';
  return {
    json: { user: userJson(user) },
    text: `The status of ${printable(nameOf(user))} is ${user.status}${consequence}.`,
  };
}
