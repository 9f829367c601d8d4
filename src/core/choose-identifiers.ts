import type { IdentifierKind } from './model';
import type { Chosen, IdentifierOrder } from './operations';
import { CoreError, fail, type Problem } from './problems';
import { checkIdentifier, defaultIdentifierOrder, type Identifier } from './rules';
import type { Queries } from './store/database';
import { isTaken } from './store/users';
import { violatedIdentifier } from './store/violations';

/** The identifiers of a registration or an edit, checked one by one, with the first refusal in the asked order. */
export interface ChosenIdentifiers {
  accepted: readonly Identifier[];
  /** The first refusal of a rule; what comes later in the order is not looked at. */
  refusal: { problem: Problem; position: number } | null;
  order: IdentifierOrder;
}

export function chooseIdentifiers(
  chosen: { readonly [K in IdentifierKind]?: Chosen | undefined },
  options: { order: IdentifierOrder | undefined; region: string },
): ChosenIdentifiers {
  const order = options.order ?? defaultIdentifierOrder;
  const accepted: Identifier[] = [];
  for (const [position, kind] of order.entries()) {
    const value = chosen[kind];
    if (value === undefined) continue;
    const checked = checkIdentifier(kind, value, options.region);
    if ('refused' in checked) {
      const problem: Problem = { code: 'invalid_field', field: kind, rule: checked.refused };
      return { accepted, refusal: { problem, position }, order };
    }
    accepted.push(checked.identifier);
  }
  return { accepted, refusal: null, order };
}

/**
 * Fails with the first of the accepted identifiers that stands before `position` in the order and belongs to somebody
 * else. It is only asked once a call has failed anyway, to name what the vendor would have named: what decides is the
 * database constraint.
 */
async function nameEarlierTaken(
  queries: Queries,
  choice: ChosenIdentifiers,
  options: { position: number; exceptUserId: number | null },
): Promise<void> {
  for (const identifier of choice.accepted) {
    if (choice.order.indexOf(identifier.kind) >= options.position) continue;
    if (await isTaken(queries, identifier.kind, identifier.key, options.exceptUserId)) {
      fail({ code: 'identifier_taken', identifier: identifier.kind });
    }
  }
}

/** Ends a call that `problem` has stopped, unless an identifier that the vendor checks earlier is taken. */
export async function refuseAfterIdentifiers(
  queries: Queries,
  choice: ChosenIdentifiers,
  stop: { problem: Problem; position: number; exceptUserId: number | null },
): Promise<never> {
  await nameEarlierTaken(queries, choice, stop);
  return fail(stop.problem);
}

/** Runs the statement that writes identifiers, and turns a refusal of the database into the problem that it is. */
export async function writeIdentifiers<T>(
  queries: Queries,
  choice: ChosenIdentifiers,
  exceptUserId: number | null,
  write: () => Promise<T>,
): Promise<T> {
  try {
    return await write();
  } catch (error) {
    const identifier = violatedIdentifier(error);
    if (identifier === undefined) throw error;
    await nameEarlierTaken(queries, choice, { position: choice.order.indexOf(identifier), exceptUserId });
    throw new CoreError({ code: 'identifier_taken', identifier }, { cause: error });
  }
}
