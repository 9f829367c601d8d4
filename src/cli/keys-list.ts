import type { Command } from 'commander';
import { answerWith } from './answer';
import { moment, table } from './layout';
import { keyJson } from './show-key';

export function addKeysList(parent: Command): void {
  const command = parent
    .command('list')
    .description('list the keys, the newest first; never the keys themselves');
  answerWith(command, 'idiom keys list', () => async ({ keys }) => {
    const found = await keys.list();
    const rows = found.map((key) => [
      key.id,
      key.door,
      key.alg,
      moment(key.createdAt),
      moment(key.retiredAt, 'in use'),
      moment(key.verifiesUntil),
    ]);
    return {
      json: { keys: found.map(keyJson) },
      text:
        rows.length === 0
          ? 'No keys.'
          : table(['ID', 'DIALECT', 'ALGORITHM', 'CREATED', 'RETIRED', 'VERIFIES UNTIL'], rows),
    };
  });
}
