import path from 'node:path';
import type { Logger } from 'pino';
import type { Gateway } from '../gateway';
import type { Config } from '../platform/config';
import { operator } from './answer';
import { listing } from './layout';
import { tryIt } from './try-it';

/** What whoever starts the gateway wants to know. */
export interface Banner {
  url: string;
  publicUrl: string;
  dialects: readonly { name: string; mounts: readonly string[] }[];
  /** Name and value of further facts. */
  facts: readonly (readonly [name: string, value: string])[];
  /** Lines for a shell. */
  tryIt: readonly string[];
}

/** Where a URL leads, without the user, the password and the options in it. */
function placeOf(text: string): string {
  // A database URL may lack its host, and name the folder of a socket in its query.
  const url = new URL(text.replace(/^(\w+:\/\/[^/]*@)\//, '$1localhost/'));
  return `${url.searchParams.get('host') ?? decodeURIComponent(url.host)}${url.pathname === '/' ? '' : url.pathname}`;
}

async function describeDatabase(gateway: Gateway, config: Config): Promise<string> {
  if (config.databaseUrl !== undefined) return `PostgreSQL at ${placeOf(config.databaseUrl)}`;
  // The folder is not always DATA_DIR; the server knows.
  const answer = await gateway.foundation.database.hot.query<{ data_directory: string }>(
    'SHOW data_directory',
  );
  return `embedded PostgreSQL in ${answer.rows[0]?.data_directory ?? config.dataDir}`;
}

/** A line for each dialect that would have keys, and has none: anybody who knows their form registers users there. */
async function describeOpenDoors({ foundation }: Gateway): Promise<Banner['facts']> {
  const { keys } = await foundation.core.listApiKeys({}, operator);
  return foundation.served
    .filter(
      ({ name, declaration }) => declaration.apiKeys !== undefined && !keys.some((key) => key.door === name),
    )
    .map(({ name }) => [
      'API keys',
      `none for ${name}, so any well-formed key registers users; \`idiom apikey create ${name}\` makes one`,
    ]);
}

/** A line that nobody should ever see where real users are. */
function describeTestDoor(url: string, config: Config): Banner['facts'] {
  if (config.testDoorToken === undefined) return [];
  return [
    [
      'TEST DOOR',
      `OPEN at ${url}/.test-door/v1; whoever has TEST_DOOR_TOKEN makes users, reads codes and moves the clock`,
    ],
  ];
}

/** Everything that the start banner says. */
export async function describeGateway(gateway: Gateway, config: Config): Promise<Banner> {
  const { url, publicUrl, foundation } = gateway;
  const outbox = path.join(config.dataDir, 'outbox');
  return {
    url,
    publicUrl,
    dialects: foundation.served.map(({ name, declaration }) => ({ name, mounts: declaration.mounts })),
    facts: [
      ['Database', await describeDatabase(gateway, config)],
      [
        'Mail',
        config.smtpUrl === undefined ? `.eml files in ${outbox}` : `SMTP at ${placeOf(config.smtpUrl)}`,
      ],
      [
        'SMS',
        config.smsWebhookUrl === undefined
          ? `.json files in ${outbox}`
          : `posted to ${placeOf(config.smsWebhookUrl)}`,
      ],
      ...(config.docs ? [['Docs', `${publicUrl}/docs/`] as const] : []),
      ...(await describeOpenDoors(gateway)),
      ...describeTestDoor(url, config),
    ],
    tryIt: tryIt(url, foundation.served, config),
  };
}

/** The banner for a terminal. */
export function bannerText(banner: Banner): string {
  const { url, publicUrl } = banner;
  const lines = listing([
    ['Listening on', publicUrl === url ? url : `${url}, as ${publicUrl}`],
    ...banner.dialects.map(({ name, mounts }) => [name, mounts.join(', ')] as const),
    ...banner.facts,
  ]);
  const example = banner.tryIt.length === 0 ? '' : `\nTry it:\n${banner.tryIt.join('\n')}\n`;
  return `\nIdiom is running.\n\n${lines}\n${example}\n`;
}

/** The banner as lines of the log, for whoever collects them; `listening` is the last. */
export function logBanner(banner: Banner, log: Logger): void {
  const { url, publicUrl } = banner;
  for (const { name, mounts } of banner.dialects) log.info({ dialect: name, mounts }, 'serving');
  for (const [name, value] of banner.facts) log.info(`${name}: ${value}`);
  for (const line of banner.tryIt) log.info(`Try it: ${line}`);
  log.info({ url, publicUrl }, 'listening');
}
