import { checkContact } from '../contacts';
import type { Deps } from '../deps';
import type { Operation } from '../operations';
import { fail } from '../problems';
import { sendCode } from '../send-code';
import { isTaken } from '../store/users';
import { tell } from '../tell';

export const requestEmailChange =
  (deps: Deps): Operation<'requestEmailChange'> =>
  async ({ caller, email, language, appName }, context) => {
    const { knex } = deps.db;
    const userId = caller.user.id;
    const contact = checkContact({ email }, deps.settings.phoneRegion);
    if (await isTaken(knex, 'email', contact.key, userId)) {
      fail({ code: 'identifier_taken', identifier: 'email' });
    }
    const message = {
      purpose: 'change_email' as const,
      contact,
      userId,
      requestedBy: userId,
      language,
      appName,
    };
    await sendCode(deps, context, message);
    await tell(deps, knex, context, { userId, action: 'email_change_requested' });
    return {};
  };
