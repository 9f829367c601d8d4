import type { Deps } from '../deps';
import { findTypedIdentifier } from '../find-user';
import type { Operation } from '../operations';

export const identifierExists =
  (deps: Deps): Operation<'identifierExists'> =>
  async ({ identifier }) => ({ userId: (await findTypedIdentifier(deps, identifier))?.user.id ?? null });
