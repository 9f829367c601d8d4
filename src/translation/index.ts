export { readInput, looksLikeCurl } from './inputs/read-input';
export { InputError, type CapturedRequest, type Input, type LoggedCalls } from './inputs/captured';
export { createTranslator, type Side, type Translated, type Translation, type Translator } from './translate';
