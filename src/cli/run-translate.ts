import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { dialects } from '../../dialects';
import { readConfig, type Config } from '../platform/config';
import {
  createTranslator,
  InputError,
  isTranslatable,
  looksLikeCurl,
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

const standardInput = 0;

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

function readText(command: Command, input: string): { text: string; source: string } {
  if (looksLikeCurl(input)) return { text: input, source: 'the curl line' };
  try {
    const text = readFileSync(input === '-' ? standardInput : input, 'utf8');
    return { text, source: input === '-' ? 'the standard input' : path.basename(input) };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why =
      code === 'ENOENT' ? 'there is no such file, and it is no curl line' : (error as Error).message;
    return wrongCall(command, `${input}: ${why}`);
  }
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
  const { text, source } = readText(command, input);
  const translator = createTranslator(from, to, {
    baseUrl: options.url ?? config.publicUrl,
    region: config.phoneRegion,
    keepsSecrets: options.keepSecrets === true,
  });
  let plan: MigrationPlan;
  try {
    plan = planMigration(readInput(text), { from, to, translator, source, hosts: options.host });
  } catch (error) {
    if (error instanceof InputError) return wrongCall(command, `${source}: ${error.message}`);
    throw error;
  }
  for (const report of options.report) await writePlan(plan, report);
  const said = options.json === true ? JSON.stringify(plan) : planText(plan);
  if (isTranslatable(plan)) return said;
  // What is known is told all the same.
  process.stdout.write(`${said}\n`);
  throw new CommandError('nothing_translatable', `Nothing of ${source} can be said in ${to.name}.`);
}
