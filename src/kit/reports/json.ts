import type { RunResult } from '../result';

/** The name and the version of the document, by which a reader knows its shape; `docs/qa.md` describes it. */
const format = 'idiom-contract-run';
const version = 1;

/** A run as one JSON document. */
export function jsonReport(run: RunResult): string {
  return `${JSON.stringify({ format, version, ...run }, null, 2)}\n`;
}
