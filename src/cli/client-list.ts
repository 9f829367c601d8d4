import type { Command } from 'commander';
import { answerWith, operator } from './answer';
import { moment, table } from './layout';
import { clientJson } from './show-client';

export function addClientList(parent: Command): void {
  const command = parent
    .command('list')
    .description('list the credentials of programs, the oldest first; never the secrets');
  answerWith(command, 'idiom client list', () => async ({ core }) => {
    const { clients } = await core.listClients({}, operator);
    const rows = clients.map(({ clientId, name, createdAt, revokedAt }) => [
      clientId,
      name,
      moment(createdAt),
      moment(revokedAt, 'in use'),
    ]);
    return {
      json: { clients: clients.map(clientJson) },
      text: rows.length === 0 ? 'No clients.' : table(['CLIENT ID', 'NAME', 'CREATED', 'REVOKED'], rows),
    };
  });
}
