import { startGateway } from '../../support/gateway';
import {
  answerTo,
  askForCode,
  created,
  mailedCode,
  newcomer,
  newPerson,
  profileOf,
  refused,
  sentCode,
  signIn,
  success,
  unlike,
  type Gateway,
} from './people';

let gateway: Gateway;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.stop());

const password = 'Secret_123';
const apikey = '0123456789abcdef0123456789abcdef';
const registerPhone = (body: object): Promise<unknown> =>
  answerTo(gateway, 'POST', '/v1/api/phone/register', { body: { password, apikey, ...body } });
const registerEmail = (body: object): Promise<unknown> =>
  answerTo(gateway, 'POST', '/v1/api/email/register', { body: { password, apikey, ...body } });

describe('by phone', () => {
  it('sends six digits that are good for five minutes', async () => {
    const { phone } = newcomer();
    expect(await askForCode(gateway, 'register', { phone })).toEqual(success);
    const sms = (await gateway.sms()).at(-1);
    expect(sms).toMatchObject({ to: `+86${phone}`, language: 'zh', validMinutes: 5 });
    expect(sms?.code).toMatch(/^\d{6}$/);
  });

  it('makes a user with a drawn name, a proven number and no address', async () => {
    const { phone } = newcomer();
    const code = await sentCode(gateway, 'register', { phone });
    expect(await registerPhone({ phone, code })).toEqual(created);
    const { id, token } = await signIn(gateway, phone, password);
    const profile = (await profileOf(gateway, token)) as { username: string };
    expect(profile).toEqual({
      id,
      username: expect.stringMatching(/^mp_[a-z0-9]{17}$/) as string,
      realm: profile.username,
      email: '',
      phone,
    });
    expect(await signIn(gateway, profile.username, password)).toMatchObject({ id });
    const [row] = await gateway.sql('SELECT phone_verified_at FROM users WHERE id = $1', [id]);
    expect(row).toEqual({ phone_verified_at: expect.any(Date) as Date });
  });

  it('takes the area code of another country, at either call or at the first alone', async () => {
    for (const [phone, second] of [
      ['7700900001', { area_code: 44 }],
      ['7700900002', {}],
    ] as const) {
      const code = await sentCode(gateway, 'register', { phone, area_code: 44 });
      expect((await gateway.sms()).at(-1)).toMatchObject({ to: `+44${phone}`, language: 'en' });
      expect(await registerPhone({ phone, code, ...second })).toEqual(created);
      const { token } = await signIn(gateway, `+44${phone}`, password);
      expect(await profileOf(gateway, token)).toMatchObject({ phone: `+44${phone}` });
    }
  });

  it('means the number at home when codes went to numbers of two countries with the same digits', async () => {
    const { phone } = newcomer();
    const abroad = await sentCode(gateway, 'register', { phone, area_code: 49 });
    const home = await sentCode(gateway, 'register', { phone });
    if (abroad !== home) expect(await registerPhone({ phone, code: abroad })).toEqual(refused('code error'));
    expect(await registerPhone({ phone, code: home })).toEqual(created);
  });

  it('takes an area code that is none for a bad number', async () => {
    const { phone } = newcomer();
    expect(await askForCode(gateway, 'register', { phone, area_code: 999 })).toEqual(
      refused('phone format error'),
    );
    expect(await askForCode(gateway, 'register', { phone, area_code: 0 })).toEqual(
      refused('area_code format error'),
    );
    expect(await askForCode(gateway, 'register', { phone, area_code: 8.6 })).toEqual(
      refused('area_code format error'),
    );
  });

  it.each([
    [5 * 60 - 20, created],
    [5 * 60 + 1, refused('code error')],
  ])('answers the code %d seconds later with %j', async (seconds, expected) => {
    const { phone } = newcomer();
    const code = await sentCode(gateway, 'register', { phone });
    gateway.clock.advance(seconds);
    expect(await registerPhone({ phone, code })).toEqual(expected);
  });

  it('does not take the code of another number', async () => {
    const [one, other] = [newcomer().phone, newcomer().phone];
    const code = await sentCode(gateway, 'register', { phone: one });
    expect(await registerPhone({ phone: other, code })).toEqual(refused('code error'));
    expect(await registerPhone({ phone: one, code })).toEqual(created);
  });

  it('refuses a number that somebody has, and one that somebody took in the meantime', async () => {
    const { phone } = await newPerson(gateway);
    expect(await askForCode(gateway, 'register', { phone })).toEqual(refused('phone exist'));
    const later = newcomer();
    const code = await sentCode(gateway, 'register', { phone: later.phone });
    await newPerson(gateway, later);
    expect(await registerPhone({ phone: later.phone, code })).toEqual(refused('phone exist'));
  });
});

describe('by mail', () => {
  it('mails a code in the asked language, named after the app', async () => {
    const { email } = newcomer();
    const query = new URLSearchParams({ email, appname: 'Doorbell', language: 'zh' });
    expect(await answerTo(gateway, 'GET', `/v1/api/email/register?${query.toString()}`)).toEqual(success);
    const mail = (await gateway.outbox()).findLast(({ to }) => to === email);
    expect(mail?.text).toContain('您在 Doorbell 的验证码是');
    expect(mail?.text).toContain('10 分钟');
  });

  it('makes a user with a drawn name, a proven address and no number', async () => {
    const { email } = newcomer();
    const code = await sentCode(gateway, 'register', { email });
    expect(await registerEmail({ email, code })).toEqual(created);
    const { id, token } = await signIn(gateway, email, password);
    const profile = (await profileOf(gateway, token)) as { username: string };
    expect(profile).toEqual({
      id,
      username: expect.stringMatching(/^em_[a-z0-9]{17}$/) as string,
      realm: profile.username,
      email,
      phone: '',
    });
    const [row] = await gateway.sql('SELECT email_verified_at FROM users WHERE id = $1', [id]);
    expect(row).toEqual({ email_verified_at: expect.any(Date) as Date });
  });

  it('says being used of an address that somebody has', async () => {
    const { email } = await newPerson(gateway);
    expect(await askForCode(gateway, 'register', { email })).toEqual(refused('being used'));
    expect(await askForCode(gateway, 'register', { email: email.toUpperCase() })).toEqual(
      refused('being used'),
    );
  });

  it('says email exist of an address that somebody took in the meantime', async () => {
    const { email } = newcomer();
    const code = await sentCode(gateway, 'register', { email });
    await newPerson(gateway, { email });
    expect(await registerEmail({ email, code })).toEqual(refused('email exist'));
  });

  it('says not applying of the code of another mailbox', async () => {
    const [one, other] = [newcomer().email, newcomer().email];
    const code = await sentCode(gateway, 'register', { email: one });
    await sentCode(gateway, 'register', { email: other });
    expect(await registerEmail({ email: other, code: unlike(code) })).toEqual(refused('not applying'));
    const another = await gateway.lastCode(other);
    if (another !== code)
      expect(await registerEmail({ email: other, code })).toEqual(refused('not applying'));
    expect(await registerEmail({ email: one, code })).toEqual(created);
  });

  it.each([
    [10 * 60 - 20, created],
    [10 * 60 + 1, refused('not applying')],
  ])('answers the code %d seconds later with %j', async (seconds, expected) => {
    const { email } = newcomer();
    const code = await sentCode(gateway, 'register', { email });
    gateway.clock.advance(seconds);
    expect(await registerEmail({ email, code })).toEqual(expected);
  });

  it('answers send error when the mail is not accepted, and leaves no code behind', async () => {
    // Port 1 of this host: nobody listens.
    const deaf = await startGateway({
      environment: { SMTP_URL: 'smtp://127.0.0.1:1' },
    });
    try {
      expect(await askForCode(deaf, 'register', { email: newcomer().email })).toEqual(refused('send error'));
      expect(await deaf.sql('SELECT id FROM verification_codes')).toEqual([]);
    } finally {
      await deaf.stop();
    }
  });
});

describe.each([
  ['phone', registerPhone, 'code error'],
  ['email', registerEmail, 'not applying'],
] as const)('a code to register by %s', (kind, register, rejection) => {
  const fresh = (): { phone: string } | { email: string } => {
    const { phone, email } = newcomer();
    return kind === 'phone' ? { phone } : { email };
  };

  it('is good once', async () => {
    const contact = fresh();
    const code = await sentCode(gateway, 'register', contact);
    expect(await register({ ...contact, code })).toEqual(created);
    expect(await register({ ...contact, code })).toEqual(refused(rejection));
  });

  it('makes one user of many parallel calls', async () => {
    const contact = fresh();
    const code = await sentCode(gateway, 'register', contact);
    const answers = await Promise.all(Array.from({ length: 6 }, () => register({ ...contact, code })));
    expect(answers.filter((answer) => (answer as { status: number }).status === 201)).toEqual([created]);
  });

  it('is dead after five wrong tries', async () => {
    const contact = fresh();
    const code = await sentCode(gateway, 'register', contact);
    for (let tries = 0; tries < 5; tries += 1) {
      expect(await register({ ...contact, code: unlike(code) })).toEqual(refused(rejection));
    }
    expect(await register({ ...contact, code })).toEqual(refused(rejection));
  });

  it('is sent again after 60 seconds and not before, and the latest alone is good', async () => {
    const contact = fresh();
    const first = await sentCode(gateway, 'register', contact);
    expect(await askForCode(gateway, 'register', contact)).toEqual(refused('send error'));
    gateway.clock.advance(61);
    const second = await sentCode(gateway, 'register', contact);
    if (first !== second) {
      expect(await register({ ...contact, code: first })).toEqual(refused(rejection));
    }
    expect(await register({ ...contact, code: second })).toEqual(created);
  });

  it('survives a call that fails for another reason', async () => {
    const contact = fresh();
    const code = await sentCode(gateway, 'register', contact);
    expect(await register({ ...contact, code, password: 'short' })).toEqual(refused('password length error'));
    expect(await register({ ...contact, code, apikey: 'x' })).toEqual(refused('apikey length error'));
    expect(await register({ ...contact, code })).toEqual(created);
  });
});

it('does not take a code of another purpose', async () => {
  const person = await newPerson(gateway);
  const { email } = newcomer();
  const toChange = await mailedCode(gateway, person.token, email);
  expect(await registerEmail({ email, code: toChange })).toEqual(refused('not applying'));
  gateway.clock.advance(61);
  const toRegister = await sentCode(gateway, 'register', { email });
  const change = { token: person.token, body: { email, code: toRegister } };
  if (toRegister !== toChange) {
    expect(await answerTo(gateway, 'PUT', '/v1/api/user/emails', change)).toEqual(refused('code error'));
  }
  const reset = { body: { email, code: toRegister, password } };
  expect(await answerTo(gateway, 'PUT', '/v1/api/user/email/reset/password', reset)).toEqual(
    refused('code error'),
  );
  expect(await registerEmail({ email, code: toRegister })).toEqual(created);
});

it('leaves no code, password or key in the log', async () => {
  const { phone } = newcomer();
  const code = await sentCode(gateway, 'register', { phone });
  await registerPhone({ phone, code });
  const log = gateway.logLines.join('\n');
  expect(log).toContain('/v1/api/phone/register');
  expect(log).not.toContain(password);
  expect(log).not.toContain(apikey);
  expect(log).not.toMatch(new RegExp(`(?<![\\w.-])${code}(?![\\w-])`));
});
