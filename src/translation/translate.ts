import { nameOfProblem, plainRequest, requestOf, sampleToken, type Contract } from '../contract';
import type { OperationName } from '../core';
import { endpointOf, type Meta, type NamedDeclaration, type Said } from '../dialect';
import {
  goodAnswer,
  pairErrors,
  showAnswer,
  type AnsweredCall,
  type ErrorPair,
  type ShownAnswer,
} from './answers';
import { createBlanks, mapTexts, type Blanks } from './blanks';
import type { Difference } from './differences';
import { effectOf } from './effects';
import { createWire, type Fields, type Identified, type Wire } from './identify';
import type { CapturedRequest } from './inputs/captured';
import { secretsOf } from './secrets';
import { brokenCurlLine, decodeBlanks, showRequest, tokenOf } from './shown-request';
import type { TranslatedCall, Translation } from './translation';
import { identifyWithVariables } from './variables';
import { findWay, type CheckedCall } from './ways';

/** A dialect as translation needs it. */
export interface Side extends NamedDeclaration {
  contract: Contract;
}

export interface TranslationOptions {
  /** Where the calls of the new dialect go; no trailing slash. */
  baseUrl: string;
  /** ISO 3166 code of the region whose phone numbers are written without a country code. */
  region: string;
  /** Passwords, codes and keys of the captured requests stand in the plan. Default: blanks do. */
  keepsSecrets?: boolean;
}

/** A translation with what it was made of, for whoever wants to send it. */
export interface Translated {
  translation: Translation;
  identified: Identified;
  calls: readonly CheckedCall[];
  blanks: Blanks;
}

export interface Translator {
  from: Wire;
  to: Wire;
  translate(captured: CapturedRequest): Translated;
}

export function createTranslator(from: Side, to: Side, options: TranslationOptions): Translator {
  const old = createWire(from);
  const target = createWire(to);
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
    // Where a token is welcome and not needed, it comes along if it did before.
    const carries = call.access !== 'optional' || signedIn;
    const sent = requestOf({ ...call, said }, to.declaration, carries ? tokenOf(to.name) : undefined);
    const curl = brokenCurlLine({
      method: sent.method,
      url: `${options.baseUrl}${sent.target}`,
      headers: sent.headers,
      ...(sent.body !== undefined && { body: sent.body }),
      ...(sent.file !== undefined && { file: { part: sent.file.field, name: '<picture>' } }),
    });
    const answer = goodAnswer(answeredCall(checked), facts, to.contract);
    return {
      operation,
      endpoint: endpointOf(call.route),
      curl: decodeBlanks(curl),
      ...(answer !== undefined && { answer: presentAnswer(answer, blanks) }),
      ...(read.kind === 'refused' && {
        refusal: {
          problem: nameOfProblem(read.problem),
          answer: presentAnswer(showAnswer(read.answer), blanks),
        },
      }),
    };
  }

  function reasonOf(operation: OperationName, command: Fields): string {
    const { unsupported, gaps } = to.contract;
    const given = unsupported[operation] ?? gaps?.[operation];
    if (given !== undefined) return given;
    const said = Object.entries(command).flatMap(([name, value]) =>
      ['string', 'number', 'boolean'].includes(typeof value) ? [`${name} ${String(value)}`] : [name],
    );
    return `${to.name} has a call for ${operation}, but none that says this: ${said.join(', ')}`;
  }

  function translateCommand(
    base: Pick<Translation, 'label' | 'count' | 'request'>,
    identified: Identified & { kind: 'command' },
    blanks: Blanks,
  ): Translated {
    const { operation, command, action, meta, route } = identified;
    const way = findWay(target, identified, blanks, options.region);
    const before: AnsweredCall = { wire: old, operation, action, command, meta };
    const facts = effectOf([{ operation, command }], options.region);
    const good = goodAnswer(before, facts, from.contract);
    const calls = way?.calls ?? [];
    const differences = way?.differences ?? [];
    const isPartly = differences.some(({ kind }) => kind === 'unsaid');
    const texts = calls.map(({ call }) => JSON.stringify(call.said));
    const notes: string[] = [];
    if (
      !(identified.token !== undefined) &&
      ['session', 'caller'].includes((action as { access: string }).access)
    )
      notes.push(
        `The request came without an access token, so that ${from.name} refuses it as it stands; browsers leave tokens out of what they export.`,
      );
    return {
      identified,
      calls,
      blanks,
      translation: {
        ...base,
        outcome: way === null ? 'unsupported' : isPartly ? 'partly' : 'translated',
        endpoint: endpointOf(route),
        operation,
        ...(way === null && { reason: reasonOf(operation, command) }),
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
        notes,
      },
    };
  }

  function translate(given: CapturedRequest): Translated {
    const blanks = createBlanks();
    const { identified } = identifyWithVariables(old, given, blanks);
    const secrets = options.keepsSecrets === true ? [] : secretsOf(identified, tokenOf(from.name));
    for (const { value, text, source } of secrets) blanks.hide(value, text, source);
    const base = {
      label: given.label,
      count: 1,
      request: showRequest(given, from, {
        secrets,
        // Of a request that is no command, no more is known than the names of its members.
        byName: identified.kind !== 'command' && options.keepsSecrets !== true,
      }),
    };
    const rest = { calls: [], blanks: [], differences: [], errors: [], notes: [] };
    if (identified.kind === 'command') return translateCommand(base, identified, blanks);
    const bare = { identified, calls: [], blanks };
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

  return { from: old, to: target, translate };
}
