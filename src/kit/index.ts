export { casesOf, type Case } from './case';
export { compare, differencesOf, type Comparison, type Difference, type DifferenceKind } from './compare';
export { coverageOf, coverageTable, missingFrom, type DialectCoverage } from './coverage';
export { readDescription, type Description } from './description';
export { fill, UnknownPlaceholder } from './fill';
export type { Received, SentRequest } from './message';
export type { Performed, PerformOptions } from './perform';
export { redactWith, type Redact } from './redact';
export {
  countStates,
  type CaseResult,
  type CaseState,
  type Counts,
  type RunResult,
  type ShownAnswer,
} from './result';
export { runCase, runCases, type CaseOf, type Promised, type RunOptions } from './run';
export type { Known, Stage, Stagehand } from './stage';
export { subjectOf, type Site, type Subject } from './subject';
export { connectDoor, UnreachableTarget, type Door, type DoorFacts } from './door/client';
export { createDoorStagehand } from './door/stagehand';
export { connect, NoDoor, type Connected, type ConnectOptions } from './connect';
export {
  IdentityError,
  readIdentity,
  readIdentityPair,
  type Identity,
  type IdentityPair,
} from './identity/identity';
export { reportOf, type ReportKind } from './reports';
export { exchangeKinds, selects, type Selection } from './select';
export type { DiffLine } from './show';
export { readTarget } from './target';
export { createProgress, describeRun, paintFor, type Paint, type Progress } from './terminal';
export { readAccepted, UnreadableFile, type AcceptedDifference } from './accepted';
export type { Side } from './ask';
export { diffCases, type Diff, type DiffOptions } from './diff';
export { promisesOf, readRecording, recordCases, type Recording } from './recording';
