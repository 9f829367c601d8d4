export type {
  Answer,
  Arrangement,
  Contract,
  Exchange,
  ExchangeKind,
  ExchangeRequest,
  ExchangeSource,
  PlaceholderKind,
  RunFacts,
  Verdict,
} from './contract';
export { curlLine, quoteForShell, type CurlRequest } from './curl';
export { audiences, effects, type Effect } from './operations';
export { problemSamples } from './problem-samples';
export {
  nameOfProblem,
  ownWordsOf,
  problemTable,
  renderProblem,
  type OwnWords,
  type ProblemRow,
} from './problem-table';
export { plainRequest, sampleToken, sampleUserId } from './sample-token';
export { requestOf, type SentRequest } from './sent-request';
export { planCalls, speaks, type Plan, type PlannedCall } from './plan';
export {
  createSpeaker,
  ForeignAnswerError,
  UnspeakableError,
  type Outcome,
  type Speaker,
  type SpeakerOptions,
} from './speaker';
