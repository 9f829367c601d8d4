import { startGateway } from '../../support/gateway';
import {
  answerTo,
  mailedCode,
  newcomer,
  newPerson,
  profileOf,
  refused,
  signIn,
  success,
  type Gateway,
  type Person,
} from './people';

const askPath = '/v1/api/user/emailcode/email';
const changePath = '/v1/api/user/emails';

let gateway: Gateway;
let person: Person;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.stop());
beforeEach(async () => {
  person = await newPerson(gateway);
});

const ask = (body: unknown, query = ''): Promise<unknown> =>
  answerTo(gateway, 'PUT', `${askPath}${query}`, { token: person.token, body });
const change = (body: unknown): Promise<unknown> =>
  answerTo(gateway, 'PUT', changePath, { token: person.token, body });
const mailsTo = async (email: string): Promise<{ to: string; subject: string; text: string }[]> =>
  (await gateway.outbox()).filter(({ to }) => to === email);
const freshEmail = (): string => newcomer().email;
const unlike = (code: string): string => code.replace(/\d/g, (digit) => String((Number(digit) + 1) % 10));

describe('PUT /v1/api/user/emailcode/email', () => {
  it('mails six digits in English and leaves the address alone', async () => {
    const email = freshEmail();
    expect(await ask({ email })).toEqual(success);
    const [mail] = await mailsTo(email);
    expect(mail?.subject).toBe('Your verification code');
    expect(mail?.text).toMatch(/^\d{6}$/m);
    expect(await profileOf(gateway, person.token)).toMatchObject({ email: person.email });
    expect(await mailsTo(person.email)).toEqual([]);
  });

  it.each(['zh', 'zh-CN'])('mails in Chinese for %s and names the app', async (language) => {
    const email = freshEmail();
    expect(await ask({ email, appname: '叮叮智能', language })).toEqual(success);
    const [mail] = await mailsTo(email);
    expect(mail?.subject).toContain('叮叮智能');
    expect(mail?.text).toContain('您在 叮叮智能 的验证码是');
  });

  it('takes appname and language from the query when the body has none', async () => {
    const email = freshEmail();
    expect(await ask({ email }, '?appname=Doorbell%202&language=zh')).toEqual(success);
    expect((await mailsTo(email))[0]?.text).toContain('您在 Doorbell 2 的验证码是');

    const second = freshEmail();
    expect(
      await ask({ email: second, appname: 'Body', language: 'fr' }, '?appname=Query&language=zh'),
    ).toEqual(success);
    expect((await mailsTo(second))[0]?.subject).toBe('Body: your verification code');
  });

  it.each([
    [{}, 'undefined email'],
    [{ email: null }, 'undefined email'],
    [{ email: 5 }, 'email format error'],
    [{ email: ['a@b.co'] }, 'email format error'],
    [{ email: '' }, 'email length error'],
    [{ email: `${'a'.repeat(29)}@example.com` }, 'email length error'],
    [{ email: `${'叮'.repeat(12)}@b.co` }, 'email length error'],
    [{ email: 'string' }, 'email format error'],
    [{ email: 'a@b@c.co' }, 'email format error'],
    [{ email: 'a b@c.co' }, 'email format error'],
    [{ email: 'a@b.co\r\nBcc: c@d.co' }, 'email format error'],
    [{ email: '叮@b.co' }, 'email format error'],
    [{ email: 'a@b.co', appname: 5 }, 'appname format error'],
    [{ email: 'a@b.co', appname: 'https://example.com' }, 'appname format error'],
    [{ email: 'a@b.co', appname: 'a\nb' }, 'appname format error'],
    [{ email: 'a@b.co', appname: 'a'.repeat(33) }, 'appname format error'],
    [{ email: 'a@b.co', language: 5 }, 'language format error'],
    [{ email: 'a@b.co', language: 'e' }, 'language length error'],
    [{ email: 'a@b.co', language: '' }, 'language length error'],
    [{ email: 'a@b.co', language: 'abcdefghijkl' }, 'language length error'],
  ])('answers %j with %s and mails nothing', async (body, message) => {
    const before = (await gateway.outbox()).length;
    expect(await ask(body)).toEqual(refused(message));
    expect(await gateway.outbox()).toHaveLength(before);
  });

  it('takes an address of forty bytes', async () => {
    const email = `${newcomer().username}${'a'.repeat(14)}@example.com`;
    expect(email).toHaveLength(40);
    expect(await ask({ email })).toEqual(success);
  });

  it('refuses the address of another user, in any case, and mails nothing', async () => {
    const { email } = await newPerson(gateway);
    expect(await ask({ email })).toEqual(refused('email exist'));
    expect(await ask({ email: email.toUpperCase() })).toEqual(refused('email exist'));
    expect(await mailsTo(email)).toEqual([]);
  });

  it('sends to one address once a minute', async () => {
    const email = freshEmail();
    const code = await mailedCode(gateway, person.token, email);
    gateway.clock.advance(50);
    expect(await ask({ email })).toEqual(refused('send error'));
    expect(await mailsTo(email)).toHaveLength(1);
    // The refused request has not cost the code that is on its way.
    expect(await change({ code, email })).toEqual(success);
    gateway.clock.advance(11);
    const other = await newPerson(gateway);
    expect(
      await answerTo(gateway, 'PUT', askPath, { token: other.token, body: { email: freshEmail() } }),
    ).toEqual(success);
  });
});

describe('PUT /v1/api/user/emails', () => {
  it('changes the address, which signs in from then on, and keeps the token', async () => {
    const email = freshEmail();
    const code = await mailedCode(gateway, person.token, email);
    expect(await change({ code, email })).toEqual(success);
    expect(await profileOf(gateway, person.token)).toMatchObject({ email });
    const old = { username: person.email, password: person.password };
    expect(await answerTo(gateway, 'POST', '/v1/api/user/login', { body: old })).toEqual(
      refused('username or password error'),
    );
    expect(await signIn(gateway, email, person.password)).toMatchObject({ id: person.id });
  });

  it('tells the old address of the change, once that was proven', async () => {
    const [first, second] = [freshEmail(), freshEmail()];
    expect(await change({ code: await mailedCode(gateway, person.token, first), email: first })).toEqual(
      success,
    );
    expect(await mailsTo(person.email)).toEqual([]);
    expect(await change({ code: await mailedCode(gateway, person.token, second), email: second })).toEqual(
      success,
    );
    expect((await mailsTo(first)).at(-1)?.text).toContain(second);
  });

  it('takes a code once', async () => {
    const email = freshEmail();
    const code = await mailedCode(gateway, person.token, email);
    expect(await change({ code, email })).toEqual(success);
    expect(await change({ code, email })).toEqual(refused('code error'));
  });

  it('refuses a code before any was asked for', async () => {
    expect(await change({ code: '123456', email: freshEmail() })).toEqual(refused('code error'));
  });

  it('refuses the code of another address', async () => {
    const email = freshEmail();
    const code = await mailedCode(gateway, person.token, email);
    expect(await change({ code, email: freshEmail() })).toEqual(refused('code error'));
    expect(await profileOf(gateway, person.token)).toMatchObject({ email: person.email });
  });

  it("refuses another user's code", async () => {
    const email = freshEmail();
    const code = await mailedCode(gateway, person.token, email);
    const { token } = await newPerson(gateway);
    const body = { code, email };
    expect(await answerTo(gateway, 'PUT', changePath, { token, body })).toEqual(refused('code error'));
  });

  it('refuses a wrong code, and after five of them the right one too', async () => {
    const email = freshEmail();
    const code = await mailedCode(gateway, person.token, email);
    for (let tries = 0; tries < 5; tries += 1) {
      expect(await change({ code: unlike(code), email })).toEqual(refused('code error'));
    }
    expect(await change({ code, email })).toEqual(refused('code error'));
    expect(await profileOf(gateway, person.token)).toMatchObject({ email: person.email });
  });

  it.each([
    [10 * 60 - 20, success],
    [10 * 60 + 1, refused('code error')],
  ])('answers the code %d seconds later with %j', async (seconds, expected) => {
    const email = freshEmail();
    const code = await mailedCode(gateway, person.token, email);
    gateway.clock.advance(seconds);
    expect(await change({ code, email })).toEqual(expected);
  });

  it('takes only the latest code', async () => {
    const email = freshEmail();
    const first = await mailedCode(gateway, person.token, email);
    gateway.clock.advance(61);
    const second = await mailedCode(gateway, person.token, email);
    if (first !== second) expect(await change({ code: first, email })).toEqual(refused('code error'));
    expect(await change({ code: second, email })).toEqual(success);
  });

  it('refuses an address that somebody took in the meantime', async () => {
    const email = freshEmail();
    const code = await mailedCode(gateway, person.token, email);
    await newPerson(gateway, { email });
    expect(await change({ code, email })).toEqual(refused('email exist'));
    expect(await profileOf(gateway, person.token)).toMatchObject({ email: person.email });
  });

  it.each([
    [{}, 'undefined code'],
    [{ email: 'a@b.co' }, 'undefined code'],
    [{ code: null, email: 'a@b.co' }, 'undefined code'],
    [{ code: '123456' }, 'undefined email'],
    [{ code: 5 }, 'undefined email'],
    [{ code: 123456, email: 'a@b.co' }, 'code format error'],
    [{ code: '', email: 'a@b.co' }, 'code length error'],
    [{ code: '12345', email: 'a@b.co' }, 'code length error'],
    [{ code: '1234567', email: 'a@b.co' }, 'code length error'],
    [{ code: '叮叮', email: 'a@b.co' }, 'code format error'],
    [{ code: '12345a', email: 'a@b.co' }, 'code format error'],
    [{ code: '123456', email: {} }, 'email format error'],
    [{ code: '123456', email: '' }, 'email length error'],
    [{ code: '123456', email: `${'a'.repeat(36)}@b.co` }, 'email length error'],
    [{ code: '123456', email: 'a.b.co' }, 'email format error'],
  ])('answers %j with %s', async (body, message) => {
    expect(await change(body)).toEqual(refused(message));
  });
});

it('leaves no token, password or code in the log', async () => {
  const email = freshEmail();
  const code = await mailedCode(gateway, person.token, email);
  await change({ code, email });
  await answerTo(gateway, 'POST', '/v1/api/user/logout', { body: { username: email, token: person.token } });
  const log = gateway.logLines.join('\n');
  expect(log).toContain('/v1/api/user/emails');
  expect(log).not.toContain(person.token);
  expect(log).not.toContain(person.password);
  expect(log).not.toMatch(new RegExp(`(?<![\\w.-])${code}(?![\\w-])`));
});

describe('a mail that is not accepted', () => {
  it('answers send error and leaves no code behind', async () => {
    // Port 1 of this host: nobody listens.
    const deaf = await startGateway({ environment: { SMTP_URL: 'smtp://127.0.0.1:1' } });
    try {
      const { token } = await newPerson(deaf);
      const body = { email: freshEmail() };
      expect(await answerTo(deaf, 'PUT', askPath, { token, body })).toEqual(refused('send error'));
      const codes = (await deaf.sql('SELECT id FROM verification_codes', [])) as { length: number };
      expect(codes).toHaveLength(0);
    } finally {
      await deaf.stop();
    }
  });
});
