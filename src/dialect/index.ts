export { declareByDefault } from './defaults';
export {
  actionsOf,
  stepsOf,
  defineDialect,
  type Access,
  type Action,
  type FixedAnswer,
  type Step,
  type Declaration,
  type Dialect,
  type Heard,
  type HeardResponse,
  type HeardSession,
  type Limits,
  type Renewal,
  type Route,
  type Said,
  type Site,
  type Speakable,
} from './dialect';
export { endpointOf } from './endpoint';
export { decodeJson, parse } from './parse';
export {
  compileRegistry,
  type Match,
  type NamedDeclaration,
  type Registry,
  type ServedRoute,
} from './registry';
export {
  refuse,
  RequestError,
  type ErrorTable,
  type MemberRule,
  type RequestProblem,
  type UploadFailure,
  type WireProblem,
  type WireProblemCode,
  type WireProblemOf,
} from './problems';
export { bodyOf, chooseStep } from './steps';
export { findCookie, findHeader, type Cookie, type Meta, type WireRequest, type WireResponse } from './wire';
