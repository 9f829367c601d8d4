import type { Command } from 'commander';
import { answerWith, operator } from './answer';
import { moment, table } from './layout';
import { apiKeyJson } from './show-api-key';

export function addApikeyList(parent: Command): void {
  const command = parent
    .command('list')
    .description('list the keys, the oldest first; never the keys themselves');
  answerWith(command, 'idiom apikey list', () => async ({ core }) => {
    const { keys } = await core.listApiKeys({}, operator);
    const rows = keys.map(({ id, door, name, createdAt, revokedAt }) => [
      id,
      door,
      name,
      moment(createdAt),
      moment(revokedAt, 'in use'),
    ]);
    return {
      json: { keys: keys.map(apiKeyJson) },
      text:
        rows.length === 0
          ? 'No API keys: any well-formed key registers users.'
          : table(['ID', 'DIALECT', 'NAME', 'CREATED', 'REVOKED'], rows),
    };
  });
}
