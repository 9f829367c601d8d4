import { isIPv6 } from 'node:net';
import Joi from 'joi';
import type { Dialect } from '../dialect';
import { describeVariables, type environments, type logLevels, type Variable } from './config-variables';

export type LogLevel = (typeof logLevels)[number];

/** What the environment says, checked, complete and frozen. */
export interface Config {
  environment: (typeof environments)[number];
  host: string;
  /** 0: any free port. */
  port: number;
  /** No slash at the end. */
  publicUrl: string;
  /** False: `publicUrl` is `defaultPublicUrl(host, port)`, to be made anew when `port` is 0. */
  publicUrlGiven: boolean;
  /** Undefined: the embedded database, which this configuration allows. */
  databaseUrl: string | undefined;
  databasePool: number;
  /** Absolute. */
  dataDir: string;
  /** Names of the dialects to serve, in the order in which they were given. */
  dialects: readonly string[];
  /** Of each dialect to serve: what its own schema made of its variables. */
  settings: Readonly<Record<string, Record<string, unknown>>>;
  smtpUrl: string | undefined;
  mailFrom: string;
  smsWebhookUrl: string | undefined;
  smsWebhookSecret: string | undefined;
  /** ISO 3166. */
  phoneRegion: string;
  requireVerifiedContact: boolean;
  contactHoldHours: number;
  linkOrigins: readonly string[];
  corsOrigins: readonly string[];
  /** Nobody, the proxies counted from the nearest, or those with these addresses or networks. */
  trustProxy: false | number | readonly string[];
  /** Whether there is a page that shows the served wires. */
  docs: boolean;
  /** Undefined: there is no test door. */
  testDoorToken: string | undefined;
  logLevel: LogLevel;
}

/** A variable that stops the start. The message is one line, names the variable and never repeats its value. */
export class ConfigError extends Error {
  constructor(message: string) {
    super(message.replace(/\s+/g, ' ').trim());
    this.name = 'ConfigError';
  }
}

interface Values {
  NODE_ENV: Config['environment'];
  HOST: string;
  PORT: number;
  PUBLIC_URL?: string;
  DATABASE_URL?: string;
  DATABASE_POOL: number;
  EMBEDDED_DB?: '1';
  DATA_DIR: string;
  DIALECTS?: readonly string[];
  SMTP_URL?: string;
  MAIL_FROM: string;
  SMS_WEBHOOK_URL?: string;
  SMS_WEBHOOK_SECRET?: string;
  PHONE_REGION: string;
  REQUIRE_VERIFIED_CONTACT: boolean;
  CONTACT_HOLD_HOURS: number;
  LINK_ORIGINS?: readonly string[];
  CORS_ORIGINS?: readonly string[];
  TRUST_PROXY: Config['trustProxy'];
  DOCS: boolean;
  TEST_DOOR_TOKEN?: string;
  LOG_LEVEL: LogLevel;
}

/** Rows of the documents: every variable but those of the dialects, which stand in the dialects' own documents. */
export const configurationTable: readonly { name: string; default: string; meaning: string }[] =
  Object.entries(describeVariables([])).map(([name, variable]) => ({
    name,
    default: variable.default,
    meaning: variable.meaning,
  }));

/** The variables whose values let somebody in somewhere. */
export const secretVariables: readonly string[] = Object.entries<Variable>(describeVariables([]))
  .filter(([, { secret }]) => secret === true)
  .map(([name]) => name);

/** What absolute URLs start with when nobody says otherwise. */
export function defaultPublicUrl(host: string, port: number): string {
  return `http://${isIPv6(host) ? `[${host}]` : host}:${port}`;
}

function readValues(environment: NodeJS.ProcessEnv, dialects: readonly Dialect[]): Values {
  const variables: Record<keyof Values, Variable> = describeVariables(
    dialects.map((dialect) => dialect.name),
  );
  const texts: Record<string, string> = {};
  for (const [name, variable] of Object.entries(variables)) {
    const text = environment[name];
    // Compose files and shells pass `NAME=` for "not set". An empty list of dialects stays one, and is refused.
    if (text !== undefined && (text !== '' || name === 'DIALECTS')) texts[name] = text;
    else if (variable.derived !== true && variable.default !== '') texts[name] = variable.default;
  }
  const schemas = Object.fromEntries(
    Object.entries(variables).map(([name, variable]) => [name, variable.schema]),
  );
  const outcome = Joi.object<Values>(schemas).validate(texts);
  if (outcome.error === undefined) return outcome.value;
  const name = String(outcome.error.details[0]?.path[0]);
  throw new ConfigError(`${name} must be ${variables[name as keyof Values].wants}`);
}

/** joi's words for these would repeat the value, which may be a secret. */
const silentMessages = {
  'string.pattern.base': '{{#label}} does not have the form that it needs',
  'string.pattern.name': '{{#label}} must be a {{#name}}',
  'string.pattern.invert.base': '{{#label}} has a form that is not allowed',
  'string.pattern.invert.name': '{{#label}} must not be a {{#name}}',
};

function readSettings(environment: NodeJS.ProcessEnv, dialect: Dialect): Record<string, unknown> {
  const prefix = `${dialect.name.toUpperCase().replace(/[^A-Z0-9]/g, '_')}_`;
  const known = Object.keys((dialect.settings.describe() as { keys?: object }).keys ?? {});
  const texts: Record<string, string> = {};
  for (const [name, text] of Object.entries(environment)) {
    if (!name.startsWith(prefix)) continue;
    if (!known.includes(name)) {
      const others = known.length === 0 ? 'which has none' : `which has ${known.join(', ')}`;
      throw new ConfigError(`${name} is not a variable of the dialect ${dialect.name}, ${others}`);
    }
    if (text !== undefined && text !== '') texts[name] = text;
  }
  const outcome = dialect.settings.validate(texts, {
    errors: { wrap: { label: false, array: false } },
    messages: silentMessages,
  });
  if (outcome.error === undefined) return outcome.value as Record<string, unknown>;
  const detail = outcome.error.details[0];
  const name = String(detail?.path[0] ?? `${prefix}*`);
  const message = detail?.message ?? '';
  const value = texts[name];
  // A schema may bring rules with words of their own.
  const repeats = value !== undefined && value.length > 3 && message.includes(value);
  throw new ConfigError(
    message.startsWith(name) && !repeats ? message : `${name} has a value that is not allowed`,
  );
}

function freeze<T>(value: T): T {
  if (Array.isArray(value) || Object.getPrototypeOf(value ?? 0) === Object.prototype) {
    Object.values(value as object).forEach(freeze);
    Object.freeze(value);
  }
  return value;
}

/**
 * Reads the environment. An empty variable counts as unset. Throws `ConfigError` for the first variable that is wrong,
 * for a variable that starts with the name of a served dialect and is none of its own, and in production when the
 * database was not chosen.
 */
export function readConfig(environment: NodeJS.ProcessEnv, dialects: readonly Dialect[]): Config {
  const values = readValues(environment, dialects);
  if (
    values.NODE_ENV === 'production' &&
    values.DATABASE_URL === undefined &&
    values.EMBEDDED_DB === undefined
  ) {
    throw new ConfigError(
      'DATABASE_URL must name the PostgreSQL server to use when NODE_ENV is production; to run the embedded database under DATA_DIR instead, set EMBEDDED_DB=1',
    );
  }
  const served = values.DIALECTS ?? dialects.map((dialect) => dialect.name);
  const settings = dialects
    .filter((dialect) => served.includes(dialect.name))
    .map((dialect) => [dialect.name, readSettings(environment, dialect)] as const);
  return freeze<Config>({
    environment: values.NODE_ENV,
    host: values.HOST,
    port: values.PORT,
    publicUrl: values.PUBLIC_URL ?? defaultPublicUrl(values.HOST, values.PORT),
    publicUrlGiven: values.PUBLIC_URL !== undefined,
    databaseUrl: values.DATABASE_URL,
    databasePool: values.DATABASE_POOL,
    dataDir: values.DATA_DIR,
    dialects: served,
    settings: Object.fromEntries(settings),
    smtpUrl: values.SMTP_URL,
    mailFrom: values.MAIL_FROM,
    smsWebhookUrl: values.SMS_WEBHOOK_URL,
    smsWebhookSecret: values.SMS_WEBHOOK_SECRET,
    phoneRegion: values.PHONE_REGION,
    requireVerifiedContact: values.REQUIRE_VERIFIED_CONTACT,
    contactHoldHours: values.CONTACT_HOLD_HOURS,
    linkOrigins: values.LINK_ORIGINS ?? [],
    corsOrigins: values.CORS_ORIGINS ?? [],
    trustProxy: values.TRUST_PROXY,
    docs: values.DOCS,
    testDoorToken: values.TEST_DOOR_TOKEN,
    logLevel: values.LOG_LEVEL,
  });
}
