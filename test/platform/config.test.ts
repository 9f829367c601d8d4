import { resolve } from 'node:path';
import Joi from 'joi';
import { ConfigError, configurationTable, defaultPublicUrl, readConfig } from '../../src/platform/config';
import type { Dialect } from '../../src/dialect';

function dialect(name: string, settings: Joi.ObjectSchema): Dialect {
  const declare = (): never => {
    throw new Error('nothing is declared here');
  };
  return { name, settings, declare };
}

const dialects: readonly Dialect[] = [
  dialect(
    'alpha',
    Joi.object({
      ALPHA_STATUS: Joi.number().valid(400, 401).default(400),
      ALPHA_KEY: Joi.string().pattern(/^[A-Z]{4}$/),
      ALPHA_NAMES: Joi.string().custom((text: string) => text.split(',')),
      ALPHA_RULE: Joi.string().custom((text: string) => {
        throw new Error(`no rule ${text}`);
      }),
    }),
  ),
  dialect('beta', Joi.object({ BETA_URL: Joi.string().uri().required() })),
  dialect('gamma', Joi.object({})),
];

const base = { BETA_URL: 'https://beta.example' };

function read(environment: NodeJS.ProcessEnv) {
  return readConfig({ ...base, ...environment }, dialects);
}

/** The one line with which the start ends. */
function refusal(environment: NodeJS.ProcessEnv): string {
  try {
    read(environment);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    expect(error.message).not.toMatch(/[\r\n]/);
    return error.message;
  }
  throw new Error('the environment was accepted');
}

test('an empty environment gives the documented defaults', () => {
  expect(read({})).toEqual({
    environment: 'development',
    host: '127.0.0.1',
    port: 3000,
    publicUrl: 'http://127.0.0.1:3000',
    publicUrlGiven: false,
    databaseUrl: undefined,
    databasePool: 10,
    dataDir: resolve('data'),
    dialects: ['alpha', 'beta', 'gamma'],
    settings: { alpha: { ALPHA_STATUS: 400 }, beta: { BETA_URL: 'https://beta.example' }, gamma: {} },
    smtpUrl: undefined,
    mailFrom: 'Idiom <no-reply@localhost>',
    smsWebhookUrl: undefined,
    smsWebhookSecret: undefined,
    phoneRegion: 'CN',
    requireVerifiedContact: false,
    contactHoldHours: 0,
    linkOrigins: [],
    corsOrigins: [],
    trustProxy: false,
    docs: true,
    testDoorToken: undefined,
    logLevel: 'info',
  });
});

test('the configuration cannot be changed, however deep', () => {
  const config = read({ CORS_ORIGINS: 'https://a.example', ALPHA_NAMES: 'x,y' });
  for (const part of [
    config,
    config.dialects,
    config.corsOrigins,
    config.settings,
    config.settings['alpha'],
  ]) {
    expect(Object.isFrozen(part)).toBe(true);
  }
  expect(Object.isFrozen(config.settings['alpha']?.['ALPHA_NAMES'])).toBe(true);
});

test('an empty variable counts as unset', () => {
  expect(read({ HOST: '', PORT: '', SMTP_URL: '', DATABASE_URL: '', ALPHA_STATUS: '' })).toEqual(read({}));
});

test.each([
  ['HOST', '::1', { host: '::1', publicUrl: 'http://[::1]:3000' }],
  ['HOST', 'gateway.internal', { host: 'gateway.internal', publicUrl: 'http://gateway.internal:3000' }],
  ['PORT', '0', { port: 0, publicUrl: 'http://127.0.0.1:0', publicUrlGiven: false }],
  ['PORT', '65535', { port: 65_535 }],
  ['PUBLIC_URL', 'https://ID.example.com/', { publicUrl: 'https://id.example.com', publicUrlGiven: true }],
  ['PUBLIC_URL', 'https://example.com:8443/idiom//', { publicUrl: 'https://example.com:8443/idiom' }],
  ['DATABASE_URL', 'postgres://u:p%40@h:5432/d', { databaseUrl: 'postgres://u:p%40@h:5432/d' }],
  ['DATABASE_URL', 'postgresql:///d?host=/run/pg', { databaseUrl: 'postgresql:///d?host=/run/pg' }],
  ['DATABASE_POOL', '25', { databasePool: 25 }],
  ['DATA_DIR', '/srv/idiom/', { dataDir: '/srv/idiom' }],
  ['DATA_DIR', 'here', { dataDir: resolve('here') }],
  ['SMTP_URL', 'smtps://u:p@mail.example', { smtpUrl: 'smtps://u:p@mail.example' }],
  ['SMTP_URL', 'smtp://h:25?requireTLS=true', { smtpUrl: 'smtp://h:25?requireTLS=true' }],
  ['MAIL_FROM', 'accounts@example.com', { mailFrom: 'accounts@example.com' }],
  ['SMS_WEBHOOK_URL', 'https://sms.example/send?key=1', { smsWebhookUrl: 'https://sms.example/send?key=1' }],
  [
    'SMS_WEBHOOK_URL',
    'http://u:p%40@127.0.0.1:8080',
    { smsWebhookUrl: 'http://u:p%40@127.0.0.1:8080', smsWebhookSecret: undefined },
  ],
  ['SMS_WEBHOOK_SECRET', 's3cret, with words', { smsWebhookSecret: 's3cret, with words' }],
  ['TEST_DOOR_TOKEN', '0123456789abcde~', { testDoorToken: '0123456789abcde~' }],
  ['PHONE_REGION', 'DE', { phoneRegion: 'DE' }],
  ['REQUIRE_VERIFIED_CONTACT', 'true', { requireVerifiedContact: true }],
  ['REQUIRE_VERIFIED_CONTACT', 'false', { requireVerifiedContact: false }],
  ['CONTACT_HOLD_HOURS', '0', { contactHoldHours: 0 }],
  ['CONTACT_HOLD_HOURS', '720', { contactHoldHours: 720 }],
  [
    'LINK_ORIGINS',
    'https://app.example, HTTP://B.example:8080',
    { linkOrigins: ['https://app.example', 'http://b.example:8080'], corsOrigins: [] },
  ],
  [
    'CORS_ORIGINS',
    'https://a.example, HTTP://B.example:8080',
    { corsOrigins: ['https://a.example', 'http://b.example:8080'] },
  ],
  ['TRUST_PROXY', 'false', { trustProxy: false }],
  ['TRUST_PROXY', '0', { trustProxy: false }],
  ['TRUST_PROXY', '2', { trustProxy: 2 }],
  ['TRUST_PROXY', '10.0.0.0/8, ::1,fd00::/8', { trustProxy: ['10.0.0.0/8', '::1', 'fd00::/8'] }],
  ['DOCS', 'on', { docs: true }],
  ['DOCS', 'off', { docs: false }],
  ['LOG_LEVEL', 'silent', { logLevel: 'silent' }],
  ['NODE_ENV', 'test', { environment: 'test' }],
])('%s=%s is taken', (name, value, expected) => {
  expect(read({ [name]: value })).toMatchObject(expected);
});

test.each([
  ['HOST', '[::1]'],
  ['HOST', 'fe80::1%eth0'],
  ['HOST', 'two words'],
  ['HOST', 'http://host'],
  ['PORT', '65536'],
  ['PORT', '-1'],
  ['PORT', '3e3'],
  ['PORT', '80.5'],
  ['PORT', ' 80'],
  ['PUBLIC_URL', 'id.example.com'],
  ['PUBLIC_URL', 'ftp://id.example.com'],
  ['PUBLIC_URL', 'https://u:p@id.example.com'],
  ['PUBLIC_URL', 'https://id.example.com/?a=1'],
  ['DATABASE_URL', 'mysql://u@h/d'],
  ['DATABASE_URL', 'localhost:5432/d'],
  ['DATABASE_URL', 'postgres://u:50%@h/d'],
  ['DATABASE_POOL', '0'],
  ['DATABASE_POOL', '1001'],
  ['EMBEDDED_DB', 'true'],
  ['EMBEDDED_DB', '0'],
  ['SMTP_URL', 'http://mail.example'],
  ['SMTP_URL', 'smtp://'],
  ['SMTP_URL', 'smtp://h?requiretls=true'],
  ['SMTP_URL', 'smtp://h?requireTLS=yes'],
  ['SMTP_URL', 'smtp://h?pool=false'],
  ['SMTP_URL', 'smtp://u:50%@h'],
  ['MAIL_FROM', 'nobody'],
  ['MAIL_FROM', 'A <a@example.com>, B <b@example.com>'],
  ['MAIL_FROM', 'A <a@example.com>\r\nBcc: b@example.com'],
  ['SMS_WEBHOOK_URL', 'sms.example'],
  ['SMS_WEBHOOK_URL', 'ftp://sms.example'],
  ['SMS_WEBHOOK_URL', 'https://u:50%@sms.example'],
  ['SMS_WEBHOOK_SECRET', ' '],
  ['TEST_DOOR_TOKEN', '0123456789abcde'],
  ['TEST_DOOR_TOKEN', '0123456789 abcdef'],
  ['TEST_DOOR_TOKEN', '0123456789abcdefé'],
  ['SMS_WEBHOOK_SECRET', 's3cret\n'],
  ['SMS_WEBHOOK_SECRET', 'two\nlines'],
  ['PHONE_REGION', 'cn'],
  ['PHONE_REGION', 'XX'],
  ['PHONE_REGION', '86'],
  ['REQUIRE_VERIFIED_CONTACT', 'yes'],
  ['REQUIRE_VERIFIED_CONTACT', 'toString'],
  ['CONTACT_HOLD_HOURS', '721'],
  ['CONTACT_HOLD_HOURS', '-1'],
  ['CONTACT_HOLD_HOURS', '1.5'],
  ['CONTACT_HOLD_HOURS', '24h'],
  ['LINK_ORIGINS', '*'],
  ['LINK_ORIGINS', 'app://open'],
  ['LINK_ORIGINS', 'https://app.example/'],
  ['LINK_ORIGINS', 'https://app.example/path'],
  ['LINK_ORIGINS', 'https://u:p@app.example'],
  ['LINK_ORIGINS', 'https://app.example,'],
  ['LINK_ORIGINS', 'https://a.example,https://A.example'],
  ['CORS_ORIGINS', '*'],
  ['CORS_ORIGINS', 'null'],
  ['CORS_ORIGINS', 'https://a.example/'],
  ['CORS_ORIGINS', 'https://a.example/path'],
  ['CORS_ORIGINS', 'https://a.example,'],
  ['CORS_ORIGINS', 'https://a.example,https://A.example'],
  ['TRUST_PROXY', 'true'],
  ['TRUST_PROXY', '-1'],
  ['TRUST_PROXY', '100'],
  ['TRUST_PROXY', '10.0.0.0/33'],
  ['TRUST_PROXY', '10.0.0.0/8/8'],
  ['TRUST_PROXY', 'loopback'],
  ['DOCS', 'false'],
  ['DOCS', 'On'],
  ['LOG_LEVEL', 'verbose'],
  ['NODE_ENV', 'prodution'],
  ['DIALECTS', ''],
  ['DIALECTS', 'alpha,,beta'],
  ['DIALECTS', 'alpha,alpha'],
  ['DIALECTS', 'alpha,delta'],
  ['DIALECTS', 'Alpha'],
])('%s=%p is refused in one line that names it', (name, value) => {
  expect(refusal({ [name]: value })).toMatch(new RegExp(`^${name} must be `));
});

test.each([
  ['DATABASE_URL', 'mysql://u:hunter2@h/d'],
  ['SMTP_URL', 'smtp://u:hunter2@h?pool=false'],
  ['SMS_WEBHOOK_URL', 'ftp://sms.example/?token=hunter2'],
  ['SMS_WEBHOOK_URL', 'https://u%:hunter2@sms.example'],
  ['SMS_WEBHOOK_SECRET', 'hunter2 '],
  ['TEST_DOOR_TOKEN', 'hunter2'],
  ['PUBLIC_URL', 'https://u:hunter2@id.example.com'],
  ['ALPHA_KEY', 'hunter2'],
  ['ALPHA_RULE', 'hunter2'],
  ['BETA_URL', '//u:hunter2@'],
])('a refused %s is not repeated', (name, value) => {
  const message = refusal({ [name]: value });
  expect(message).toContain(name);
  expect(message).not.toContain('hunter2');
});

test('only the named dialects are served, in the given order, and only their variables count', () => {
  const config = readConfig({ DIALECTS: 'gamma, alpha', BETA_TYPO: 'x', ALPHA_STATUS: '401' }, dialects);
  expect(config.dialects).toEqual(['gamma', 'alpha']);
  expect(config.settings).toEqual({ alpha: { ALPHA_STATUS: 401 }, gamma: {} });
});

test("a dialect's variable is held to the dialect's own schema", () => {
  expect(refusal({ ALPHA_STATUS: '402' })).toBe('ALPHA_STATUS must be one of 400, 401');
  expect(refusal({ BETA_URL: '' })).toBe('BETA_URL is required');
  expect(refusal({ ALPHA_KEY: 'abc' })).toBe('ALPHA_KEY does not have the form that it needs');
});

test('an unknown variable with the name of a served dialect is refused with the known ones', () => {
  expect(refusal({ ALPHA_STATSU: '401' })).toBe(
    'ALPHA_STATSU is not a variable of the dialect alpha, which has ALPHA_STATUS, ALPHA_KEY, ALPHA_NAMES, ALPHA_RULE',
  );
  expect(refusal({ GAMMA_ANY: '' })).toBe('GAMMA_ANY is not a variable of the dialect gamma, which has none');
  expect(read({ ALPHABET: 'abc' }).dialects).toHaveLength(3);
});

test('production wants to be told which database to use', () => {
  const message = refusal({ NODE_ENV: 'production' });
  expect(message).toContain('DATABASE_URL');
  expect(message).toContain('EMBEDDED_DB=1');
  expect(refusal({ NODE_ENV: 'production', DATABASE_URL: '' })).toBe(message);
  expect(read({ NODE_ENV: 'production', EMBEDDED_DB: '1' }).databaseUrl).toBeUndefined();
  expect(read({ NODE_ENV: 'production', DATABASE_URL: 'postgres://h/d' }).databaseUrl).toBe('postgres://h/d');
});

test('the table names every variable, with its default and meaning', () => {
  expect(configurationTable.map((row) => row.name).sort()).toEqual(
    [
      'CONTACT_HOLD_HOURS',
      'CORS_ORIGINS',
      'DATABASE_POOL',
      'DATABASE_URL',
      'DATA_DIR',
      'DIALECTS',
      'DOCS',
      'EMBEDDED_DB',
      'HOST',
      'LINK_ORIGINS',
      'LOG_LEVEL',
      'MAIL_FROM',
      'NODE_ENV',
      'PHONE_REGION',
      'PORT',
      'PUBLIC_URL',
      'REQUIRE_VERIFIED_CONTACT',
      'SMS_WEBHOOK_SECRET',
      'SMS_WEBHOOK_URL',
      'SMTP_URL',
      'TEST_DOOR_TOKEN',
      'TRUST_PROXY',
    ].sort(),
  );
  for (const row of configurationTable) expect(row.meaning).not.toBe('');
  expect(configurationTable.find((row) => row.name === 'PORT')?.default).toBe('3000');
});

test('the default public URL brackets IPv6', () => {
  expect(defaultPublicUrl('::', 8080)).toBe('http://[::]:8080');
  expect(defaultPublicUrl('localhost', 80)).toBe('http://localhost:80');
});
