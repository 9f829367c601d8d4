import { CommanderError } from 'commander';
import { Interrupted } from './command-error';
import { createProgram } from './program';

/** What a shell is told: done, could not be done, or called in a wrong way. */
const done = 0;
const failed = 1;
const wrongCall = 2;

/** One line, however many the message has. */
function oneLine(text: string): string {
  return text.trim().replace(/\s*\n\s*/g, ' ');
}

function complain(code: string, message: string, json: boolean): void {
  const line = oneLine(message);
  process.stderr.write(json ? `${JSON.stringify({ error: { code, message: line } })}\n` : `error: ${line}\n`);
}

/**
 * Runs one call of the command line; resolves to its exit code and never rejects. What a command has to give goes to the
 * standard output, everything else to the standard error.
 */
export async function run(argv: readonly string[]): Promise<number> {
  const json = argv.includes('--json');
  // Whoever reads may stop reading: `idiom user list | head`.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  const program = createProgram();
  if (argv.length <= 2) {
    program.outputHelp();
    return done;
  }
  try {
    await program.parseAsync(argv);
    return done;
  } catch (error) {
    if (error instanceof CommanderError) {
      // Help and version end this way too, and so does a group without a command, whose help is already said.
      if (error.exitCode === 0) return done;
      if (error.code !== 'commander.help')
        complain('wrong_call', error.message.replace(/^error: /, ''), json);
      else if (json) complain('wrong_call', 'a command is missing', json);
      return wrongCall;
    }
    const { describeFailure } = await import('./failures.js');
    const { code, message } = describeFailure(error);
    complain(code, message, json);
    if (error instanceof Interrupted) return error.exitCode;
    return code === 'wrong_call' ? wrongCall : failed;
  }
}
