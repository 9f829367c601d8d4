import { Argument, type Command } from 'commander';
import type { Role } from '../core';
import { answerWith, operator } from './answer';
import { printable } from './layout';
import { nameOf, userJson } from './show-user';

export function addUserSetRole(parent: Command): void {
  const command = parent
    .command('set-role')
    .description('make a user an administrator, or no longer one')
    .argument('<identifier>', 'id, user name, e-mail address or phone number')
    .addArgument(new Argument('<role>', 'the new role').choices(['user', 'admin']));
  answerWith(
    command,
    'idiom user set-role ada admin',
    (identifier: string, role: Role) =>
      async ({ core }) => {
        const found = await core.findUser({ identifier }, operator);
        const { user } = await core.setUserRole({ userId: found.user.id, role }, operator);
        return {
          json: { user: userJson(user) },
          text: `The role of ${printable(nameOf(user))} is ${user.role}.`,
        };
      },
  );
}
