import { randomBytes, randomInt } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { answerTo, newName, newPerson, post, type Gateway, type Person } from './people';

/** An e-mail address that nobody has. */
export const newEmail = (): string => `${newName()}@example.com`;

/** A phone number that nobody has, as this wire spells it. */
export const newPhone = (): string => `+86 139${String(randomInt(10 ** 8)).padStart(8, '0')}`;

export const newDevice = (): string => randomBytes(16).toString('hex');

/** The newest code that was sent to an e-mail address, or to a phone number however it is spelled. */
export async function lastCode(gateway: Gateway, to: string): Promise<string> {
  if (to.includes('@')) return gateway.lastCode(to);
  const folder = path.join(gateway.dataDir, 'outbox');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  const messages = await Promise.all(
    names.map(
      async (name) => JSON.parse(await readFile(path.join(folder, name), 'utf8')) as Record<string, string>,
    ),
  );
  const code = messages.reverse().find((message) => message.to === to.replaceAll(' ', ''))?.code;
  if (code === undefined) throw new Error(`no code was sent to ${to}`);
  return code;
}

export const contactOf = (to: string): Record<string, string> =>
  to.includes('@') ? { email: to } : { phone_number: to };

interface Prover {
  token?: string;
  device?: string;
  target?: string;
}

/** Asks for a code. */
export async function requestCode(gateway: Gateway, to: string, prover: Prover = {}): Promise<string> {
  const { token, device, target = 'ANY' } = prover;
  const { status, body } = await post(
    gateway,
    '/auth/v1/verification',
    { ...contactOf(to), target },
    { ...(token !== undefined && { token }), headers: device === undefined ? {} : { 'x-device-id': device } },
  );
  if (status !== 200) throw new Error(`verification answered ${status} ${JSON.stringify(body)}`);
  return (body as { verification_id: string }).verification_id;
}

/** Asks for a code, presents it, and returns the `verification_token`. */
export async function prove(gateway: Gateway, to: string, prover: Prover = {}): Promise<string> {
  const verification_id = await requestCode(gateway, to, prover);
  const verification_code = await lastCode(gateway, to);
  const headers: Record<string, string> = prover.device === undefined ? {} : { 'x-device-id': prover.device };
  const { status, body } = await post(
    gateway,
    '/auth/v1/verification/verify',
    { verification_id, verification_code },
    { headers },
  );
  if (status !== 200) throw new Error(`verify answered ${status} ${JSON.stringify(body)}`);
  return (body as { verification_token: string }).verification_token;
}

/** A new user who has signed in and whose contacts are proven. */
export async function newProvenPerson(
  gateway: Gateway,
  contacts: { email?: string; phone?: string } = {},
): Promise<Person> {
  const person = await newPerson(gateway, contacts);
  await gateway.sql(
    `UPDATE users SET email_verified_at = CASE WHEN email IS NULL THEN NULL ELSE now() END,
                      phone_verified_at = CASE WHEN phone IS NULL THEN NULL ELSE now() END WHERE id = $1`,
    [person.user.id],
  );
  return person;
}

/** The sudo token that a password gives. */
export async function sudo(gateway: Gateway, token: string, password: string): Promise<string> {
  const { status, body } = await post(gateway, '/auth/v1/user/sudo', { password }, { token });
  if (status !== 200) throw new Error(`sudo answered ${status} ${JSON.stringify(body)}`);
  return (body as { sudo_token: string }).sudo_token;
}

/** Wrong passwords for one user name, which is what asks for a captcha and then locks. */
export async function failSignIn(gateway: Gateway, username: string, times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    await post(gateway, '/auth/v1/token', { grant_type: 'password', username, password: 'Wrong_123' });
  }
}

/** A captcha's pass, for which the picture is read as nobody else can. */
export async function passCaptcha(gateway: Gateway): Promise<string> {
  const { body } = await answerTo(gateway, 'POST', '/auth/v1/captcha/data', { body: {} });
  const { token } = body as { token: string };
  const key = await readPicture(gateway, token);
  const passed = await post(gateway, '/auth/v1/captcha/data/verify', { token, key });
  return (passed.body as { captcha_token: string }).captcha_token;
}

/** The text of a picture: what is kept of it is a hash, so that a test puts its own in the place. */
export async function readPicture(gateway: Gateway, token: string): Promise<string> {
  const key = 'ab12';
  await gateway.sql(
    `UPDATE tickets SET secret_hash = sha256(convert_to($1 || ':' || $2, 'UTF8')) WHERE token_hash = sha256(convert_to($1, 'UTF8'))`,
    [token, key],
  );
  return key;
}
