import { randomBytes, randomInt } from 'node:crypto';
import { request } from 'node:http';
import type { startGateway } from '../../support/gateway';

export type Gateway = Awaited<ReturnType<typeof startGateway>>;

export interface Answer {
  status: number;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  text: string;
  /** Undefined when the answer has no body. */
  body: unknown;
}

export interface Call {
  /** Sent in the header of this name, or not at all. */
  token?: string;
  /** Sent as they stand, their case included. */
  headers?: Readonly<Record<string, string>>;
  /** A string is sent as it stands, anything else as JSON under its media type. */
  body?: unknown;
}

/** One request as a client of this wire sends it. `target`: the path with its query. */
export function call(
  { url }: Pick<Gateway, 'url'>,
  method: string,
  target: string,
  options: Call = {},
): Promise<Answer> {
  const { token, body } = options;
  const payload = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
  const headers: Record<string, string> = {
    accept: 'application/json',
    ...(body !== undefined && { 'content-type': 'application/json' }),
    ...(payload !== undefined && { 'content-length': String(Buffer.byteLength(payload)) }),
    ...(token !== undefined && { token }),
    ...options.headers,
  };
  return new Promise((resolve, reject) => {
    const outgoing = request(new URL(target, url), { method, headers }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', reject);
      incoming.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        const answered = text === '' ? undefined : (JSON.parse(text) as unknown);
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text, body: answered });
      });
    });
    outgoing.on('error', reject);
    outgoing.end(payload);
  });
}

/** The status and the whole body, which is all that a client of this wire looks at. */
export async function answerTo(...args: Parameters<typeof call>): Promise<Pick<Answer, 'status' | 'body'>> {
  const { status, body } = await call(...args);
  return { status, body };
}

export const success = { status: 200, body: { message: 'success' } };
export const created = { status: 201, body: { message: 'success' } };
export const refused = (message: string): { status: number; body: unknown } => ({
  status: 400,
  body: { message },
});

export interface Registration {
  username: string;
  password: string;
  realm: string;
  email: string;
  phone: string;
  apikey: string;
  code: string;
}

/** The body of a registration that nobody sent before. */
export function newcomer(): Registration {
  const name = `u_${randomBytes(6).toString('hex')}`;
  return {
    username: name,
    password: 'Secret_123',
    realm: 'Nick',
    email: `${name}@example.com`,
    phone: `139${String(randomInt(100_000_000)).padStart(8, '0')}`,
    apikey: '0123456789abcdef0123456789abcdef',
    code: '000000',
  };
}

export interface Person extends Registration {
  id: number;
  token: string;
}

export async function signIn(
  gateway: Gateway,
  username: string,
  password: string,
): Promise<{ id: number; token: string; reflash_key: string; time: number }> {
  const answer = await call(gateway, 'POST', '/v1/api/user/login', { body: { username, password } });
  if (answer.status !== 201) throw new Error(`sign-in answered ${answer.status} ${answer.text}`);
  return answer.body as Awaited<ReturnType<typeof signIn>>;
}

/** Registers and signs in through this wire. */
export async function newPerson(gateway: Gateway, changes: Partial<Registration> = {}): Promise<Person> {
  const registration = { ...newcomer(), ...changes };
  const answer = await call(gateway, 'POST', '/v1/api/user', { body: registration });
  if (answer.status !== 201) throw new Error(`registration answered ${answer.status} ${answer.text}`);
  const { id, token } = await signIn(gateway, registration.username, registration.password);
  return { ...registration, id, token };
}

/** The profile as this wire shows it. */
export async function profileOf(gateway: Gateway, token: string): Promise<unknown> {
  const answer = await call(gateway, 'GET', '/v1/api/user', { token });
  if (answer.status !== 200) throw new Error(`profile answered ${answer.status} ${answer.text}`);
  return answer.body;
}

/** Asks for a code to `email` and returns it from the mail. */
export async function mailedCode(gateway: Gateway, token: string, email: string): Promise<string> {
  const answer = await call(gateway, 'PUT', '/v1/api/user/emailcode/email', { token, body: { email } });
  if (answer.status !== 200) throw new Error(`code request answered ${answer.status} ${answer.text}`);
  return gateway.lastCode(email);
}

/** The code of another purpose than `code`, or a wrong one: every digit is another. */
export const unlike = (code: string): string =>
  code.replace(/\d/g, (digit) => String((Number(digit) + 1) % 10));

const codeCalls = {
  register: { phone: ['PUT', '/v1/api/phone/register'], email: ['GET', '/v1/api/email/register'] },
  recover: { phone: ['PUT', '/v1/api/phone/retrieve'], email: ['PUT', '/v1/api/user/passwordcode/email'] },
} as const;

/** Asks for a code. Asking to register by mail is a GET. */
export function askForCode(
  gateway: Gateway,
  purpose: 'register' | 'recover',
  contact: { email: string } | { phone: string; area_code?: number },
): ReturnType<typeof answerTo> {
  const [method, path] = codeCalls[purpose]['email' in contact ? 'email' : 'phone'];
  return method === 'GET' && 'email' in contact
    ? answerTo(gateway, method, `${path}?email=${encodeURIComponent(contact.email)}`)
    : answerTo(gateway, method, path, { body: contact });
}

/** Asks for a code and returns it from the outbox. A number without area code is one of China. */
export async function sentCode(
  ...[gateway, purpose, contact]: Parameters<typeof askForCode>
): Promise<string> {
  const { status, body } = await askForCode(gateway, purpose, contact);
  if (status !== 200) throw new Error(`code request answered ${status} ${JSON.stringify(body)}`);
  return gateway.lastCode('email' in contact ? contact.email : `+${contact.area_code ?? 86}${contact.phone}`);
}
