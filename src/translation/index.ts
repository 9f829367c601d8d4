export { decodeText } from './inputs/decode-text';
export { readInput, looksLikeCurl } from './inputs/read-input';
export { InputError, type CapturedRequest, type Input, type LoggedCalls } from './inputs/captured';
export { isTranslatable, namesNoHost, planMigration, type EndpointRow, type MigrationPlan } from './plan';
export { planHtml } from './plan-html';
export { planText } from './plan-text';
export type { Side } from './side';
export { createTranslator, type Translated, type Translator } from './translate';
export type { Outcome, TranslatedCall, Translation } from './translation';
