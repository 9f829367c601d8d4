import type { RunResult } from '../result';
import { htmlReport } from './html';
import { jsonReport } from './json';
import { junitReport } from './junit';

/** The kinds of report that a run can be written as. */
export const reportKinds = ['junit', 'html', 'json'] as const;
export type ReportKind = (typeof reportKinds)[number];

const writers: Readonly<Record<ReportKind, (run: RunResult) => string>> = {
  junit: junitReport,
  html: htmlReport,
  json: jsonReport,
};

/** A run as the text of a report. */
export function reportOf(kind: ReportKind, run: RunResult): string {
  return writers[kind](run);
}
