import type { RunResult } from '../result';

/** The kinds of report that a run can be written as; each is loaded when it is asked for. */
export const reportKinds = ['junit', 'html', 'json'] as const;
export type ReportKind = (typeof reportKinds)[number];

const writers: Readonly<Record<ReportKind, () => Promise<(run: RunResult) => string>>> = {
  junit: async () => (await import('./junit.js')).junitReport,
  html: async () => (await import('./html.js')).htmlReport,
  json: async () => (await import('./json.js')).jsonReport,
};

/** A run as the text of a report. */
export async function reportOf(kind: ReportKind, run: RunResult): Promise<string> {
  const write = await writers[kind]();
  return write(run);
}
