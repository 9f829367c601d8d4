import type { Knex } from 'knex';
import type { Pool } from 'pg';

/**
 * The two ways to the same database. `knex` serves what is rare; `hot` serves the statements of every request as named
 * prepared statements, which knex cannot send.
 */
export interface Database {
  knex: Knex;
  hot: Pool;
}

/** A connection of knex's, or a transaction on one. */
export type Queries = Knex;
