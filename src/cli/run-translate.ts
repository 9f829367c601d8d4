import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { Command } from 'commander';
import { dialects } from '../../dialects';
import { readConfig, type Config } from '../platform/config';
import {
  createTranslator,
  decodeText,
  InputError,
  isTranslatable,
  looksLikeCurl,
  namesNoHost,
  planHtml,
  planMigration,
  planText,
  readInput,
  type MigrationPlan,
  type Side,
} from '../translation';
import { CommandError } from './command-error';
import { contractOf } from './dialect-files';
import { findDialect } from './find-dialect';
import type { PlanFile, TranslateOptions } from './translate-options';

/** The dialect as this environment would have it served. */
function sideOf(command: Command, name: string, config: Config): Side {
  const dialect = findDialect(command, name);
  const { publicUrl, phoneRegion, corsOrigins } = config;
  const declaration = dialect.declare({ publicUrl, phoneRegion, corsOrigins }, config.settings[name] ?? {});
  return { name, declaration, contract: contractOf(name) };
}

function wrongCall(command: Command, message: string): never {
  return command.error(`error: ${message}`, { exitCode: 2, code: 'wrong_input' });
}

function sourceOf(input: string): string {
  if (looksLikeCurl(input)) return 'the curl line';
  return input === '-' ? 'the standard input' : path.basename(input);
}

const whyUnreadable: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file, and it is no curl line',
  EISDIR: 'it is a folder',
};

async function readBytes(command: Command, input: string): Promise<Buffer> {
  try {
    return input === '-' ? await buffer(process.stdin) : await readFile(input);
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    return wrongCall(command, `${input}: ${whyUnreadable[code] ?? message}`);
  }
}

function warn(text: string): void {
  process.stderr.write(`warning: ${text}\n`);
}

async function writePlan(plan: MigrationPlan, { kind, file }: PlanFile): Promise<void> {
  const content = kind === 'html' ? planHtml(plan) : `${JSON.stringify(plan, null, 2)}\n`;
  try {
    await writeFile(file, content);
  } catch (error) {
    throw new CommandError('report', `The plan cannot be written: ${(error as Error).message}`);
  }
}

/** Resolves to what the command has to say. Fails when nothing of the input can be said in the new dialect. */
export async function runTranslate(
  command: Command,
  input: string,
  options: TranslateOptions,
): Promise<string> {
  const config = readConfig({ ...process.env, DIALECTS: undefined }, dialects);
  const [from, to] = [options.from, options.to].map((name) => sideOf(command, name, config)) as [Side, Side];
  if (from.name === to.name) wrongCall(command, '--from and --to are the same dialect');
  const source = sourceOf(input);
  const text = looksLikeCurl(input) ? input : await readBytes(command, input);
  const translator = createTranslator(from, to, {
    baseUrl: options.url ?? config.publicUrl,
    region: config.phoneRegion,
    requiresProof: config.requireVerifiedContact,
    keepsSecrets: options.keepSecrets === true,
  });
  let plan: MigrationPlan;
  try {
    const given = readInput(typeof text === 'string' ? text : decodeText(text));
    const hosts = options.host ?? [];
    if (hosts.length > 0 && namesNoHost(given))
      warn(`${source} names no host, so that --host leaves nothing out`);
    plan = planMigration(given, { from, to, translator, source, hosts });
  } catch (error) {
    if (error instanceof InputError) return wrongCall(command, `${source}: ${error.message}`);
    throw error;
  }
  for (const report of options.report ?? []) await writePlan(plan, report);
  const said = options.json === true ? JSON.stringify(plan) : planText(plan);
  if (isTranslatable(plan)) return said;
  // What is known is told all the same.
  process.stdout.write(`${said}\n`);
  throw new CommandError(
    'nothing_translatable',
    plan.entries.length === 0
      ? `Nothing of ${source} is a call of ${from.name}.`
      : `Nothing of ${source} can be said in ${to.name}.`,
  );
}
