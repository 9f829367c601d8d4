import type { Knex } from 'knex';
import * as users from './0001_users';
import * as credentials from './0002_credentials';
import * as sessions from './0003_sessions';
import * as verificationCodes from './0004_verification_codes';
import * as extensions from './0005_extensions';
import * as history from './0006_history';
import * as signingKeys from './0007_signing_keys';
import * as tickets from './0008_tickets';
import * as attemptCounters from './0009_attempt_counters';
import * as clients from './0010_clients';
import * as housekeeping from './0011_housekeeping';

/** One step of the schema. Forward only: there is no `down`. */
export interface Migration {
  up(knex: Knex): Promise<void>;
}

/** Every migration in its order. The names are what the database remembers, the same from `.ts` and `.js`. */
export const migrations: readonly { name: string; migration: Migration }[] = [
  { name: '0001_users', migration: users },
  { name: '0002_credentials', migration: credentials },
  { name: '0003_sessions', migration: sessions },
  { name: '0004_verification_codes', migration: verificationCodes },
  { name: '0005_extensions', migration: extensions },
  { name: '0006_history', migration: history },
  { name: '0007_signing_keys', migration: signingKeys },
  { name: '0008_tickets', migration: tickets },
  { name: '0009_attempt_counters', migration: attemptCounters },
  { name: '0010_clients', migration: clients },
  { name: '0011_housekeeping', migration: housekeeping },
];
