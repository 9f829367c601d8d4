import type { ExchangeKind } from '../contract';
import type { Case } from './case';

/** Every kind of case, in the order of the columns of coverage. */
export const exchangeKinds = [
  'success',
  'error',
  'no_credential',
  'bad_credential',
  'wrong_type',
  'boundary',
] as const satisfies readonly ExchangeKind[];

/** Which cases of a contract are meant. Absent: all. */
export interface Selection {
  /** An id, an endpoint, or a part of a title, whatever its case. */
  only?: string;
  kinds?: readonly ExchangeKind[];
}

/** Whether a case is meant. An id that fits as a whole means that case and no longer one that starts so. */
export function selects({ only, kinds }: Selection): (one: Case, among: readonly Case[]) => boolean {
  const wanted = only?.toLowerCase();
  return ({ id, endpoint, title, kind }, among) => {
    if (kinds !== undefined && kinds.length > 0 && !kinds.includes(kind)) return false;
    if (wanted === undefined) return true;
    if (among.some((other) => other.id === only)) return id === only;
    return [id, endpoint, title].some((text) => text.toLowerCase().includes(wanted));
  };
}
