import type { Arrangement, Outcome, Speaker } from '../contract';
import type { OperationName } from '../core';
import type { Known } from './stage';

/**
 * What a client of a wire does before the call that a case is about. Each is done through the wire itself, and rejects when the
 * wire refuses it.
 */

/** Where the codes are read that a target sends. `to`: as the wire was given it. */
export type ReadCode = (to: { email: string } | { phone: string }) => Promise<string>;

/** What a good answer tells; anything else is told in full. */
function heardOf<O extends OperationName>(outcome: Outcome<O>, what: string): unknown {
  if (outcome.ok) return outcome.heard;
  throw new Error(`${what}: ${outcome.status} ${JSON.stringify(outcome.body)}`);
}

export interface Entered {
  speaker: Speaker;
  userId: number;
  token: string;
  refreshToken: string | null;
}

/** Signs in; the speaker that comes back goes on with the new token. */
export async function enter(speaker: Speaker, identifier: string, password: string): Promise<Entered> {
  const outcome = await speaker.perform('signIn', { identifier, password });
  const { user, grant } = heardOf(outcome, 'signing in was refused') as {
    user: { id: number };
    grant: { accessToken: string; refreshToken?: string | null };
  };
  const { accessToken: token, refreshToken = null } = grant;
  return { speaker: speaker.as(token), userId: user.id, token, refreshToken };
}

/** Has the wire send a code, and reads it. */
export async function sendCode(
  speaker: Speaker,
  readCode: ReadCode,
  purpose: NonNullable<Arrangement['code']>['purpose'],
  target: { email: string } | { phone: string },
): Promise<string> {
  const outcome = await speaker.perform('requestCode', {
    purpose,
    target,
    audience: purpose === 'register' ? 'unregistered' : 'registered',
    language: 'en',
  });
  heardOf(outcome, 'no code was sent');
  return readCode(target);
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

/** Has a picture drawn, and returns its id. */
export async function drawCaptcha(speaker: Speaker): Promise<string> {
  const drawn = await speaker.perform('createCaptcha', { format: 'gif' });
  return (heardOf(drawn, 'no picture was drawn') as { captchaId: string }).captchaId;
}

/** Signs out as a client of the wire does. */
export async function endSession(speaker: Speaker, identifier: string): Promise<void> {
  const command = speaker.plan('signOut', {}).calls.length > 0 ? {} : { identifier };
  heardOf(await speaker.perform('signOut', command), 'the session went on');
}
