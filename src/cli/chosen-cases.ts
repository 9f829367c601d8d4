import { casesOf, selects, type CaseOf, type Subject } from '../kit';
import type { CaseOptions } from './case-options';
import { WrongCall } from './command-error';

/** The cases of these dialects that a call means; none is a wrong call. */
export function chooseCases(subjects: readonly Subject[], { only, kind }: CaseOptions): CaseOf[] {
  const isMeant = selects({
    ...(only !== undefined && { only }),
    ...(kind !== undefined && { kinds: kind }),
  });
  const all = subjects.flatMap((subject) => casesOf(subject).map((one): CaseOf => ({ subject, one })));
  const among = all.map(({ one }) => one);
  const chosen = all.filter(({ one }) => isMeant(one, among));
  if (chosen.length === 0) throw new WrongCall('No case is chosen; `idiom contract list` shows them.');
  return chosen;
}
