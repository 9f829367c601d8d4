/** A field of the core that a wire can write, and the value to write. */
export interface Write {
  field: 'nickname' | 'bio' | 'realName';
  value: string;
}

/** The little of a dialect that a test of the whole process needs, as its clients write it. */
export interface Wire {
  name: string;
  writes: readonly Write['field'][];
  signIn(url: string, username: string, password: string): Promise<{ token: string; refreshToken?: string }>;
  /** Resolves to whether the write was acknowledged; rejects when there was no answer. */
  write(url: string, token: string, write: Write): Promise<boolean>;
  read(url: string, token: string): Promise<Partial<Record<Write['field'], string>>>;
}

type Json = Record<string, unknown>;

async function call(
  address: string,
  method: string,
  headers: Record<string, string>,
  body?: Json,
): Promise<{ status: number; body: Json }> {
  const response = await fetch(address, {
    method,
    headers: { ...headers, ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Json };
}

/** A wire may leave out a field that was never set. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function tokenOf(answer: { body: Json }, token: unknown): string {
  if (typeof token !== 'string' || token === '') throw new Error(`no token in ${JSON.stringify(answer)}`);
  return token;
}

const anqicms: Wire = {
  name: 'anqicms',
  writes: ['bio', 'realName'],
  signIn: async (url, username, password) => {
    const answer = await call(`${url}/api/login`, 'POST', {}, { user_name: username, password });
    return { token: tokenOf(answer, (answer.body['data'] as Json | null)?.['token']) };
  },
  write: async (url, token, { field, value }) => {
    const member = field === 'bio' ? 'introduce' : 'real_name';
    const answer = await call(`${url}/api/user/detail`, 'POST', { token }, { [member]: value });
    return answer.body['code'] === 0;
  },
  read: async (url, token) => {
    const { data } = (await call(`${url}/api/user/detail`, 'GET', { token })).body as { data: Json };
    return { bio: textOf(data['introduce']), realName: textOf(data['real_name']) };
  },
};

const cloudbase: Wire = {
  name: 'cloudbase',
  writes: ['nickname', 'bio'],
  signIn: async (url, username, password) => {
    const answer = await call(`${url}/auth/v1/signin`, 'POST', {}, { username, password });
    return {
      token: tokenOf(answer, answer.body['access_token']),
      refreshToken: tokenOf(answer, answer.body['refresh_token']),
    };
  },
  write: async (url, token, { field, value }) => {
    const member = field === 'bio' ? 'description' : 'nickname';
    const headers = { Authorization: `Bearer ${token}` };
    return (
      (await call(`${url}/auth/v1/user/basic/edit`, 'POST', headers, { [member]: value })).status === 200
    );
  },
  read: async (url, token) => {
    const headers = { Authorization: `Bearer ${token}` };
    const { body } = await call(`${url}/auth/v1/user/me`, 'GET', headers);
    return { nickname: textOf(body['name']), bio: textOf(body['user_desc']) };
  },
};

const lancens: Wire = {
  name: 'lancens',
  writes: ['nickname'],
  signIn: async (url, username, password) => {
    const answer = await call(`${url}/v1/api/user/login`, 'POST', {}, { username, password });
    return { token: tokenOf(answer, answer.body['token']) };
  },
  write: async (url, token, { value }) =>
    (await call(`${url}/v1/api/user`, 'PUT', { token }, { realm: value })).status === 200,
  read: async (url, token) => {
    const { body } = await call(`${url}/v1/api/user`, 'GET', { token });
    return { nickname: textOf(body['realm']) };
  },
};

export const wires = { anqicms, cloudbase, lancens };
