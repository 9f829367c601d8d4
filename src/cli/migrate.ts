import type { Command } from 'commander';
import { answerWith } from './answer';

export function addMigrate(parent: Command): void {
  const command = parent.command('migrate').description('bring the schema of the database up to date');
  answerWith(
    command,
    'DATABASE_URL=postgres://idiom@db.example.com/idiom idiom migrate',
    () =>
      // Opening the database migrates it, here as in the gateway.
      ({ migrated }) =>
        Promise.resolve({
          json: { ran: migrated },
          text:
            migrated.length === 0
              ? 'The schema is up to date.'
              : migrated.map((name) => `Ran ${name}`).join('\n'),
        }),
  );
}
