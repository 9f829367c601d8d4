import type { Command } from 'commander';
import { answerWith } from './answer';
import { CommandError } from './command-error';
import { keyJson } from './show-key';

export function addKeysRotate(parent: Command): void {
  const command = parent
    .command('rotate')
    .description("put a new key in use in ten seconds; the old one goes on verifying for a token's life")
    .argument('<dialect>', 'whose key, by the name that DIALECTS has for it');
  answerWith(command, 'idiom keys rotate cloudbase', async (name: string) => {
    const { dialects } = await import('../../dialects/index.js');
    const names = dialects.map((dialect) => dialect.name);
    if (!names.includes(name)) command.error(`error: ${name} is no dialect; there are ${names.join(', ')}`);
    return async ({ keys, served }) => {
      const declaration = served.find((dialect) => dialect.name === name)?.declaration;
      if (declaration === undefined)
        throw new CommandError('not_served', `The dialect ${name} is not served; see DIALECTS.`);
      if (declaration.accessToken.format.kind === 'opaque')
        throw new CommandError('no_keys', `The access tokens of ${name} are not signed, so it has no keys.`);
      const key = await keys.rotate(name);
      return {
        json: { key: keyJson(key) },
        text: `${name} signs with the key ${key.id} in ten seconds, once every copy knows it.`,
      };
    };
  });
}
