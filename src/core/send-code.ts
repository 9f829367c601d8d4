import { networkOf } from './attempts';
import type { CheckedContact } from './contacts';
import type { EmailLink } from './commands/contacts';
import type { Deps } from './deps';
import { secondsAfter } from './grant-session';
import type { CallContext } from './operations';
import { fail } from './problems';
import { issueTicket, proofSeconds } from './proofs';
import { insertTicket } from './store/tickets';
import { bookSend, cancelSend, replaceCode, type CodePurpose } from './store/verification-codes';
import { codeDigits, codeMinutes, hashCode, sendLimits } from './verification';

export interface CodeToSend {
  purpose: CodePurpose;
  contact: CheckedContact;
  /** Of a signed-in purpose. */
  userId: number | null;
  requestedBy: number | null;
  language: string;
  appName?: string | undefined;
  validMinutes?: number | undefined;
  link?: EmailLink | undefined;
}

/** Sends of one caller, beside those to one target: a caller must not spend other people's allowance one by one. */
const callerLimits = { user: { spacingSeconds: 0, perDay: 30 }, address: { spacingSeconds: 0, perDay: 100 } };

/** Under what the sends of one caller are booked, who is known or has at least an address; null for nobody. */
export function callerKey(requestedBy: number | null, context: CallContext): string | null {
  if (requestedBy !== null) return `caller:user:${requestedBy}`;
  return context.address === null ? null : `caller:address:${networkOf(context.address)}`;
}

/** What a URL parser removes or turns into something else, and a reader of the mail does not. */
const unfitForMail = /[\s\\\p{Cc}\p{Cf}]/u;

/** Fails with `link_not_allowed` unless the link leads to the gateway itself or to an origin on the allow-list. */
function checkLinkOrigin({ settings }: Deps, link: EmailLink): void {
  const allowed = [new URL(settings.publicUrl).origin, ...settings.linkOrigins];
  const url = URL.canParse(link.template) ? new URL(link.template) : undefined;
  const fits = url !== undefined && url.username === '' && url.password === '';
  if (!fits || unfitForMail.test(link.template) || !allowed.includes(url.origin)) {
    fail({ code: 'link_not_allowed' });
  }
}

function fillLink(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{(token|code|email)\}/g, (_, name: string) =>
    encodeURIComponent(values[name] ?? ''),
  );
}

/** Books a send to the target and one of the caller; returns how to take them back. Fails with `too_many_requests`. */
async function book(
  deps: Deps,
  context: CallContext,
  message: CodeToSend,
  now: Date,
): Promise<() => Promise<void>> {
  const caller = callerKey(message.requestedBy, context);
  const ids = await deps.db.knex.transaction(async (queries) => {
    const bookings = [{ key: message.contact.key, limits: sendLimits }];
    if (caller !== null) {
      const limits = message.requestedBy === null ? callerLimits.address : callerLimits.user;
      bookings.push({ key: caller, limits });
    }
    const booked: string[] = [];
    for (const { key, limits } of bookings) {
      const outcome = await bookSend(queries, key, now, limits);
      if ('retryAfterSeconds' in outcome) {
        fail({
          code: 'too_many_requests',
          what: 'verification_code',
          retryAfterSeconds: outcome.retryAfterSeconds,
        });
      } else booked.push(outcome.id);
    }
    return booked;
  });
  return async () => {
    for (const id of ids) await cancelSend(deps.db.knex, id);
  };
}

/**
 * Sends a code by mail or SMS and keeps it in the place of the earlier one. The send is booked first, so that parallel
 * calls cannot both pass the limit; a message that was not accepted leaves neither booking nor code behind, and the
 * earlier code as it was.
 */
export async function sendCode(
  deps: Deps,
  context: CallContext,
  message: CodeToSend,
): Promise<{ verificationId: string; expiresInSeconds: number }> {
  const { contact, link } = message;
  if (link !== undefined) checkLinkOrigin(deps, link);
  const now = deps.clock();
  const unbook = await book(deps, context, message, now);
  const verificationId = deps.randomness.uuid();
  const code = deps.randomness.digits(codeDigits);
  const token = deps.randomness.bytes(32).toString('base64url');
  const validMinutes = Math.min(message.validMinutes ?? codeMinutes, codeMinutes);
  const text = {
    kind: 'verification_code' as const,
    to: contact.shown,
    code,
    language: message.language,
    appName: message.appName === undefined || message.appName === '' ? null : message.appName,
    validMinutes,
  };
  try {
    if (contact.kind === 'phone') await deps.sms.send(text);
    else if (link === undefined) await deps.mailer.send(text);
    else {
      const url = fillLink(link.template, { token, code, email: contact.shown });
      await deps.mailer.send({ ...text, link: url });
    }
  } catch (error) {
    await unbook();
    return fail({ code: 'delivery_failed', channel: contact.kind === 'email' ? 'email' : 'sms' }, error);
  }
  const expiresAt = secondsAfter(now, validMinutes * 60);
  await deps.db.knex.transaction(async (queries) => {
    await replaceCode(queries, {
      id: verificationId,
      purpose: message.purpose,
      dialect: context.door,
      userId: message.userId,
      requestedBy: message.requestedBy,
      deviceId: context.deviceId,
      targetKind: contact.kind,
      targetKey: contact.key,
      codeHash: hashCode(verificationId, code),
      createdAt: now,
      expiresAt,
    });
    if (link !== undefined) {
      const ticket = {
        kind: link.use,
        userId: message.requestedBy,
        deviceId: context.deviceId,
        target: { kind: contact.kind, key: contact.key },
        secretHash: hashCode(token, code),
      };
      await insertTicket(queries, token, ticket, { now, expiresAt });
    }
  });
  return { verificationId, expiresInSeconds: validMinutes * 60 };
}

/** A proof of a contact that was shown just now, for one later call. */
export async function issueProof(
  deps: Deps,
  queries: Parameters<typeof issueTicket>[1],
  proven: { kind: 'email' | 'phone'; key: string; userId: number | null; deviceId: string | null },
): Promise<{ proofToken: string; expiresInSeconds: number }> {
  const proofToken = await issueTicket(
    deps,
    queries,
    {
      kind: 'prove',
      userId: proven.userId,
      deviceId: proven.deviceId,
      target: { kind: proven.kind, key: proven.key },
      secretHash: null,
    },
    proofSeconds,
  );
  return { proofToken, expiresInSeconds: proofSeconds };
}
