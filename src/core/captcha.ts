import { createHash, timingSafeEqual } from 'node:crypto';
import { looksLikeGuessing } from './attempts';
import type { CaptchaDemand } from './commands/security';
import type { Deps } from './deps';
import type { CallContext } from './operations';
import { fail } from './problems';
import { consumeTicket, findTicket } from './store/tickets';

/** Characters that people tell apart (AnqiCMS, reference 4.4). */
export const captchaAlphabet = '1234567890qwertyuipkjhgfdsazxcvbnm';
export const captchaLength = 4;

/** What is kept of an answer; letters count the same in either case. */
export function hashAnswer(captchaId: string, text: string): Buffer {
  return createHash('sha256').update(`${captchaId}:${text.toLowerCase()}`).digest();
}

/** Whether `text` is what the picture shows. The picture is used up, right or wrong; an empty text is no try. */
export async function solvesCaptcha(deps: Deps, captchaId: string, text: string): Promise<boolean> {
  if (text === '') return false;
  const picture = await consumeTicket(deps.db.knex, captchaId, ['captcha'], deps.clock());
  const kept = picture?.secretHash ?? null;
  return kept !== null && timingSafeEqual(kept, hashAnswer(captchaId, text));
}

/** Fails with `captcha_required` or `captcha_rejected` when the demand is not met. */
export async function meetCaptchaDemand(
  deps: Deps,
  context: CallContext,
  demand: CaptchaDemand | undefined,
  subject: string | null,
): Promise<void> {
  if (demand === undefined || demand.when === 'never') return;
  if (demand.when === 'after_failures' && !(await looksLikeGuessing(deps, context, subject))) return;
  if (demand.pass !== undefined) {
    const pass = await findTicket(deps.db.knex, demand.pass, ['captcha_pass'], deps.clock());
    if (pass === null) fail({ code: 'captcha_rejected' });
    return;
  }
  if (demand.answer === undefined) return fail({ code: 'captcha_required' });
  if (!(await solvesCaptcha(deps, demand.answer.captchaId, demand.answer.text))) {
    fail({ code: 'captcha_rejected' });
  }
}
