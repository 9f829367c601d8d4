import type { Exchange } from '../../../src/contract';
import { contract } from '../../../dialects/lancens/contract';
import { startGateway } from '../../support/gateway';
import {
  answerTo,
  call,
  mailedCode,
  newcomer,
  newPerson,
  type Gateway,
  type Person,
  type Registration,
} from './people';
import { servedCalls } from './wire';

let gateway: Gateway;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.stop());

type Values = Record<string, unknown>;

async function ask(method: string, target: string, body?: unknown): Promise<void> {
  const answer = await call(gateway, method, target, { ...(body !== undefined && { body }) });
  if (answer.status !== 200) throw new Error(`${target} answered ${answer.status} ${answer.text}`);
}

/** Asks for the code that a placeholder names, and returns it from the outbox. */
async function codeFor(
  placeholder: string,
  person: Person,
  fresh: Registration,
): Promise<string | undefined> {
  switch (placeholder) {
    case '<mailed code>':
      return mailedCode(gateway, person.token, fresh.email);
    case '<register code to phone>':
      await ask('PUT', '/v1/api/phone/register', { phone: fresh.phone });
      return gateway.lastCode(`+86${fresh.phone}`);
    case '<register code to email>':
      await ask('GET', `/v1/api/email/register?email=${encodeURIComponent(fresh.email)}`);
      return gateway.lastCode(fresh.email);
    case '<recover code to phone>':
      await ask('PUT', '/v1/api/phone/retrieve', { phone: person.phone });
      return gateway.lastCode(`+86${person.phone}`);
    case '<recover code to email>':
      await ask('PUT', '/v1/api/user/passwordcode/email', { email: person.email });
      return gateway.lastCode(person.email);
    default:
      return undefined;
  }
}

/** What the placeholders of a request stand for. */
async function valuesFor(person: Person, { request }: Exchange): Promise<Values> {
  const fresh = newcomer();
  const values: Values = {
    '<id>': person.id,
    '<username>': person.username,
    '<password>': person.password,
    '<realm>': person.realm,
    '<email>': person.email,
    '<phone>': person.phone,
    '<token>': person.token,
    '<new username>': fresh.username,
    '<new email>': fresh.email,
    '<new phone>': fresh.phone,
  };
  for (const [placeholder] of JSON.stringify(request).matchAll(/<[a-z ]*code[a-z ]*>/g)) {
    values[placeholder] = await codeFor(placeholder, person, fresh);
  }
  return values;
}

/** What a placeholder of an answer may be, as the folder's README names it, where the request has not fixed it. */
const kinds: Readonly<Values> = {
  '<token>': expect.stringMatching(/^[a-z0-9]{32}$/),
  '<reflash key>': expect.stringMatching(/^[a-z0-9]{32}$/),
  '<time>': expect.any(Number),
  '<area codes>': expect.arrayContaining([
    { global_id: expect.any(Number) as number, area_name: 'China', area_code: 86 },
  ]),
};

function fill(value: unknown, values: Readonly<Values>): unknown {
  if (typeof value === 'string') return value in values ? values[value] : value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([member, inner]) => [member, fill(inner, values)]));
}

/** Makes true what an exchange takes for given, where a person alone does not. */
async function prepare({ given = '', request }: Exchange, token: string): Promise<void> {
  if (!given.startsWith('a phone is bound')) return;
  const body = { push_token: 'abc', language: 'en' };
  const answer = await call(gateway, 'POST', request.path, { token, body });
  if (answer.status !== 201) throw new Error(`binding answered ${answer.status} ${answer.text}`);
}

it.each(contract.exchanges.map((exchange) => [exchange.title, exchange] as const))(
  '%s',
  async (_, exchange) => {
    const { request, response, credential } = exchange;
    const needsNobody = credential === 'none' && !/</.test(JSON.stringify(request));
    const person = needsNobody ? undefined : await newPerson(gateway);
    const values = person === undefined ? {} : await valuesFor(person, exchange);
    if (person !== undefined) await prepare(exchange, person.token);
    const body = fill(request.body, values);
    const query = new URLSearchParams(fill(request.query ?? {}, values) as Record<string, string>);
    const target = query.size === 0 ? request.path : `${request.path}?${query.toString()}`;
    const answer = await answerTo(gateway, request.method, target, {
      ...(credential === 'own' && { token: person?.token ?? '' }),
      ...(request.headers && { headers: request.headers }),
      ...(body !== undefined && { body }),
    });
    expect(answer).toEqual(fill(response, { ...values, ...kinds }));
  },
);

it('has an exchange for every call that is served', () => {
  const told = new Set(
    contract.exchanges.map(({ request }) => `${request.method} ${request.path.replace(/\/1000$/, '/:id')}`),
  );
  expect(servedCalls.filter((address) => !told.has(address))).toEqual([]);
});
