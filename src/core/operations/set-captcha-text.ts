import { hashAnswer } from '../captcha';
import type { Deps } from '../deps';
import { hashToken } from '../hash-token';
import type { Operation } from '../operations';
import { fail } from '../problems';
import { replaceCaptchaAnswer } from '../store/rehearsal';

export const setCaptchaText =
  ({ db, clock }: Deps): Operation<'setCaptchaText'> =>
  async ({ captchaId, text }) => {
    const picture = {
      tokenHash: hashToken(captchaId),
      secretHash: hashAnswer(captchaId, text),
      now: clock(),
    };
    return (await replaceCaptchaAnswer(db.knex, picture)) ? {} : fail({ code: 'captcha_rejected' });
  };
