export { casesOf, kindOf, type Case } from './case';
export { compare, differencesOf, type Comparison, type Difference, type DifferenceKind } from './compare';
export { curlLine, quoteForShell } from './curl';
export { endpointOf, routeOf, unknownPath } from './endpoint';
export { fill, fillInside, UnknownPlaceholder } from './fill';
export type { Received, SentRequest } from './message';
export { perform, requestOf, send, type Performed, type PerformOptions } from './perform';
export { redactWith, type Redact } from './redact';
export {
  countStates,
  type CaseResult,
  type CaseState,
  type Counts,
  type RunResult,
  type ShownAnswer,
} from './result';
export { runCase, runCases, skipped, type CaseOf, type Promised, type RunOptions } from './run';
export { CannotArrange, type Known, type Stage, type Stagehand } from './stage';
export { subjectOf, type Subject } from './subject';
export { connectDoor, DoorRefusal, UnreachableTarget, type Door, type DoorFacts } from './door/client';
export { createDoorStagehand } from './door/stagehand';
