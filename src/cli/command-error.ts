/** Something that a command cannot do, said in its own words. */
export class CommandError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** A call that could not have been right, whatever the target or the database does. */
export class WrongCall extends CommandError {
  constructor(message: string) {
    super('wrong_call', message);
  }
}

/** Somebody ended the command, which ended in order. The exit code is that of a process which the signal ends. */
export class Interrupted extends CommandError {
  readonly exitCode: number;

  constructor(exitCode: number) {
    super('interrupted', 'The run was interrupted.');
    this.exitCode = exitCode;
  }
}
