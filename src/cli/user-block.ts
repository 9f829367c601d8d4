import type { Command } from 'commander';
import { answerWith } from './answer';
import { setStatus } from './set-status';

export function addUserBlock(parent: Command): void {
  const command = parent
    .command('block')
    .description('keep a user from signing in, and end all their sessions')
    .argument('<identifier>', 'id, user name, e-mail address or phone number');
  answerWith(
    command,
    'idiom user block 1000',
    (identifier: string) => (foundation) => setStatus(foundation, identifier, 'blocked'),
  );
}
