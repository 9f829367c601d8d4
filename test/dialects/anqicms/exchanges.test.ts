import { contract, substitutions } from '../../../dialects/anqicms/contract';
import { startGateway, type TestGateway } from '../../support/gateway';
import { fileForm, picture, register, send } from './wire';

/** What is known of a placeholder before the exchange is played. */
type Known = Record<string, string>;
interface Given {
  token?: string;
  known?: Known;
}

const signedIn = async (gateway: TestGateway): Promise<Given> => {
  const { token } = await register(gateway, 'somebody');
  return { token };
};

const givens: Record<string, (gateway: TestGateway) => Promise<Given>> = {
  '': () => Promise.resolve({}),
  'the user zhangsan of the first exchange': async (gateway) => {
    const more = { real_name: '张三', email: 'zhang.san@example.com', phone: '13800138000' };
    await register(gateway, 'zhangsan', more);
    return {};
  },
  'the user 1000 of the published example has signed in': async (gateway) => {
    const { id, token } = await register(gateway, 'admin');
    expect(id).toBe(1000);
    await gateway.sql(
      `UPDATE users SET bio = '这是介绍', avatar = 'uploads/202211/21/14f56760596b5328.webp', email = NULL, email_key = NULL,
       created_at = to_timestamp(1669012062), updated_at = to_timestamp(1679536756), last_sign_in_at = to_timestamp(1702912236)`,
    );
    await gateway.sql(
      `UPDATE extensions SET data = data || '{"group_id": 2, "invite_code": "anqicms", "expire_time": 1997404800}'`,
    );
    return { token };
  },
  'a user who has signed in': signedIn,
  'a user who has signed in, and another user named new_username': async (gateway) => {
    const other = await register(gateway, 'new_username');
    return { ...(await signedIn(gateway)), known: { '<other>': String(other.id) } };
  },
};

/** What a placeholder that nobody knows beforehand has to look like. */
function shapes(gateway: TestGateway): Record<string, (value: unknown) => boolean> {
  const below = (pattern: RegExp) => (value: unknown) =>
    typeof value === 'string' &&
    value.startsWith(`${gateway.url}/`) &&
    pattern.test(value.slice(gateway.url.length));
  return {
    '<id>': (value) => Number.isInteger(value) && (value as number) >= 1000,
    '<time>': (value) => Number.isInteger(value) && Math.abs((value as number) - Date.now() / 1000) < 60,
    '<token>': (value) => typeof value === 'string' && /^[\w-]+\.[\w-]+\.[\w-]+$/.test(value),
    '<invite_code>': (value) => typeof value === 'string' && /^[0-9a-z]{1,7}$/.test(value),
    '<full_avatar_url>': below(/^\/uploads\/202211\/21\/14f56760596b5328\.webp$/),
    '<avatar_url>': below(/^\/uploads\/user\/1000\.\w+$/),
    '<link>': below(/^\/people\/\d+\.html$/),
  };
}

/** `expected` with each placeholder replaced by the value at its place, when that has the placeholder's shape. */
function fill(expected: unknown, actual: unknown, fits: ReturnType<typeof shapes>): unknown {
  if (typeof expected === 'string' && expected in fits)
    return fits[expected]?.(actual) === true ? actual : expected;
  if (typeof expected !== 'object' || expected === null) return expected;
  const values = (typeof actual === 'object' && actual !== null ? actual : {}) as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(expected).map(([name, value]) => [name, fill(value, values[name], fits)]),
  );
}

describe('the exchanges of the contract', () => {
  let gateway: TestGateway;
  beforeEach(async () => {
    gateway = await startGateway();
  });
  afterEach(() => gateway.stop());

  test.each(contract.exchanges.map((exchange) => [exchange.title, exchange] as const))(
    '%s',
    async (_, exchange) => {
      const prepare = givens[exchange.given ?? ''];
      if (prepare === undefined) throw new Error(`nobody knows how to arrange: ${exchange.given ?? ''}`);
      const { token, known = {} } = await prepare(gateway);
      const { method, path, query = {}, headers = {}, body } = exchange.request;
      const spoken = new URLSearchParams();
      for (const [name, value] of Object.entries(query)) spoken.set(name, known[value] ?? value);
      const search = spoken.size === 0 ? '' : `?${spoken.toString()}`;
      const upload = typeof body === 'object' && body !== null && 'file' in body;
      const heard = await send(gateway, method, `${path}${search}`, {
        headers,
        ...(upload ? { form: fileForm(await picture('webp')) } : body === undefined ? {} : { json: body }),
        ...(exchange.credential === 'own' && token !== undefined ? { token } : {}),
      });

      expect(heard.status).toBe(exchange.response.status);
      const expected = fill(exchange.response.body, heard.body, shapes(gateway));
      // As text, so that the order of the members counts too.
      expect(heard.text).toBe(`${JSON.stringify(expected)}\n`);
      expect(heard.headers.get('content-type')).toBe('application/json; charset=utf-8');
    },
  );
});

test.each(Object.entries(substitutions))('the published %s is written as %s', (published, ours) => {
  const written = JSON.stringify(contract.exchanges);
  expect(written).not.toContain(published);
  expect(written).toContain(ours);
});
