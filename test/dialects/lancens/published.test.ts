import { startGateway } from '../../support/gateway';
import { answerTo, call, newcomer, newPerson, profileOf, success, type Gateway, type Person } from './people';

/** The vendor's own lines for these calls, as they stand on its page. */
const published = {
  realm: String.raw`curl -X PUT "https://weixin.lancens.com:6443/v1/api/user" -H  "accept: application/json" -H  "content-type: application/json" -H "token":"token" -d "{  \"realm\": \"string\"}"`,
  username: String.raw`curl -X PUT "https://weixin.lancens.com:6443/v1/api/user/username" -H  "accept: application/json" -H  "content-type: application/json" -H "token":"token" -d "{  \"username\": \"string\"}"`,
  emailCode: String.raw`curl -X PUT "https://weixin.lancens.com:6443/v1/api/user/emailcode/email" -H  "accept: application/json" -H  "content-type: application/json" -H "token":"token" -d "{  \"email\": \"string\"}"`,
  emails: String.raw`curl -X PUT "https://weixin.lancens.com:6443/v1/api/user/emails" -H  "accept: application/json" -H  "content-type: application/json" -H "token":"token" -d "{  \"code\": \"string\",  \"email\": \"string\"}"`,
};

/** What each placeholder of the page stands for. Everything else is sent as it is written, `string` as a name included. */
function substitutions(person: Person, email: string, code: string): readonly [string, string][] {
  return [
    ['https://weixin.lancens.com:6443', ''],
    ['"token":"token"', `"token":"${person.token}"`],
    [String.raw`\"email\": \"string\"`, String.raw`\"email\": \"${email}\"`],
    [String.raw`\"code\": \"string\"`, String.raw`\"code\": \"${code}\"`],
  ];
}

/** The words of a line as a shell makes them of double quotes and backslashes. */
function wordsOf(line: string): string[] {
  const words = line.match(/(?:"(?:\\.|[^"\\])*"|[^\s"])+/g) ?? [];
  return words.map((word) =>
    word.replace(/"((?:\\.|[^"\\])*)"/g, (_, quoted: string) => quoted.replace(/\\(.)/g, '$1')),
  );
}

/** Sends a line as curl would. */
function play(gateway: Gateway, line: string, table: readonly [string, string][]): ReturnType<typeof call> {
  const words = wordsOf(table.reduce((text, [from, to]) => text.replaceAll(from, to), line));
  const after = (option: string): string[] => words.filter((_, index) => words[index - 1] === option);
  const headers = after('-H').map((header) => header.split(/:\s*/, 2) as [string, string]);
  const target = words.find((word) => word.startsWith('/')) ?? '';
  const [method = ''] = after('-X');
  return call(gateway, method, target, { headers: Object.fromEntries(headers), body: after('-d')[0] });
}

let gateway: Gateway;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.stop());

it('takes every published line in its turn', async () => {
  const person = await newPerson(gateway);
  const { email } = newcomer();
  const before = substitutions(person, email, '');

  for (const line of [published.realm, published.username, published.emailCode]) {
    const answer = await play(gateway, line, before);
    expect({ status: answer.status, body: answer.body }).toEqual(success);
    expect(answer.text).toBe('{"message":"success"}');
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
  }
  const code = await gateway.lastCode(email);
  const answer = await play(gateway, published.emails, substitutions(person, email, code));
  expect({ status: answer.status, body: answer.body }).toEqual(success);

  expect(await profileOf(gateway, person.token)).toEqual({
    id: person.id,
    username: 'string',
    realm: 'string',
    email,
    phone: person.phone,
  });
});

it.each(Object.values(published))('refuses the placeholder token of %s', async (line) => {
  const answer = await play(gateway, line, [['https://weixin.lancens.com:6443', '']]);
  expect({ status: answer.status, body: answer.body }).toEqual({
    status: 400,
    body: { message: 'invalid token' },
  });
});

it('refuses the placeholder address and code of the page', async () => {
  const { token } = await newPerson(gateway);
  const ask = { token, body: { email: 'string' } };
  expect(await answerTo(gateway, 'PUT', '/v1/api/user/emailcode/email', ask)).toEqual({
    status: 400,
    body: { message: 'email format error' },
  });
  const change = { token, body: { code: 'string', email: 'string' } };
  expect(await answerTo(gateway, 'PUT', '/v1/api/user/emails', change)).toEqual({
    status: 400,
    body: { message: 'code format error' },
  });
});
