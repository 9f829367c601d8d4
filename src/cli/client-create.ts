import type { Command } from 'commander';
import { answerWith, operator } from './answer';
import { listing } from './layout';
import { clientJson } from './show-client';

export function addClientCreate(parent: Command): void {
  const command = parent
    .command('create')
    .description(
      'make credentials of a program, which acts with administrator rights; the secret is told once',
    )
    .requiredOption('--name <name>', 'what it is for');
  answerWith(
    command,
    "idiom client create --name 'nightly report'",
    ({ name }: { name: string }) =>
      async ({ core }) => {
        const { secret, ...client } = await core.createClient({ name }, operator);
        return {
          json: { client: clientJson(client), secret },
          text: `${listing([
            ['client id', client.clientId],
            ['secret', secret],
          ])}\nThe secret is not shown again.`,
        };
      },
  );
}
