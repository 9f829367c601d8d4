import type { Knex } from 'knex';
import { migrations, type Migration } from '../../migrations';

/** Any number, the same in every copy: it names the lock that copies starting at once take one after the other. */
const startLock = 7_203_118_211;

const migrationSource: Knex.MigrationSource<(typeof migrations)[number]> = {
  getMigrations: () => Promise.resolve([...migrations]),
  getMigrationName: ({ name }) => name,
  getMigration: ({ migration }): Promise<Knex.Migration> => Promise.resolve(forwardOnly(migration)),
};

/** Lets the transaction take its time: what the start does is slow on a large database, and waits for another copy's. */
async function liftTimeouts(transaction: Knex): Promise<void> {
  await transaction.raw(
    "SELECT set_config('statement_timeout', '0', true), set_config('idle_in_transaction_session_timeout', '0', true)",
  );
}

function forwardOnly(migration: Migration): Knex.Migration {
  return {
    up: async (knex) => {
      await liftTimeouts(knex);
      await migration.up(knex);
    },
    down: () => Promise.reject(new Error('migrations only go forward')),
  };
}

/**
 * Runs `work` while no other copy runs its own. The lock belongs to a connection of its own, so PostgreSQL lets it go
 * however the process ends.
 */
export async function underStartLock<T>(knex: Knex, work: () => Promise<T>): Promise<T> {
  return knex.transaction(async (lock) => {
    await liftTimeouts(lock);
    await lock.raw('SELECT pg_advisory_xact_lock(?)', [startLock]);
    return work();
  });
}

/** The database has seen migrations that this build does not have. The message is one line. */
export class NewerSchemaError extends Error {
  constructor(names: readonly string[]) {
    super(
      `The database was migrated by a newer build (${names.join(', ')}), and migrations only go forward; run that build or a later one.`,
    );
    this.name = 'NewerSchemaError';
  }
}

/**
 * Brings the schema up to date; call under the start lock. Returns the names of the migrations that it ran. Fails with
 * `NewerSchemaError` when a newer build was here before.
 */
export async function runMigrations(knex: Knex): Promise<string[]> {
  const config: Knex.MigratorConfig = { migrationSource, tableName: 'migrations' };
  const [completed] = (await knex.migrate.list({ ...config, disableMigrationsListValidation: true })) as [
    { name: string }[],
    unknown[],
  ];
  const unknown = completed
    .map(({ name }) => name)
    .filter((name) => !migrations.some((migration) => migration.name === name));
  if (unknown.length > 0) throw new NewerSchemaError(unknown);
  // knex's own lock is a row that a killed process leaves behind; under our lock nobody else can hold it.
  await knex.migrate.forceFreeMigrationsLock(config);
  const [, ran] = (await knex.migrate.latest(config)) as [number, string[]];
  return ran;
}
