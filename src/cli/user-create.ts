import { Option, type Command } from 'commander';
import type { RegisterUser, Role } from '../core';
import { answerWith, operator } from './answer';
import {
  addPasswordOptions,
  choosePassword,
  generatedJson,
  generatedText,
  type PasswordOptions,
} from './password-options';
import { userJson, userText } from './show-user';

interface Options extends PasswordOptions {
  username?: string;
  email?: string;
  phone?: string;
  nickname?: string;
  role: Role;
}

export function addUserCreate(parent: Command): void {
  const command = parent
    .command('create')
    .description('make a user; without a password option, one that cannot sign in by password')
    .option('--username <name>', 'user name')
    .option('--email <address>', 'e-mail address')
    .option('--phone <number>', 'phone number, national for PHONE_REGION or with a plus sign')
    .option('--nickname <name>', 'nickname')
    .addOption(new Option('--role <role>', 'role').choices(['user', 'admin']).default('user'));
  addPasswordOptions(command);
  answerWith(
    command,
    "echo 'correct horse' | idiom user create --username ada --role admin --password-stdin",
    async (options: Options) => {
      const { username, email, phone, nickname, role } = options;
      if (username === undefined && email === undefined && phone === undefined)
        command.error('error: one of --username, --email and --phone is required');
      const chosen = await choosePassword(options);
      const registration: RegisterUser = {
        ...(username === undefined ? {} : { username }),
        ...(email === undefined ? {} : { email }),
        ...(phone === undefined ? {} : { phone }),
        ...(nickname === undefined ? {} : { profile: { nickname } }),
        ...(chosen === undefined ? {} : { password: chosen.password }),
        role,
        signIn: false,
      };
      return async ({ core }) => {
        const { user } = await core.registerUser(registration, operator);
        return {
          json: { user: userJson(user), ...generatedJson(chosen) },
          text: userText(user) + generatedText(chosen),
        };
      };
    },
  );
}
