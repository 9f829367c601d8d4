import type { Logger } from 'pino';
import { dialects } from '../../dialects';
import { startGateway } from '../gateway';
import { systemClock } from '../platform/clock';
import { readConfig } from '../platform/config';
import { favourMemory } from '../platform/favour-memory';
import { createLogger } from '../platform/logger';
import { bannerText, describeGateway, logBanner } from './banner';
import { descriptionFile } from './dialect-files';

/** A stop may take five seconds, the end of the process included. */
const longestStopMs = 4_800;

/** Whatever nobody caught ends the process: what state it is in, nobody knows. */
function exitOnStrayErrors(log: Logger): void {
  const exit = (thrown: unknown): void => {
    const { name, message, stack } = thrown instanceof Error ? thrown : new Error(String(thrown));
    log.fatal({ error: { name, message, stack } }, 'an error that nobody caught');
    process.exit(1);
  };
  process.on('uncaughtException', exit);
  process.on('unhandledRejection', exit);
}

/**
 * Resolves at the first SIGTERM or SIGINT, also one that comes while the gateway starts. A second one ends the process at
 * once, and so does a stop that takes too long; the guard takes an embedded server down then.
 */
function askedToStop(log: Logger): Promise<string> {
  return new Promise((resolve) => {
    let asked = false;
    const handle = (signal: string): void => {
      if (asked) {
        log.warn({ signal }, 'asked again: stopping at once');
        process.exit(1);
      }
      asked = true;
      setTimeout(() => {
        log.error('stopping took too long: what was still running is cut');
        process.exit(1);
      }, longestStopMs).unref();
      resolve(signal);
    };
    process.on('SIGTERM', handle);
    process.on('SIGINT', handle);
  });
}

/** Runs the gateway until it is asked to stop. Fails, with nothing left running, when it cannot start. */
export async function runGateway(): Promise<void> {
  favourMemory();
  const config = readConfig(process.env, dialects);
  const terminal = process.stdout.isTTY;
  const log = createLogger({ level: config.logLevel, pretty: terminal });
  exitOnStrayErrors(log);
  const stopAsked = askedToStop(log);
  const gateway = await startGateway({ config, dialects, clock: systemClock, log, descriptionFile });
  gateway.onFailure((error) => {
    log.fatal(error.message);
    process.exit(1);
  });
  const banner = await describeGateway(gateway, config);
  if (terminal) process.stdout.write(bannerText(banner));
  else logBanner(banner, log);
  log.info({ signal: await stopAsked }, 'stopping');
  await gateway.stop();
  log.info('stopped');
}
