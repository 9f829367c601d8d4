import path from 'node:path';
import type { Logger } from 'pino';
import {
  createCore,
  seedRecords,
  type Clock,
  type Core,
  type Door,
  type Mailer,
  type SmsSender,
} from './core';
import type { Declaration, Dialect } from './dialect';
import { createAccessTokens } from './platform/access-tokens';
import { createAvatarStore } from './platform/avatar-store';
import { createCaptchaImages } from './platform/captcha-images';
import type { Config } from './platform/config';
import { openDatabase, type Connection, type OpenDatabase } from './platform/database';
import { createMailer } from './platform/mail';
import { runMigrations, underStartLock } from './platform/migrate';
import { createPasswords } from './platform/passwords';
import { createRandomness } from './platform/randomness';
import { createSigningKeys, type SigningKeys } from './platform/signing-keys';
import { createSmsSender } from './platform/sms';

/** Everything behind the wires: what the gateway serves, and what the command line works on. */
export interface Foundation {
  core: Core;
  database: OpenDatabase;
  keys: SigningKeys;
  served: readonly { name: string; declaration: Declaration }[];
  /** The migrations that opening it ran. */
  migrated: readonly string[];
  close(): Promise<void>;
}

export interface FoundationOptions {
  config: Config;
  connection: Connection;
  dialects: readonly Dialect[];
  clock: Clock;
  log: Logger;
  /** Wrapped around what sends the mails and text messages of the core. */
  tap?: { mailer(inner: Mailer): Mailer; sms(inner: SmsSender): SmsSender };
}

/** Where avatars are kept and served from. */
export function uploadsFolder(config: Pick<Config, 'dataDir'>): string {
  return path.join(config.dataDir, 'uploads');
}

/** What a gateway with this configuration serves. */
export function declareServed(config: Config, dialects: readonly Dialect[]): Foundation['served'] {
  const site = {
    publicUrl: config.publicUrl,
    phoneRegion: config.phoneRegion,
    corsOrigins: config.corsOrigins,
  };
  return dialects
    .filter(({ name }) => config.dialects.includes(name))
    .map((dialect) => ({
      name: dialect.name,
      declaration: dialect.declare(site, config.settings[dialect.name] ?? {}),
    }));
}

/** A pool's idle connection that ends is replaced when it is needed; an operator may want to know. */
function tellIdleError(log: FoundationOptions['log']): (error: Error) => void {
  return (error) => {
    log.warn({ err: error }, 'an idle database connection ended');
  };
}

/**
 * Brings the schema up to date and then runs `fill`, while no other copy does. Over connections of its own, on which the server
 * may be silent for as long as a migration, or the wait for another copy's, takes.
 */
async function prepareDatabase(
  { connection, log }: Pick<FoundationOptions, 'connection' | 'log'>,
  fill: () => Promise<void>,
): Promise<string[]> {
  const patient = openDatabase(connection, {
    poolSize: 2,
    silenceMs: 0,
    onIdleError: tellIdleError(log),
  });
  try {
    return await underStartLock(patient.knex, async () => {
      const ran = await runMigrations(patient.knex);
      await fill();
      return ran;
    });
  } finally {
    await patient.close();
  }
}

/** Connects, brings the schema up to date, makes the keys that are missing, and puts the core on top. */
export async function openFoundation(options: FoundationOptions): Promise<Foundation> {
  const { config, clock, log, tap } = options;
  const served = declareServed(config, options.dialects);
  const doors: Door[] = served.map(({ name, declaration }) => ({
    name,
    tokens: declaration.accessToken.format,
    sessions: declaration.sessions,
    ...(declaration.apiKeys !== undefined && { apiKeys: declaration.apiKeys }),
  }));
  const database = openDatabase(options.connection, {
    poolSize: config.databasePool,
    onIdleError: tellIdleError(log),
  });
  const randomness = createRandomness();
  const keys = createSigningKeys(database, doors, {
    clock,
    randomness,
    onReloadFailure: (error) => {
      log.warn({ err: error }, 'the signing keys could not be read again');
    },
  });
  const outboxFolder = path.join(config.dataDir, 'outbox');
  const mailer = createMailer({
    ...(config.smtpUrl === undefined ? {} : { smtpUrl: config.smtpUrl }),
    from: config.mailFrom,
    outboxFolder,
    clock,
  });
  const sms = createSmsSender({
    webhookUrl: config.smsWebhookUrl,
    secret: config.smsWebhookSecret,
    outboxFolder,
    clock,
    log,
  });
  const close = async (): Promise<void> => {
    await Promise.all([mailer.close(), sms.close()]);
    await database.close();
  };
  try {
    const migrated = await prepareDatabase(options, async () => {
      await keys.ensure();
      for (const { name, declaration } of served) {
        await seedRecords(database.knex, name, declaration.seeds ?? []);
      }
    });
    const core = createCore({
      db: database,
      clock,
      tokens: createAccessTokens(doors, { keys, randomness }),
      passwords: createPasswords(),
      mailer: tap?.mailer(mailer) ?? mailer,
      sms: tap?.sms(sms) ?? sms,
      captchaImages: createCaptchaImages(),
      avatars: createAvatarStore({ folder: uploadsFolder(config) }),
      randomness,
      doors: new Map(doors.map((door) => [door.name, door])),
      settings: {
        phoneRegion: config.phoneRegion,
        requireVerifiedContact: config.requireVerifiedContact,
        contactHoldHours: config.contactHoldHours,
        linkOrigins: config.linkOrigins,
        publicUrl: config.publicUrl,
      },
      log,
    });
    return { core, database, keys, served, migrated, close };
  } catch (error) {
    await close();
    throw error;
  }
}
