export type PlanKind = 'html' | 'json';

/** A file that a plan is to be written to. */
export interface PlanFile {
  kind: PlanKind;
  file: string;
}

export interface TranslateOptions {
  from: string;
  to: string;
  url?: string;
  host?: readonly string[];
  report?: readonly PlanFile[];
  keepSecrets?: boolean;
  json?: boolean;
}
