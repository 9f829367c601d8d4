import type { Command } from 'commander';
import { dialects } from '../../dialects';
import type { Dialect } from '../dialect';

/** The dialect of that name; an unknown one is a wrong call. */
export function findDialect(command: Command, name: string): Dialect {
  const found = dialects.find((dialect) => dialect.name === name);
  if (found !== undefined) return found;
  const known = dialects.map((dialect) => dialect.name).join(', ');
  return command.error(`error: no dialect is named ${name}; there are ${known}`, {
    exitCode: 2,
    code: 'unknown_dialect',
  });
}
