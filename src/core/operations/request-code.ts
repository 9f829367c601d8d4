import { meetCaptchaDemand } from '../captcha';
import type { Contact, RequestCode } from '../commands/contacts';
import { checkContact, findContactOwner } from '../contacts';
import type { Deps } from '../deps';
import type { Operation } from '../operations';
import { fail } from '../problems';
import { sendCode } from '../send-code';
import { subjectKey } from '../attempts';
import { findUsersByIdentifier } from '../store/users';
import { tell } from '../tell';

function contactOf({ target, caller }: RequestCode): Contact {
  if (!('own' in target)) return target;
  const own = caller?.user[target.own] ?? null;
  if (own === null) return fail({ code: 'user_not_found' });
  return target.own === 'email' ? { email: own } : { phone: own };
}

export const requestCode =
  (deps: Deps): Operation<'requestCode'> =>
  async (command, context) => {
    const { knex } = deps.db;
    const { caller, purpose, audience } = command;
    const typed = checkContact(contactOf(command), deps.settings.phoneRegion);
    const holder = (await findUsersByIdentifier(knex, typed.kind, [typed.key]))[0]?.user;
    // To the address as its holder wrote it: another spelling may compare as equal and still be another mailbox.
    const contact = typed.kind === 'email' ? { ...typed, shown: holder?.email ?? typed.shown } : typed;
    const use = purpose === 'recover' ? 'recovery' : 'sign_in';
    const owner = await findContactOwner(deps, knex, contact, use);
    await meetCaptchaDemand(deps, context, command.captcha, subjectKey(owner?.id ?? null, contact.key));
    if (audience === 'registered' && owner === null) fail({ code: 'user_not_found' });
    if (audience === 'held' && holder === undefined) fail({ code: 'user_not_found' });
    if (audience === 'unregistered' && holder !== undefined) {
      fail({ code: 'identifier_taken', identifier: contact.kind });
    }
    const requestedBy = caller?.user.id ?? null;
    const sent = await sendCode(deps, context, {
      purpose,
      contact,
      // A person who is signed in has one live proof under way; the purposes before sign-in go by their target.
      userId: purpose === 'prove' ? requestedBy : null,
      requestedBy,
      language: command.language,
      appName: command.appName,
      validMinutes: command.validMinutes,
      link: command.link,
    });
    await tell(deps, knex, context, {
      userId: owner?.id ?? requestedBy,
      action: 'code_requested',
      ...(requestedBy === null ? { actor: 'nobody' } : { actor: `user:${requestedBy}` }),
    });
    return { ...sent, registered: owner !== null };
  };
