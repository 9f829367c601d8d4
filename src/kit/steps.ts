import type { Arrangement, Outcome, Speaker } from '../contract';
import type { CaptchaDemand, OperationName } from '../core';
import { AnswerError } from './failures';
import type { Known } from './stage';

/**
 * What a client of a wire does before the call that a case is about. Each is done through the wire itself, and rejects when the
 * wire refuses it.
 */

/** Where the codes are read that a target sends. `to`: as the wire was given it. */
export type ReadCode = (to: { email: string } | { phone: string }) => Promise<string>;

/** What a good answer tells; throws an `AnswerError` with any other. */
function heardOf<O extends OperationName>(outcome: Outcome<O>, what: string): unknown {
  if (outcome.ok) return outcome.heard;
  throw new AnswerError(what, outcome);
}

export interface Entered {
  speaker: Speaker;
  userId: number;
  token: string;
  refreshToken: string | null;
}

/** Signs in; the speaker that comes back goes on with the new token. */
export async function enter(
  speaker: Speaker,
  identifier: string,
  password: string,
  captcha?: CaptchaDemand,
): Promise<Entered> {
  const outcome = await speaker.perform('signIn', {
    identifier,
    password,
    ...(captcha !== undefined && { captcha }),
  });
  const { user, grant } = heardOf(outcome, 'signing in was refused') as {
    user: { id: number };
    grant: { accessToken: string; refreshToken?: string | null };
  };
  const { accessToken: token, refreshToken = null } = grant;
  return { speaker: speaker.as(token), userId: user.id, token, refreshToken };
}

/** For whom a code is, by what it is for. */
const audiences = { register: 'unregistered', recover: 'registered', prove: 'anyone' } as const;

/** Has the wire send a code, and reads it. A wire that names its requests tells the name too. */
export async function sendCode(
  speaker: Speaker,
  readCode: ReadCode,
  purpose: NonNullable<Arrangement['code']>['purpose'],
  target: { email: string } | { phone: string },
): Promise<Known> {
  const request = { purpose, target, audience: audiences[purpose], language: 'en' } as const;
  const outcome = await speaker.perform('requestCode', request);
  const { verificationId } = heardOf(outcome, 'no code was sent') as { verificationId?: string };
  return {
    '<sent code>': await readCode(target),
    ...(verificationId !== undefined && { '<verification id>': verificationId }),
  };
}

/** The placeholders of a proof that is under way, or of one that was had for its code. */
export async function startProof(
  speaker: Speaker,
  readCode: ReadCode,
  proof: NonNullable<Arrangement['proof']>,
  email: string,
): Promise<Known> {
  const asked = await speaker.perform('requestCode', {
    purpose: 'prove',
    target: { email },
    audience: 'anyone',
    language: 'en',
  });
  const { verificationId } = heardOf(asked, 'no code was sent') as { verificationId: string };
  const code = await readCode({ email });
  const known = { '<verification id>': verificationId, '<sent code>': code };
  if (proof === 'requested') return known;
  const proven = await speaker.perform('redeemCode', { verificationId, code });
  const { proofToken } = heardOf(proven, 'the code was refused') as { proofToken: string };
  return { ...known, '<verification token>': proofToken };
}

/** Has the code for a change of address mailed to the new one, and reads it. */
export async function mailChangeCode(speaker: Speaker, readCode: ReadCode, email: string): Promise<string> {
  const outcome = await speaker.perform('requestEmailChange', { email, language: 'en' });
  heardOf(outcome, 'no code was mailed');
  return readCode({ email });
}

export async function confirm(speaker: Speaker, password: string): Promise<Known> {
  const confirmed = await speaker.perform('confirmCaller', { credential: { password } });
  const { sudoToken } = heardOf(confirmed, 'the caller was not confirmed') as { sudoToken: string };
  return { '<sudo token>': sudoToken };
}

/** Has a picture drawn in the format that the wire has, and returns its id. */
export async function drawCaptcha(speaker: Speaker): Promise<string> {
  const format = speaker.plan('createCaptcha', { format: 'gif' }).calls.length > 0 ? 'gif' : 'png';
  const drawn = await speaker.perform('createCaptcha', { format });
  return (heardOf(drawn, 'no picture was drawn') as { captchaId: string }).captchaId;
}

/** What the text of a picture gives. */
export async function passCaptcha(speaker: Speaker, captchaId: string, text: string): Promise<Known> {
  const passed = await speaker.perform('checkCaptcha', { captchaId, text });
  return {
    '<captcha pass>': (heardOf(passed, 'the text was refused') as { captchaPass: string }).captchaPass,
  };
}

/** What a program's credentials are and give, each as its scheme of `Authorization` writes it. */
export async function enterAsClient(
  speaker: Speaker,
  { clientId, secret }: { clientId: string; secret: string },
): Promise<Known> {
  const outcome = await speaker.perform('signInClient', { clientId, secret });
  const { accessToken } = heardOf(outcome, 'the program was refused') as { accessToken: string };
  return {
    '<client credentials>': `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}`,
    '<client bearer>': `Bearer ${accessToken}`,
  };
}

/** Guesses at a password, as a client of the wire can: to be confirmed, which no captcha guards, or else to sign in. */
export async function guess(speaker: Speaker, identifier: string, times: number): Promise<void> {
  const password = 'Wrong_1234';
  for (let time = 0; time < times; time += 1) {
    const guessed = speaker.speaks('confirmCaller')
      ? await speaker.perform('confirmCaller', { credential: { password } })
      : await speaker.perform('signIn', { identifier, password });
    if (guessed.ok) throw new Error('the guess was right');
  }
}

/** Sets an address as an update of the profile does, which leaves it unproven. */
export async function editEmail(speaker: Speaker, email: string): Promise<void> {
  heardOf(await speaker.perform('updateProfile', { changes: { email } }), 'the address was refused');
}

/** Signs out as a client of the wire does. */
export async function endSession(speaker: Speaker, identifier: string): Promise<void> {
  const command = speaker.plan('signOut', {}).calls.length > 0 ? {} : { identifier };
  heardOf(await speaker.perform('signOut', command), 'the session went on');
}
