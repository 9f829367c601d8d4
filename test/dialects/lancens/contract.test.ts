import { contract } from '../../../dialects/lancens/contract';
import { startGateway } from '../../support/gateway';
import { answerTo, mailedCode, newcomer, newPerson, type Gateway, type Person } from './people';

let gateway: Gateway;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.stop());

/** What the placeholders of a request stand for; asks for a code when one is needed. */
async function valuesFor(person: Person, needsCode: boolean): Promise<Record<string, unknown>> {
  const { id, username, password, realm, email, phone, token } = person;
  const fresh = newcomer();
  return {
    '<id>': id,
    '<username>': username,
    '<password>': password,
    '<realm>': realm,
    '<email>': email,
    '<phone>': phone,
    '<token>': token,
    '<new username>': fresh.username,
    '<new email>': fresh.email,
    '<new phone>': fresh.phone,
    ...(needsCode && { '<mailed code>': await mailedCode(gateway, token, fresh.email) }),
  };
}

/** What a placeholder of an answer may be, as the folder's README names it, where the request has not fixed it. */
const kinds: Readonly<Record<string, unknown>> = {
  '<token>': expect.stringMatching(/^[a-z0-9]{32}$/),
  '<reflash key>': expect.stringMatching(/^[a-z0-9]{32}$/),
  '<time>': expect.any(Number),
};

function fill(value: unknown, values: Readonly<Record<string, unknown>>): unknown {
  if (typeof value === 'string') return value in values ? values[value] : value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([member, inner]) => [member, fill(inner, values)]));
}

it.each(contract.exchanges.map((exchange) => [exchange.title, exchange] as const))(
  '%s',
  async (_, exchange) => {
    const { request, response, credential } = exchange;
    const person = await newPerson(gateway);
    const values = await valuesFor(person, JSON.stringify(request).includes('<mailed code>'));
    const body = fill(request.body, values);
    const answer = await answerTo(gateway, request.method, request.path, {
      ...(credential === 'own' && { token: person.token }),
      ...(request.headers && { headers: request.headers }),
      ...(body !== undefined && { body }),
    });
    expect(answer).toEqual(fill(response, { ...values, ...kinds }));
  },
);
