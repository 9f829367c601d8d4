import sharp from 'sharp';
import type { TestGateway } from '../../support/gateway';

export interface Heard {
  status: number;
  headers: Headers;
  text: string;
  body: { code: number; msg: string; data?: Record<string, unknown> };
}

export interface Sent {
  token?: string;
  headers?: Record<string, string>;
  /** Sent as JSON. */
  json?: unknown;
  /** Sent as it stands. */
  raw?: string | Buffer;
  form?: FormData;
}

/** One request as a client of this wire sends it; redirects are not followed. */
export async function send(
  gateway: TestGateway,
  method: string,
  path: string,
  sent: Sent = {},
): Promise<Heard> {
  const raw =
    sent.raw === undefined ? undefined : typeof sent.raw === 'string' ? sent.raw : new Uint8Array(sent.raw);
  const body = sent.form ?? raw ?? (sent.json === undefined ? undefined : JSON.stringify(sent.json));
  const response = await fetch(`${gateway.url}${path}`, {
    method,
    redirect: 'manual',
    headers: { ...(sent.token === undefined ? {} : { Token: sent.token }), ...sent.headers },
    ...(body === undefined ? {} : { body }),
  });
  const text = await response.text();
  const json = response.headers.get('content-type')?.startsWith('application/json') === true;
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: (json ? JSON.parse(text) : {}) as Heard['body'],
  };
}

export interface Person {
  id: number;
  token: string;
  data: Record<string, unknown>;
}

/** Registers somebody; an e-mail address is made up from the user name. */
export async function register(
  gateway: TestGateway,
  user_name: string,
  more: Record<string, unknown> = {},
): Promise<Person> {
  const email = `${Buffer.from(user_name).toString('hex').slice(0, 40)}@example.com`;
  const heard = await send(gateway, 'POST', '/api/register', {
    json: { user_name, password: '12345678', email, ...more },
  });
  if (heard.body.code !== 0 || heard.body.data === undefined)
    throw new Error(`not registered: ${heard.text}`);
  const data = heard.body.data;
  return { id: data.id as number, token: data.token as string, data };
}

export async function detail(gateway: TestGateway, token: string): Promise<Record<string, unknown>> {
  const heard = await send(gateway, 'GET', '/api/user/detail', { token });
  return heard.body.data ?? {};
}

export function failure(msg: string, code = -1): { code: number; msg: string } {
  return { code, msg };
}

export const mustSignIn = failure('该操作需要登录，请登录后重试', 1001);

export function picture(format: 'png' | 'jpeg' | 'webp' | 'gif'): Promise<Buffer> {
  return sharp({ create: { width: 3, height: 2, channels: 3, background: '#336699' } })
    .toFormat(format)
    .toBuffer();
}

export function fileForm(file: Buffer, field = 'file', name = 'avatar.jpg', type = 'image/jpeg'): FormData {
  const form = new FormData();
  form.append(field, new Blob([new Uint8Array(file)], { type }), name);
  return form;
}

/** The newest mail to this address, and the link in it; undefined when there is none. */
export async function lastLink(gateway: TestGateway, to: string): Promise<URL | undefined> {
  const mails = (await gateway.outbox()).filter((mail) => mail.to === to);
  const address = /^http:\S+$/m.exec(mails[mails.length - 1]?.text ?? '')?.[0];
  return address === undefined ? undefined : new URL(address);
}

/** `lastLink`, of a mail that must be there; with `return=json` it is answered with JSON. */
export async function openableLink(gateway: TestGateway, to: string, json = true): Promise<string> {
  const link = await lastLink(gateway, to);
  if (link === undefined) throw new Error(`no link was sent to ${to}`);
  if (json) link.searchParams.set('return', 'json');
  return `${link.pathname}${link.search}`;
}

/** Signs somebody in by the usual password, or another. */
export function login(gateway: TestGateway, user_name: string, password = '12345678'): Promise<Heard> {
  return send(gateway, 'POST', '/api/login', { json: { user_name, password } });
}
