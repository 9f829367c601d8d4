import Joi from 'joi';
import { readFileOf } from './accepted';
import { disagreements } from './agreement';
import { ask, type Side } from './ask';
import type { Case } from './case';
import { redactWith } from './redact';
import { observe, type Referenced } from './references';
import { countStates, type CaseResult, type Counts } from './result';
import { headOf, skipped, type CaseOf, type Promised } from './run';
import { speakBoth } from './spoken';
import type { Subject } from './subject';

/** The answers of one target to the cases of a dialect, by reference: nothing in it is secret. */
export interface Recording {
  format: 'idiom-recording';
  version: 1;
  /** The version of the kit that made it. */
  kit: string;
  dialect: string;
  target: string;
  /** ISO 8601. */
  recordedAt: string;
  /** By the id of the case. */
  cases: Readonly<Record<string, { title: string; answer: Referenced }>>;
  /** Why there is no answer, by the id of the case. */
  missing: Readonly<Record<string, string>>;
}

export interface RecordOptions extends Side {
  /** Of this kit. */
  version: string;
  /** Ends the run behind the present case. */
  signal?: AbortSignal;
  /** `failed`: there was no answer; `skipped`: the case could not be brought about. */
  onResult?(result: CaseResult): void;
}

/** Asks one target everything and writes down what it answered. */
export async function recordCases(
  dialect: string,
  cases: readonly CaseOf[],
  options: RecordOptions,
): Promise<{ recording: Recording; counts: Counts }> {
  const recordedAt = new Date().toISOString();
  const answers: Record<string, { title: string; answer: Referenced }> = {};
  const missing: Record<string, string> = {};
  const results: CaseResult[] = [];
  for (const which of cases) {
    const { subject, one } = which;
    if (options.signal?.aborted === true) {
      missing[one.id] = 'the run was ended before';
      continue;
    }
    const asked = await ask(which, options, (stage, { received, failure, ms }) => {
      if (received === undefined) throw new Error(failure ?? 'no answer');
      const arrival = { stage, baseUrl: options.baseUrl, at: Date.now() };
      const { values: _, ...answer } = observe(subject, one.exchange.response, received, arrival);
      return { answer, ms };
    });
    if (asked.state === 'done') answers[one.id] = { title: one.title, answer: asked.value.answer };
    else missing[one.id] = asked.reason;
    const result: CaseResult =
      asked.state === 'done'
        ? { ...headOf(one), state: 'passed', ms: asked.value.ms }
        : { ...skipped(one, asked.reason), state: asked.state };
    results.push(result);
    options.onResult?.(result);
  }
  const recording: Recording = {
    format: 'idiom-recording',
    version: 1,
    kit: options.version,
    dialect,
    target: options.baseUrl,
    recordedAt,
    cases: answers,
    missing,
  };
  return { recording, counts: countStates(results) };
}

const text = Joi.string().allow('');
const schema = Joi.object<Recording>({
  format: Joi.valid('idiom-recording').required(),
  version: Joi.valid(1).required(),
  kit: text.required(),
  dialect: text.required(),
  target: text.required(),
  recordedAt: Joi.string().isoDate().required(),
  cases: Joi.object()
    .pattern(
      Joi.string(),
      Joi.object({
        title: text.required(),
        answer: Joi.object({
          status: Joi.number().integer().required(),
          headers: Joi.object().pattern(Joi.string(), text).required(),
          cookies: Joi.object()
            .pattern(
              Joi.string(),
              Joi.object({
                value: text.required(),
                attributes: Joi.object()
                  .pattern(Joi.string().allow(''), Joi.alternatives(text, Joi.valid(true)))
                  .required(),
              }),
            )
            .required(),
          body: Joi.any(),
          references: Joi.object()
            .pattern(
              /^<#\d+>$/,
              Joi.object({
                type: Joi.valid('string', 'number').required(),
                names: Joi.array().items(text),
                placeholder: text,
                form: Joi.valid('named', 'time', 'token', 'value').required(),
                fromAnswer: Joi.number(),
                jwt: Joi.object({
                  header: Joi.object().unknown().required(),
                  claims: Joi.object().unknown().required(),
                }),
                was: Joi.alternatives(Joi.number().unsafe(), text),
              }),
            )
            .required(),
          knows: Joi.array().items(text).required(),
        }).required(),
      }),
    )
    .required(),
  missing: Joi.object().pattern(Joi.string(), text).required(),
}).required();

/** Reads a recording. Throws `UnreadableFile`. */
export function readRecording(source: string): Recording {
  return readFileOf(schema, source) as Recording;
}

/** What a recording promises of each case of a dialect: the recorded answer, or where there is none, the contract's. */
export function promisesOf(recording: Recording, subject: Subject): (one: Case) => Promised {
  const { target, recordedAt, cases } = recording;
  const basis = `recorded from ${target} on ${recordedAt.slice(0, 10)}`;
  return (one) => {
    const recorded = Object.hasOwn(cases, one.id) ? cases[one.id] : undefined;
    if (recorded === undefined) return { basis: 'documented only' };
    return {
      basis,
      judge: (received, arrival) => {
        const observed = observe(subject, one.exchange.response, received, arrival);
        const redact = redactWith(subject, arrival.stage.known);
        const right = { answer: observed, values: observed.values, redact };
        return speakBoth({ answer: recorded.answer }, right, disagreements(recorded.answer, observed));
      },
    };
  };
}
