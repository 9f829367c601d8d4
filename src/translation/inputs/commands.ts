import { shellCommands, type ShellCommand } from './shell-words';
import { powerShellCommands, promptCommands } from './windows-words';

/** The commands of a text, in the way of the shell that its line ends speak of. */
export function commandsOf(text: string): ShellCommand[] {
  // `curl ^"…^"`, or a caret that joins lines.
  if (/\scurl(?:\.exe)?\s+\^"|^curl(?:\.exe)?\s+\^"|\s\^\r?$/im.test(text)) return promptCommands(text);
  if (/\s`\r?$/m.test(text)) return powerShellCommands(text);
  return shellCommands(text);
}
