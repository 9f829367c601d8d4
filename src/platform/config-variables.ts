import { isIP } from 'node:net';
import { resolve } from 'node:path';
import Joi from 'joi';
import { getCountries } from 'libphonenumber-js/max';
import { parseMailbox } from './mail/mailbox';
import { parseSmtpUrl } from './mail/smtp-url';
import { parseWebhookUrl } from './sms/webhook-url';

/** What one variable of the environment is. */
export interface Variable {
  schema: Joi.Schema;
  /** Completes "NAME must be …". */
  wants: string;
  /** What it is when unset, as a person would write it; `''` when unset is a choice of its own. */
  default: string;
  /** The default is described, not written: it follows from something else. */
  derived?: true;
  meaning: string;
}

export const environments = ['development', 'production', 'test'] as const;
export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** A string that `read` understands; what `read` answers is the value. */
function read(reader: (text: string) => unknown): Joi.Schema {
  return Joi.string().custom((text: string, helpers) => reader(text) ?? helpers.error('any.invalid'));
}

function isHost(text: string): boolean {
  // An address with a zone has no place in a URL.
  if (isIP(text) !== 0) return !text.includes('%');
  return Joi.string().hostname().validate(text).error === undefined;
}

function wholeNumber(least: number, most: number): Joi.Schema {
  return read((text) => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : -1;
    return value >= least && value <= most ? value : undefined;
  });
}

function url(text: string, protocols: readonly string[]): URL | undefined {
  if (/\s/.test(text) || !URL.canParse(text)) return undefined;
  const parsed = new URL(text);
  return protocols.includes(parsed.protocol) ? parsed : undefined;
}

const flags = new Map([
  ['true', true],
  ['false', false],
]);

const switches = new Map([
  ['on', true],
  ['off', false],
]);

const web = ['http:', 'https:'];

/** An http(s) URL that names a place and nothing else; without a slash at its end. */
function baseUrl(text: string): string | undefined {
  const parsed = url(text, web);
  if (parsed === undefined || /[?#@]/.test(text)) return undefined;
  return parsed.href.replace(/\/+$/, '');
}

function origin(text: string): string | undefined {
  const parsed = url(text, web);
  return parsed !== undefined && `${parsed.origin}/` === parsed.href && !text.endsWith('/')
    ? parsed.origin
    : undefined;
}

function databaseUrl(text: string): string | undefined {
  // Without a host, its socket standing in the query, it is a URL to the driver only.
  const parsed = url(text.replace(/^(\w+:\/\/[^/]*@)\//, '$1localhost/'), ['postgres:', 'postgresql:']);
  if (parsed === undefined) return undefined;
  try {
    decodeURIComponent(`${parsed.username}${parsed.password}${parsed.hostname}${parsed.pathname}`);
    return text;
  } catch {
    // A stray percent sign, which the driver would stumble over at the first query.
    return undefined;
  }
}

function isNetwork(text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/');
  const family = address.includes('%') ? 0 : isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (family === 4 ? 32 : 128));
}

/** Every part of a comma list through `reader`; undefined when one has no reading or comes twice. */
function list(text: string, reader: (part: string) => string | undefined): readonly string[] | undefined {
  const parts = text.split(',').map((part) => reader(part.trim()));
  const found = parts.filter((part) => part !== undefined);
  return found.length === parts.length && new Set(found).size === found.length ? found : undefined;
}

function trustProxy(text: string): false | number | readonly string[] | undefined {
  if (text === 'false' || text === '0') return false;
  if (/^\d{1,2}$/.test(text)) return Number(text);
  return list(text, (part) => (isNetwork(part) ? part : undefined));
}

const region = new Set<string>(getCountries());

/** The variables that the gateway itself reads. Each dialect adds those that start with its own name. */
export function describeVariables(dialects: readonly string[]) {
  const known = (name: string): string | undefined => (dialects.includes(name) ? name : undefined);
  return {
    NODE_ENV: {
      schema: Joi.valid(...environments),
      wants: `one of ${environments.join(', ')}`,
      default: 'development',
      meaning: 'production refuses to start the embedded database unless EMBEDDED_DB=1',
    },
    HOST: {
      schema: read((text) => (isHost(text) ? text : undefined)),
      wants: 'a host name or an IP address (IPv6 without brackets)',
      default: '127.0.0.1',
      meaning: 'where it listens',
    },
    PORT: {
      schema: wholeNumber(0, 65_535),
      wants: 'a whole number from 0 to 65535',
      default: '3000',
      meaning: 'where it listens; 0 takes any free port',
    },
    PUBLIC_URL: {
      schema: read(baseUrl),
      wants: 'an http or https URL without user, query and fragment',
      default: 'http://HOST:PORT',
      derived: true,
      meaning: 'what absolute URLs start with',
    },
    DATABASE_URL: {
      schema: read(databaseUrl),
      wants:
        'a PostgreSQL URL such as postgres://user@host:5432/database, special characters percent-encoded',
      default: '',
      meaning: 'PostgreSQL; unset starts the embedded one under DATA_DIR',
    },
    DATABASE_POOL: {
      schema: wholeNumber(1, 1_000),
      wants: 'a whole number from 1 to 1000',
      default: '10',
      meaning:
        'connections of each of the two pools of this process at most, one for hot calls, one for the rest',
    },
    EMBEDDED_DB: {
      schema: Joi.valid('1'),
      wants: '1, or unset',
      default: '',
      meaning: '1 allows the embedded database in production',
    },
    DATA_DIR: {
      schema: read((text) => (text.includes('\u0000') ? undefined : resolve(text))),
      wants: 'a folder',
      default: './data',
      meaning: 'embedded database, avatars, outbox',
    },
    DIALECTS: {
      schema: read((text) => list(text, known)),
      wants: `a comma list of dialects, each once, from ${dialects.join(', ')}`,
      default: 'all',
      derived: true,
      meaning: 'the dialects that are served, as a comma list',
    },
    SMTP_URL: {
      schema: read((text) => (parseSmtpUrl(text) === undefined ? undefined : text)),
      wants:
        'smtp://user:password@host:port or smtps://…, special characters percent-encoded, with no other options than requireTLS, tls.rejectUnauthorized (true or false) and tls.servername',
      default: '',
      meaning: 'where mail goes; unset writes each message as an .eml file to DATA_DIR/outbox',
    },
    MAIL_FROM: {
      schema: read((text) => (parseMailbox(text) === undefined ? undefined : text)),
      wants: 'one mail address, or Name <address>',
      default: 'Idiom <no-reply@localhost>',
      meaning: 'the sender of mails',
    },
    SMS_WEBHOOK_URL: {
      schema: read((text) => (parseWebhookUrl(text) === undefined ? undefined : text)),
      wants: 'an http or https URL, special characters of its user and password percent-encoded',
      default: '',
      meaning: 'where SMS codes are posted; unset writes them as JSON to DATA_DIR/outbox',
    },
    SMS_WEBHOOK_SECRET: {
      // The end of a line that came along from a file would make every signature wrong.
      schema: read((text) => (/^\S(?:.*\S)?$/.test(text) ? text : undefined)),
      wants: 'one line of text without white space at its ends',
      default: '',
      meaning: 'signs what is posted to SMS_WEBHOOK_URL; unset leaves it unsigned',
    },
    PHONE_REGION: {
      schema: read((text) => (region.has(text) ? text : undefined)),
      wants: 'the ISO 3166 code of a region in capitals, such as CN',
      default: 'CN',
      meaning: 'the region whose phone numbers are written without a country code',
    },
    REQUIRE_VERIFIED_CONTACT: {
      schema: read((text) => flags.get(text)),
      wants: 'true or false',
      default: 'false',
      meaning:
        'true refuses to store a contact that was not proven, where a dialect could store it as unproven',
    },
    CONTACT_HOLD_HOURS: {
      schema: wholeNumber(0, 720),
      wants: 'a whole number from 0 to 720',
      default: '0',
      meaning: 'hours for which a freshly changed e-mail address or phone number recovers nothing',
    },
    LINK_ORIGINS: {
      schema: read((text) => list(text, origin)),
      wants:
        'a comma list of origins, each once, such as https://app.example.com (no path, no slash at the end)',
      default: '',
      meaning: 'where links in mails may lead beside PUBLIC_URL, as a comma list of origins',
    },
    CORS_ORIGINS: {
      schema: read((text) => list(text, origin)),
      wants:
        'a comma list of origins, each once, such as https://app.example.com (no path, no slash at the end)',
      default: '',
      meaning: 'sites whose pages may call the gateway, as a comma list of origins',
    },
    TRUST_PROXY: {
      schema: read(trustProxy),
      wants:
        'false, the number of proxies in front, or a comma list of their IP addresses and networks (10.0.0.0/8)',
      default: 'false',
      meaning: 'whose X-Forwarded-* headers are believed',
    },
    DOCS: {
      schema: read((text) => switches.get(text)),
      wants: 'on or off',
      default: 'on',
      meaning: 'off takes away /docs, the page that shows the served APIs and sends requests to them',
    },
    TEST_DOOR_TOKEN: {
      schema: read((text) => (/^[\x21-\x7e]{16,512}$/.test(text) ? text : undefined)),
      wants: 'at least 16 letters, digits or signs of ASCII, without spaces',
      default: '',
      meaning:
        'opens the test door, `/.test-door/v1`, to whoever has this token; never where real users are; unset keeps it shut',
    },
    LOG_LEVEL: {
      schema: Joi.valid(...logLevels),
      wants: `one of ${logLevels.join(', ')}`,
      default: 'info',
      meaning: 'the least important log lines that are written',
    },
  } satisfies Record<string, Variable>;
}
