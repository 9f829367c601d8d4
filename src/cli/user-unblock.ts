import type { Command } from 'commander';
import { answerWith } from './answer';
import { setStatus } from './set-status';

export function addUserUnblock(parent: Command): void {
  const command = parent
    .command('unblock')
    .description('let a user sign in again')
    .argument('<identifier>', 'id, user name, e-mail address or phone number');
  answerWith(
    command,
    'idiom user unblock 1000',
    (identifier: string) => (foundation) => setStatus(foundation, identifier, 'active'),
  );
}
