import type { Deps } from '../deps';
import type { Operation } from '../operations';

export const listPublicKeys =
  ({ tokens }: Deps): Operation<'listPublicKeys'> =>
  async (_command, context) => ({ keys: await tokens.publicKeys(context.door) });
