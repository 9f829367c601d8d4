import type { Command } from 'commander';
import { answerWith, operator } from './answer';
import { userJson, userText } from './show-user';

export function addUserShow(parent: Command): void {
  const command = parent
    .command('show')
    .description('show a user')
    .argument('<identifier>', 'id, user name, e-mail address or phone number');
  answerWith(command, 'idiom user show ada@example.com', (identifier: string) => async ({ core }) => {
    const { user } = await core.findUser({ identifier }, operator);
    return { json: { user: userJson(user) }, text: userText(user) };
  });
}
