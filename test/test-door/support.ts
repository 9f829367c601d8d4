import { startGateway, type TestGateway, type TestGatewayOptions } from '../support/gateway';

export const doorToken = 'a-token-of-the-rehearsal';

export interface DoorAnswer {
  status: number;
  headers: Headers;
  /** Undefined when it is empty. */
  body: unknown;
}

/** A call at the door of a gateway, with its token unless `headers` say otherwise. */
export async function callDoor(
  { url }: Pick<TestGateway, 'url'>,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = { authorization: `Bearer ${doorToken}` },
): Promise<DoorAnswer> {
  const response = await fetch(`${url}/.test-door${path}`, {
    method,
    headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = /^application\/json/.test(response.headers.get('content-type') ?? '');
  return {
    status: response.status,
    headers: response.headers,
    body: text === '' ? undefined : isJson ? (JSON.parse(text) as unknown) : text,
  };
}

/** A gateway whose test door is open. */
export function startOpen(options: TestGatewayOptions = {}): Promise<TestGateway> {
  const environment = { TEST_DOOR_TOKEN: doorToken, ...options.environment };
  return startGateway({ ...options, environment });
}

/** Stages a user and returns the id. */
export async function stage(gateway: TestGateway, user: object): Promise<number> {
  const answer = await callDoor(gateway, 'POST', '/v1/users', user);
  if (answer.status !== 201) throw new Error(`nobody was staged: ${JSON.stringify(answer)}`);
  return (answer.body as { id: number }).id;
}

/** What the door says of a refused call. */
export function refusal(code: string, more: object = {}): object {
  return { problem: { code, ...more } };
}
