import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { CommandError } from './command-error';

/** Asks one question on the terminal; nothing of the answer is shown. */
function ask(question: string): Promise<string> {
  // The editor of the line echoes what is typed; into nothing, here.
  const nothing = new Writable({
    write: (_chunk, _encoding, done) => {
      done();
    },
  });
  const lines = createInterface({ input: process.stdin, output: nothing, terminal: true });
  process.stderr.write(question);
  return new Promise((resolve, reject) => {
    let answer: string | undefined;
    lines.once('line', (line) => {
      answer = line;
      lines.close();
    });
    lines.once('SIGINT', () => {
      lines.close();
    });
    lines.once('close', () => {
      process.stderr.write('\n');
      if (answer === undefined) reject(new CommandError('cancelled', 'No password was given.'));
      else resolve(answer);
    });
  });
}

/** Asks for a new password twice. Fails when there is no terminal to ask on, and when the answers differ. */
export async function promptPassword(): Promise<string> {
  if (!process.stdin.isTTY)
    throw new CommandError(
      'no_terminal',
      'There is no terminal to ask for a password on; use --password-stdin.',
    );
  const password = await ask('Password: ');
  if ((await ask('Again: ')) !== password)
    throw new CommandError('wrong_input', 'The two passwords are not the same.');
  return password;
}
