import Joi from 'joi';
import { quotePattern } from './pattern';

/** A difference that somebody has looked at and put up with. In `case` and `where`, `*` stands for any text. */
export interface AcceptedDifference {
  /** The id of a case. */
  case: string;
  /** The place of the difference, such as `body.data.id`. */
  where: string;
  reason: string;
}

/** A file of the kit that is not what it should be; the message names what is wrong in it. */
export class UnreadableFile extends Error {
  constructor(what: string) {
    super(what);
    this.name = 'UnreadableFile';
  }
}

const text = Joi.string().min(1).required();
const schema = Joi.array<AcceptedDifference[]>()
  .items(Joi.object({ case: text, where: text, reason: text }))
  .required();

/** Reads a JSON text of a file of ours. Throws `UnreadableFile`. */
export function readFileOf(shape: Joi.Schema, source: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch {
    throw new UnreadableFile('it is no JSON');
  }
  const outcome = shape.validate(value, { convert: false, errors: { wrap: { label: false } } });
  if (outcome.error !== undefined) throw new UnreadableFile(outcome.error.message);
  return outcome.value as unknown;
}

export function readAccepted(source: string): AcceptedDifference[] {
  return readFileOf(schema, source) as AcceptedDifference[];
}

function pattern(glob: string): RegExp {
  const parts = glob.split('*').map(quotePattern);
  return new RegExp(`^${parts.join('.*')}$`, 'u');
}

export interface Acceptance {
  /** Why a difference is accepted; undefined when it is not. */
  reasonFor(caseId: string, at: string): string | undefined;
  /** To be told of every case that was compared. */
  saw(caseId: string): void;
  /** Those accepted differences that no longer show, although a case that they speak of was compared. */
  healed(): AcceptedDifference[];
}

/** Keeps account of which accepted differences still show. */
export function createAcceptance(accepted: readonly AcceptedDifference[]): Acceptance {
  const entries = accepted.map((entry) => ({
    entry,
    ids: pattern(entry.case),
    places: pattern(entry.where),
    isSeen: false,
    shows: false,
  }));
  return {
    reasonFor(caseId, at) {
      const fitting = entries.filter(({ ids, places }) => ids.test(caseId) && places.test(at));
      for (const one of fitting) one.shows = true;
      return fitting[0]?.entry.reason;
    },
    saw(caseId) {
      for (const one of entries) if (one.ids.test(caseId)) one.isSeen = true;
    },
    healed: () => entries.filter(({ isSeen, shows }) => isSeen && !shows).map(({ entry }) => entry),
  };
}
