import type { Outcome, Speaker } from '../../src/contract';
import type { Contact, Proof } from '../../src/core';
import type { TestGateway } from './gateway';
import type { Person } from './people';

/** Has a code for the address redeemed, where a wire trades codes for proofs. */
async function prove(gateway: TestGateway, speaker: Speaker, email: string): Promise<Proof> {
  const target = { email };
  const asked = await speaker.perform('requestCode', {
    purpose: 'prove',
    target,
    audience: 'anyone',
    language: 'en',
  });
  if (!asked.ok) throw new Error(`no code was sent: ${JSON.stringify(asked)}`);
  const { verificationId } = asked.heard as { verificationId: string };
  const code = await gateway.lastCode(email);
  const redeemed = await speaker.perform('redeemCode', { verificationId, code });
  if (!redeemed.ok) throw new Error(`the code was refused: ${JSON.stringify(redeemed)}`);
  return { proofToken: (redeemed.heard as { proofToken: string }).proofToken };
}

/**
 * Registers a person as a client of the wire does: at once, or with a proof of the e-mail address where the wire wants
 * one. `unsaid` of the outcome names what the person is not by then.
 */
export async function register(
  gateway: TestGateway,
  anyone: Speaker,
  person: Person,
): Promise<Outcome<'registerUser'>> {
  const { nickname, ...identity } = person;
  const command = { ...identity, profile: { nickname }, signIn: true };
  if (anyone.plan('registerUser', command).calls.length > 0) return anyone.perform('registerUser', command);
  const { username, password, email } = person;
  const proof = await prove(gateway, anyone, email);
  const proven = { username, password, email, profile: { nickname }, proof, signIn: true };
  const outcome = await anyone.perform('registerUser', proven);
  return { ...outcome, unsaid: [...outcome.unsaid, 'phone'] };
}

/** What a mail with a link holds: the token of the link, and the code in its text. */
async function readLink(gateway: TestGateway, email: string): Promise<Proof> {
  const mail = (await gateway.outbox()).findLast(({ to }) => to === email);
  const token = /[?&]token=([^&\s]+)/.exec(mail?.text ?? '')?.[1];
  if (token === undefined) throw new Error(`no link was sent to ${email}`);
  return { proofToken: decodeURIComponent(token), code: await gateway.lastCode(email) };
}

async function proofOfRecovery(gateway: TestGateway, anyone: Speaker, email: string): Promise<Proof> {
  const contact: Contact = { email };
  const request = { purpose: 'recover', target: contact, audience: 'registered', language: 'en' } as const;
  if (anyone.plan('requestCode', request).calls.length === 0) return prove(gateway, anyone, email);
  const asked = await anyone.perform('requestCode', request);
  if (!asked.ok) throw new Error(`no code was sent: ${JSON.stringify(asked)}`);
  const proof = { code: '000000' };
  const takesCode =
    anyone.plan('recoverPassword', { contact, proof, password: 'Secret_123' }).calls.length > 0;
  return takesCode ? { code: await gateway.lastCode(email) } : readLink(gateway, email);
}

/** A new password for whoever has the address, had as a client of the wire has it: by code, by proof or by link. */
export async function recover(
  gateway: TestGateway,
  anyone: Speaker,
  email: string,
  password: string,
): Promise<Outcome<'recoverPassword'>> {
  const proof = await proofOfRecovery(gateway, anyone, email);
  return anyone.perform('recoverPassword', { contact: { email }, proof, password });
}

/** Replaces the password of whoever speaks: with the old one, or once that has confirmed who calls. */
export async function replacePassword(
  speaker: Speaker,
  oldPassword: string,
  password: string,
): Promise<Outcome<'changePassword'>> {
  const byOld = { password, authority: { oldPassword } };
  if (speaker.plan('changePassword', byOld).calls.length > 0) return speaker.perform('changePassword', byOld);
  const confirmed = await speaker.perform('confirmCaller', { credential: { password: oldPassword } });
  if (!confirmed.ok) throw new Error(`the caller was not confirmed: ${JSON.stringify(confirmed)}`);
  const { sudoToken } = confirmed.heard as { sudoToken: string };
  return speaker.perform('changePassword', { password, authority: { sudoToken } });
}
