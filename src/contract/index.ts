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
export { audiences, effects, type Effect } from './operations';
export { planCalls, speaks, type Plan, type PlannedCall } from './plan';
export {
  createSpeaker,
  ForeignAnswerError,
  hearResponse,
  UnspeakableError,
  type Outcome,
  type Speaker,
  type SpeakerOptions,
} from './speaker';
