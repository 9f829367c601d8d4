import { solvesCaptcha } from '../captcha';
import type { Deps } from '../deps';
import type { Operation } from '../operations';
import { fail } from '../problems';
import { issueTicket } from '../proofs';

const lifetimeSeconds = 600;

export const checkCaptcha =
  (deps: Deps): Operation<'checkCaptcha'> =>
  async ({ captchaId, text }) => {
    if (!(await solvesCaptcha(deps, captchaId, text))) fail({ code: 'captcha_rejected' });
    const ticket = {
      kind: 'captcha_pass' as const,
      userId: null,
      deviceId: null,
      target: null,
      secretHash: null,
    };
    const captchaPass = await issueTicket(deps, deps.db.knex, ticket, lifetimeSeconds);
    return { captchaPass, expiresInSeconds: lifetimeSeconds };
  };
