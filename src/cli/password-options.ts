import { Option, type Command } from 'commander';
import { createRandomness } from '../platform/randomness';
import { CommandError } from './command-error';
import { promptPassword } from './prompt';

export interface PasswordOptions {
  passwordStdin?: true;
  generatePassword?: true;
  passwordPrompt?: true;
}

export interface ChosenPassword {
  password: string;
  /** Made here, so the one who asked for it must be told. */
  generated: boolean;
}

/** Without letters and digits that look like others. Of 16, as some vendors' clients take no more. */
const alphabet = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const generatedLength = 16;

/** More than any password that the core takes, and no reason to read on. */
const longestInput = 4_096;

/** The three ways to give a password. None is an argument, which every process of the machine could read. */
export function addPasswordOptions(command: Command): Command {
  const ways = [
    new Option('--password-stdin', 'read the password from the standard input'),
    new Option('--generate-password', 'make a password and print it, this once'),
    new Option('--password-prompt', 'ask for the password on the terminal'),
  ];
  for (const way of ways) {
    const others = ways.filter((other) => other !== way).map((other) => other.attributeName());
    command.addOption(way.conflicts(others));
  }
  return command;
}

async function readStandardInput(): Promise<string> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of process.stdin as AsyncIterable<Buffer>) {
    parts.push(part);
    length += part.length;
    if (length > longestInput)
      throw new CommandError('wrong_input', 'The standard input is too long for a password.');
  }
  // `echo` ends its line, and that end is no part of the password.
  return Buffer.concat(parts)
    .toString('utf8')
    .replace(/\r?\n$/, '');
}

/** The password that the options ask for; undefined when they ask for none. */
export async function choosePassword(options: PasswordOptions): Promise<ChosenPassword | undefined> {
  if (options.generatePassword === true)
    return { password: createRandomness().text(alphabet, generatedLength), generated: true };
  if (options.passwordStdin === true) return { password: await readStandardInput(), generated: false };
  if (options.passwordPrompt === true) return { password: await promptPassword(), generated: false };
  return undefined;
}

/** What an answer says about a password that was made here; nothing about any other. */
export function generatedJson(chosen: ChosenPassword | undefined): { password?: string } {
  return chosen?.generated === true ? { password: chosen.password } : {};
}

export function generatedText(chosen: ChosenPassword | undefined): string {
  return chosen?.generated === true ? `\nPassword (not shown again): ${chosen.password}` : '';
}
