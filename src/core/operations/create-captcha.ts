import { captchaAlphabet, captchaLength, hashAnswer } from '../captcha';
import type { Deps } from '../deps';
import { secondsAfter } from '../grant-session';
import type { Operation } from '../operations';
import { insertTicket } from '../store/tickets';

const usualSeconds = 300;
/** Letters and digits that are not mistaken for one another (AnqiCMS, reference 4.4). */
const idAlphabet = '012346789ABCDEFGHJKMNOQRSTUVXYZabcdefghjkmnoqrstuvxyz';
const idLength = 20;

export const createCaptcha =
  (deps: Deps): Operation<'createCaptcha'> =>
  async ({ format, validSeconds: lifetimeSeconds = usualSeconds }) => {
    const captchaId = deps.randomness.text(idAlphabet, idLength);
    const text = deps.randomness.text(captchaAlphabet, captchaLength);
    const image = await deps.captchaImages.draw(text, format);
    const now = deps.clock();
    const ticket = {
      kind: 'captcha' as const,
      userId: null,
      deviceId: null,
      target: null,
      secretHash: hashAnswer(captchaId, text),
    };
    await insertTicket(deps.db.knex, captchaId, ticket, {
      now,
      expiresAt: secondsAfter(now, lifetimeSeconds),
    });
    return { captchaId, image, expiresInSeconds: lifetimeSeconds };
  };
