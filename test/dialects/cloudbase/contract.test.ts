import { contract } from '../../../dialects/cloudbase/contract';
import type { Exchange } from '../../../src/contract';
import { startGateway } from '../../support/gateway';
import { answerTo, newName, newPerson, newUser, password, type Gateway, type Person } from './people';

const taken = newName();
let gateway: Gateway;
beforeAll(async () => {
  gateway = await startGateway();
  await newUser(gateway, { username: taken });
});
afterAll(() => gateway.stop());

/** The kinds of the README's table that a run cannot know beforehand. */
const kinds: Readonly<Record<string, RegExp>> = {
  '<access token>': /^[\w-]+\.[\w-]+\.[\w-]+$/,
  '<refresh token>': /^m\.[\w-]{1,126}$/,
};

/** `value` with every string that is wholly a placeholder replaced. */
function fill(value: unknown, replacements: Readonly<Record<string, unknown>>): unknown {
  if (typeof value === 'string') return replacements[value] ?? value;
  if (Array.isArray(value)) return value.map((item) => fill(item, replacements));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, fill(member, replacements)]),
  );
}

function knownOf({ user, username, tokens }: Person): Record<string, unknown> {
  return {
    '<id>': String(user.id),
    '<username>': username,
    '<password>': password,
    '<taken username>': taken,
    '<own access token>': tokens.access_token,
    '<own refresh token>': tokens.refresh_token,
  };
}

async function replay({ request, credential }: Exchange, person: Person): Promise<unknown> {
  const query = new URLSearchParams(request.query).toString();
  const target = query === '' ? request.path : `${request.path}?${query}`;
  return answerTo(gateway, request.method, target, {
    ...(credential === 'own' && { token: person.token }),
    ...(request.headers !== undefined && { headers: request.headers }),
    ...(request.body !== undefined && { body: fill(request.body, knownOf(person)) }),
  });
}

test.each(contract.exchanges.map((exchange) => [exchange.title, exchange] as const))(
  '%s',
  async (_title, exchange) => {
    const person = await newPerson(gateway);
    const expected = Object.fromEntries(
      Object.entries(kinds).map(([name, pattern]) => [name, expect.stringMatching(pattern) as unknown]),
    );
    expect(await replay(exchange, person)).toEqual(
      fill(exchange.response, { ...knownOf(person), ...expected }),
    );
  },
);
