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
  /** An id or an endpoint; or a part of one or of a title, whatever its case. */
  only?: string;
  kinds?: readonly ExchangeKind[];
}

/** Whether a case is meant. What is an id or an endpoint as a whole means no longer one that starts so. */
export function selects({ only, kinds }: Selection): (one: Case, among: readonly Case[]) => boolean {
  const wanted = only?.toLowerCase();
  return ({ id, endpoint, title, kind }, among) => {
    if (kinds !== undefined && kinds.length > 0 && !kinds.includes(kind)) return false;
    if (wanted === undefined) return true;
    if (among.some((other) => other.id === only)) return id === only;
    if (among.some((other) => other.endpoint === only)) return endpoint === only;
    return [id, endpoint, title].some((text) => text.toLowerCase().includes(wanted));
  };
}
