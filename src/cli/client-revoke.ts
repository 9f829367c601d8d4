import type { Command } from 'commander';
import { answerWith, operator } from './answer';
import { printable } from './layout';
import { clientJson } from './show-client';

export function addClientRevoke(parent: Command): void {
  const command = parent
    .command('revoke')
    .description('refuse the credentials of a program, and its tokens from the next request on')
    .argument('<client-id>', 'the id that `idiom client list` shows');
  answerWith(command, 'idiom client revoke 0k3v9x2m7q1w5r8t4y6u', (clientId: string) => async ({ core }) => {
    const client = await core.revokeClient({ clientId }, operator);
    return {
      json: { client: clientJson(client) },
      text: `The client ${client.clientId} (${printable(client.name)}) is revoked.`,
    };
  });
}
