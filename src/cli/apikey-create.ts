import { Argument, type Command } from 'commander';
import { dialects } from '../../dialects';
import { answerWith, operator } from './answer';
import { CommandError } from './command-error';
import { listing } from './layout';
import { apiKeyJson } from './show-api-key';

export function addApikeyCreate(parent: Command): void {
  const command = parent
    .command('create')
    .description('make a key; once there is one, registrations must name one of the keys. It is told once')
    .addArgument(
      new Argument('<dialect>', 'whose registrations name it').choices(dialects.map(({ name }) => name)),
    )
    .option('--name <name>', 'what it is for', '');
  answerWith(
    command,
    "idiom apikey create lancens --name 'doorbell app'",
    (dialect: string, { name }: { name: string }) =>
      async ({ core, served }) => {
        const declaration = served.find((one) => one.name === dialect)?.declaration;
        if (declaration === undefined)
          throw new CommandError('not_served', `The dialect ${dialect} is not served; see DIALECTS.`);
        if (declaration.apiKeys === undefined)
          throw new CommandError('no_api_keys', `The registrations of ${dialect} name no key.`);
        const { apiKey, ...key } = await core.createApiKey({ door: dialect, name }, operator);
        return {
          json: { key: apiKeyJson(key), apiKey },
          text: `${listing([
            ['id', key.id],
            ['key', apiKey],
          ])}\nThe key is not shown again.`,
        };
      },
  );
}
