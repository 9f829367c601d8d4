import type { Command } from 'commander';
import { answerWith, operator } from './answer';
import { apiKeyJson } from './show-api-key';

export function addApikeyRevoke(parent: Command): void {
  const command = parent
    .command('revoke')
    .description('refuse a key from now on; revoking the last one lets nobody register')
    .argument('<id>', 'the id that `idiom apikey list` shows');
  answerWith(
    command,
    'idiom apikey revoke 6f1c2b1e-9a55-4f0e-8c36-0d8f3a1f7b22',
    (id: string) =>
      async ({ core }) => {
        const key = await core.revokeApiKey({ id }, operator);
        return { json: { key: apiKeyJson(key) }, text: `The key ${key.id} of ${key.door} is revoked.` };
      },
  );
}
