import type { Command } from 'commander';
import type { User } from '../core';
import { answerWith, operator } from './answer';
import { moment, table } from './layout';
import { userJson } from './show-user';
import { wholeNumber } from './whole-number';

const mostUsers = 1_000;

function usersText(users: readonly User[], next: number | null): string {
  if (users.length === 0) return 'No users.';
  const rows = users.map((user) => [
    String(user.id),
    user.username ?? '',
    user.email ?? '',
    user.phone ?? '',
    user.role,
    user.status,
    moment(user.createdAt),
  ]);
  const text = table(['ID', 'USER NAME', 'E-MAIL', 'PHONE', 'ROLE', 'STATUS', 'CREATED'], rows);
  return next === null ? text : `${text}\nMore with --after ${next}`;
}

export function addUserList(parent: Command): void {
  const command = parent
    .command('list')
    .description('list users in the order of their ids')
    .option('--after <id>', 'only users with an id above this one', wholeNumber(0, 2 ** 31 - 1))
    .option('--limit <number>', 'at most so many users', wholeNumber(1, mostUsers), 100);
  answerWith(
    command,
    'idiom user list --after 1099 --limit 50',
    ({ after, limit }: { after?: number; limit: number }) =>
      async ({ core }) => {
        // One more than asked for tells whether there are more.
        const filter = { ...(after === undefined ? {} : { afterId: after }), limit: limit + 1 };
        const found = (await core.listUsers(filter, operator)).users;
        const users = found.slice(0, limit);
        const next = found.length > limit ? (users.at(-1)?.id ?? null) : null;
        return { json: { users: users.map(userJson), next }, text: usersText(users, next) };
      },
  );
}
