import type { Command } from 'commander';
import { answerWith, operator } from './answer';
import { printable } from './layout';
import {
  addPasswordOptions,
  choosePassword,
  generatedJson,
  generatedText,
  type PasswordOptions,
} from './password-options';
import { nameOf, userJson } from './show-user';

export function addUserSetPassword(parent: Command): void {
  const command = parent
    .command('set-password')
    .description('give a user a new password and end all their sessions')
    .argument('<identifier>', 'id, user name, e-mail address or phone number');
  addPasswordOptions(command);
  answerWith(
    command,
    'idiom user set-password ada --generate-password',
    async (identifier: string, options: PasswordOptions) => {
      const chosen = await choosePassword(options);
      if (chosen === undefined)
        return command.error(
          'error: one of --password-stdin, --generate-password and --password-prompt is required',
        );
      return async ({ core }) => {
        const found = await core.findUser({ identifier }, operator);
        const { user } = await core.setUserPassword(
          { userId: found.user.id, password: chosen.password },
          operator,
        );
        return {
          json: { user: userJson(user), ...generatedJson(chosen) },
          text: `The password of ${printable(nameOf(user))} is set; all their sessions have ended.${generatedText(chosen)}`,
        };
      };
    },
  );
}
