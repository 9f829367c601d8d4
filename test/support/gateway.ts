import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { simpleParser } from 'mailparser';
import pino from 'pino';
import { dialects } from '../../dialects';
import type { CallContext, Core } from '../../src/core';
import type { Declaration } from '../../src/dialect';
import { descriptionFile } from '../../src/cli/dialect-files';
import { startGateway as start } from '../../src/gateway';
import { readConfig } from '../../src/platform/config';
import type { Connection } from '../../src/platform/database';
import type { SigningKeys } from '../../src/platform/signing-keys';
import { tapAnswers } from './answer-tap';
import { createDatabase } from './database';
import { throwUndescribed } from './undescribed-answers';

export interface Mail {
  to: string;
  subject: string;
  text: string;
}

/** A text message as `docs/sms-webhook.md` describes it. */
export interface Sms {
  /** In E.164. */
  to: string;
  text: string;
  code: string;
  language: string;
  validMinutes: number;
}

export interface TestClock {
  now(): Date;
  /** Moves this gateway's time on. */
  advance(seconds: number): void;
}

export interface TestGateway {
  url: string;
  clock: TestClock;
  core: Core;
  keys: SigningKeys;
  /** What this gateway serves, as it was declared. */
  served: readonly { name: string; declaration: Declaration }[];
  /** The context of calls that come through no dialect. */
  operator: CallContext;
  connection: Connection;
  dataDir: string;
  sql<Row extends object>(text: string, values?: unknown[]): Promise<Row[]>;
  /** Every mail so far, the oldest first. */
  outbox(): Promise<Mail[]>;
  /** Every text message so far, the oldest first. */
  sms(): Promise<Sms[]>;
  /** The code of the newest mail to this address, or of the newest text message to this number in E.164. */
  lastCode(to: string): Promise<string>;
  /** Every line of the log so far. */
  logLines: string[];
  stop(): Promise<void>;
}

export interface TestGatewayOptions {
  environment?: Record<string, string>;
  /** A database that another gateway of the same test has made. */
  connection?: Connection;
  /** The folder of another gateway of the same test. */
  dataDir?: string;
  clock?: TestClock;
}

const operator: CallContext = {
  door: 'operator',
  address: null,
  deviceId: null,
  clientId: null,
  userAgent: null,
};

/** Real time, moved on by as much as the test says. */
export function createTestClock(): TestClock {
  let offsetMs = 0;
  return {
    now: () => new Date(Date.now() + offsetMs),
    advance: (seconds) => {
      offsetMs += seconds * 1000;
    },
  };
}

/** What was written to the outbox under names that end so, the oldest first. */
async function readOutboxFiles(dataDir: string, extension: string): Promise<Buffer[]> {
  const folder = path.join(dataDir, 'outbox');
  const names = await readdir(folder).catch(() => []);
  const files = names.filter((name) => name.endsWith(extension)).sort();
  return Promise.all(files.map((name) => readFile(path.join(folder, name))));
}

async function readSms(dataDir: string): Promise<Sms[]> {
  const files = await readOutboxFiles(dataDir, '.json');
  return files.map((file) => JSON.parse(file.toString('utf8')) as Sms);
}

async function readMails(dataDir: string): Promise<Mail[]> {
  const files = await readOutboxFiles(dataDir, '.eml');
  return Promise.all(
    files.map(async (file) => {
      const mail = await simpleParser(file);
      const to = Array.isArray(mail.to) ? mail.to[0] : mail.to;
      return { to: to?.text ?? '', subject: mail.subject ?? '', text: mail.text ?? '' };
    }),
  );
}

/**
 * A whole gateway on a database and a folder of its own, listening on a free port of 127.0.0.1. Whatever it answers under
 * a dialect's mount must be described in that dialect's openapi.yaml, or the test fails.
 */
export async function startGateway(options: TestGatewayOptions = {}): Promise<TestGateway> {
  const dataDir = options.dataDir ?? (await mkdtemp(path.join(tmpdir(), 'idiom-test-')));
  const database = options.connection === undefined ? await createDatabase() : undefined;
  const connection = options.connection ?? (database as { connection: Connection }).connection;
  const clock = options.clock ?? createTestClock();
  const logLines: string[] = [];
  const log = pino(
    { level: 'info' },
    {
      write: (line: string) => {
        logLines.push(line);
      },
    },
  );
  const config = readConfig(
    { HOST: '127.0.0.1', PORT: '0', DATA_DIR: dataDir, NODE_ENV: 'test', ...options.environment },
    dialects,
  );
  const gateway = await start({
    config,
    dialects,
    clock: () => clock.now(),
    log,
    descriptionFile,
    server: {
      connection,
      embedded: false,
      close: () => Promise.resolve(),
      onUnexpectedExit: () => undefined,
    },
  });
  const { foundation } = gateway;
  const stopTap = tapAnswers(Number(new URL(gateway.url).port), foundation.served);
  return {
    url: gateway.url,
    clock,
    core: foundation.core,
    keys: foundation.keys,
    served: foundation.served,
    operator,
    connection,
    dataDir,
    sql: async <Row extends object>(text: string, values: unknown[] = []) =>
      (await foundation.database.hot.query<Row>(text, values)).rows,
    outbox: () => readMails(dataDir),
    sms: () => readSms(dataDir),
    lastCode: async (to) => {
      // Mail programs write the domain in lower case.
      const address = to.toLowerCase();
      const mails = await readMails(dataDir);
      const mail = mails.findLast((candidate) => candidate.to.toLowerCase() === address);
      const sms = (await readSms(dataDir)).findLast((candidate) => candidate.to === to);
      const code = sms?.code ?? /^\s*(\d{6})\s*$/m.exec(mail?.text ?? '')?.[1];
      if (code === undefined) throw new Error(`no code was sent to ${to}`);
      return code;
    },
    logLines,
    stop: async () => {
      await gateway.stop();
      stopTap();
      await database?.drop();
      if (options.dataDir === undefined) await rm(dataDir, { recursive: true, force: true });
      throwUndescribed();
    },
  };
}
