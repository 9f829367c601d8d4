import { nameOfProblem, plainRequest, requestOf, sampleToken } from '../contract';
import { endpointOf, type Meta, type Said } from '../dialect';
import {
  goodAnswer,
  pairErrors,
  showAnswer,
  type AnsweredCall,
  type ErrorPair,
  type ShownAnswer,
} from './answers';
import { createBlanks, mapTexts, type Blanks } from './blanks';
import { compareEffects, type Difference } from './differences';
import { effectOf } from './effects';
import { hiding, secretsOf } from './hiding';
import { createWire, type Fields, type Identified, type Wire } from './identify';
import type { CapturedRequest } from './inputs/captured';
import { notesOn, reasonOf } from './remarks';
import { rewriteUrl } from './rewrite';
import { secretNamesOf } from './secret-names';
import type { Side } from './side';
import { brokenCurlLine, decodeBlanks, showRequest, tokenOf } from './shown-request';
import type { TranslatedCall, Translation } from './translation';
import { identifyWithVariables } from './variables';
import { findWays, type CheckedCall, type PlannedWay, type Terms } from './ways';

export interface TranslationOptions {
  /** Where the calls of the new dialect go; no trailing slash. */
  baseUrl: string;
  /** ISO 3166 code of the region whose phone numbers are written without a country code. */
  region: string;
  /** The gateway stores a contact only once it is proven. Default: it may be stored as unproven. */
  requiresProof?: boolean;
  /** Passwords, codes and keys of the captured requests stand in the plan. Default: blanks do. */
  keepsSecrets?: boolean;
}

/** A translation with what it was made of, for whoever wants to send it. */
export interface Translated {
  translation: Translation;
  identified: Identified;
  /** All that are known, the one that is shown first. */
  ways: readonly PlannedWay[];
  blanks: Blanks;
}

export interface Translator {
  from: Wire;
  to: Wire;
  translate(captured: CapturedRequest): Translated;
  /** An address of the old dialect's clients, or a part of one, as it may be shown to anybody. */
  showAddress(url: string): string;
}

const asItIs = (value: string): string => value;

export function createTranslator(from: Side, to: Side, options: TranslationOptions): Translator {
  const old = createWire(from);
  const target = createWire(to);
  const keepsSecrets = options.keepsSecrets === true;
  const isSecretName = keepsSecrets ? () => false : secretNamesOf(old, from.contract);
  const terms: Terms = { region: options.region, requiresProof: options.requiresProof === true };
  const sampleTokens = [from, to].map(
    ({ name, declaration }) => [sampleToken(declaration.accessToken.format), tokenOf(name)] as const,
  );

  /** Texts with blanks and the names of tokens in the place of samples. */
  function present(blanks: Blanks): (text: string) => string {
    return (text) =>
      sampleTokens.reduce((shown, [sample, name]) => shown.replaceAll(sample, name), blanks.show(text));
  }

  function presentAnswer(answer: ShownAnswer, blanks: Blanks): ShownAnswer {
    return mapTexts(answer, present(blanks)) as ShownAnswer;
  }

  function answeredCall({ operation, call, read }: CheckedCall): AnsweredCall {
    const meta: Meta =
      read.kind === 'foreign'
        ? { requestId: '', now: new Date(0), operation, request: plainRequest(to.declaration) }
        : read.meta;
    const command = read.kind === 'command' ? read.command : {};
    return { wire: target, operation, action: call.action, command, meta };
  }

  function translatedCall(
    checked: CheckedCall,
    facts: Readonly<Record<string, unknown>>,
    blanks: Blanks,
    signedIn: boolean,
  ): TranslatedCall {
    const { operation, call, read } = checked;
    const said = mapTexts(call.said, present(blanks)) as Said;
    // Where a token is welcome and not needed, it comes along if it did before; nobody is signed out without one.
    const carries = call.access !== 'optional' || signedIn || operation === 'signOut';
    const sent = requestOf({ ...call, said }, to.declaration, carries ? tokenOf(to.name) : undefined);
    const curl = brokenCurlLine({
      method: sent.method,
      url: `${options.baseUrl}${decodeBlanks(sent.target)}`,
      headers: sent.headers,
      ...(sent.body !== undefined && { body: sent.body }),
      ...(sent.file !== undefined && { file: { part: sent.file.field, name: '<picture>' } }),
    });
    const answer = goodAnswer(answeredCall(checked), facts, to.contract);
    return {
      operation,
      endpoint: endpointOf(call.route),
      curl,
      ...(answer !== undefined && { answer: presentAnswer(answer, blanks) }),
      ...(read.kind === 'refused' && {
        refusal: {
          problem: nameOfProblem(read.problem),
          answer: presentAnswer(showAnswer(read.answer), blanks),
        },
      }),
    };
  }

  function translateCommand(
    base: Pick<Translation, 'label' | 'count' | 'request'>,
    identified: Identified & { kind: 'command' },
    blanks: Blanks,
  ): Translated {
    const { operation, command, action, meta, route } = identified;
    const ways = findWays(target, identified, blanks, terms);
    const [way = null] = ways;
    const plan = (other: Fields) => findWays(target, { ...identified, command: other }, blanks, terms)[0];
    const before: AnsweredCall = { wire: old, operation, action, command, meta };
    const facts = effectOf([{ operation, command }], options.region);
    const good = goodAnswer(before, facts, from.contract);
    const calls = way?.calls ?? [];
    // Of a profile, every field is told that stays as it is.
    const differences =
      way?.differences ??
      (operation === 'updateProfile' ? compareEffects(facts, {}, { target: to.name, operation }) : []);
    const isNothing =
      way === null && operation === 'updateProfile' && Object.keys(command['changes'] ?? {}).length === 0;
    const isPartly = differences.some(({ kind }) => kind === 'unsaid');
    const texts = calls.map(({ call }) => JSON.stringify(call.said));
    return {
      identified,
      ways,
      blanks,
      translation: {
        ...base,
        outcome: isNothing ? 'answered' : way === null ? 'unsupported' : isPartly ? 'partly' : 'translated',
        endpoint: endpointOf(route),
        operation,
        ...(way === null && {
          reason: isNothing
            ? 'it changes nothing, so that no call is needed'
            : reasonOf(to, identified, present(blanks)),
        }),
        calls: calls.map((call) => translatedCall(call, facts, blanks, identified.token !== undefined)),
        blanks: blanks.usedIn(texts).map(({ text, source }) => ({ text, source })),
        differences: mapTexts(differences, present(blanks)) as readonly Difference[],
        ...(good !== undefined && { answer: presentAnswer(good, blanks) }),
        errors:
          way === null
            ? []
            : pairErrors(before, calls.map(answeredCall), facts).map(
                (pair) => mapTexts(pair, present(blanks)) as ErrorPair,
              ),
        notes: notesOn(identified, way, { from, to, plan }),
      },
    };
  }

  function translate(given: CapturedRequest): Translated {
    const blanks = createBlanks();
    const { identified } = identifyWithVariables(old, given, blanks);
    const tokenText = tokenOf(from.name);
    const secrets = keepsSecrets ? [] : secretsOf(given, identified, { tokenText, isSecretName });
    for (const { value, text, source } of secrets) blanks.hide(value, text, source);
    const base = {
      label: given.label,
      count: 1,
      request: showRequest(given, from, keepsSecrets ? asItIs : hiding(secrets, isSecretName)),
    };
    const rest = { calls: [], blanks: [], differences: [], errors: [], notes: [] };
    if (identified.kind === 'command') return translateCommand(base, identified, blanks);
    const bare = { identified, ways: [], blanks };
    if (identified.kind === 'foreign') {
      const reason = `not of this dialect: ${from.name} has nothing under ${given.path}`;
      return { ...bare, translation: { ...base, ...rest, outcome: 'foreign', reason } };
    }
    const { route, answer } = identified;
    const endpoint = route === undefined ? {} : { endpoint: endpointOf(route) };
    const shown = presentAnswer(showAnswer(answer), blanks);
    if (identified.kind === 'answered') {
      const reason =
        identified.problem === undefined
          ? `${from.name} answers it by itself, without asking the core for anything`
          : `${from.name} has no such call`;
      return {
        ...bare,
        translation: { ...base, ...rest, ...endpoint, outcome: 'answered', reason, answer: shown },
      };
    }
    const operation = identified.action === undefined ? {} : { operation: identified.action.operation };
    const reason = `${from.name} itself refuses it: ${nameOfProblem(identified.problem)}`;
    return {
      ...bare,
      translation: { ...base, ...rest, ...endpoint, ...operation, outcome: 'refused', reason, answer: shown },
    };
  }

  const showAddress = (url: string): string =>
    rewriteUrl(url, keepsSecrets ? asItIs : hiding([], isSecretName));
  return { from: old, to: target, translate, showAddress };
}
