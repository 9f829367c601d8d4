import { startGateway } from '../../support/gateway';
import {
  answerTo,
  askForCode,
  call,
  newcomer,
  newPerson,
  profileOf,
  refused,
  sentCode,
  signIn,
  success,
  unlike,
  type Gateway,
  type Person,
} from './people';

let gateway: Gateway;
let person: Person;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.stop());
beforeEach(async () => {
  person = await newPerson(gateway);
});

const password = 'Another_123';
const recoverByPhone = (body: object): Promise<unknown> =>
  answerTo(gateway, 'POST', '/v1/api/phone/retrieve', { body: { password, ...body } });
const recoverByEmail = (body: object): Promise<unknown> =>
  answerTo(gateway, 'PUT', '/v1/api/user/email/reset/password', { body: { password, ...body } });
const login = (body: object): Promise<unknown> => answerTo(gateway, 'POST', '/v1/api/user/login', { body });

describe.each([
  ['phone', recoverByPhone, 5],
  ['email', recoverByEmail, 10],
] as const)('by %s', (kind, recover, minutes) => {
  const own = (): { phone: string } | { email: string } =>
    kind === 'phone' ? { phone: person.phone } : { email: person.email };

  it('sets a new password and ends every session, at every door', async () => {
    const elsewhere = { door: 'cloudbase', address: null, deviceId: 'd', clientId: null, userAgent: null };
    await gateway.core.signIn({ identifier: person.email, password: person.password }, elsewhere);
    const code = await sentCode(gateway, 'recover', own());
    expect(await recover({ ...own(), code })).toEqual(success);
    expect(await answerTo(gateway, 'GET', '/v1/api/user', { token: person.token })).toEqual(
      refused('invalid token'),
    );
    const live = await gateway.sql('SELECT id FROM sessions WHERE user_id = $1 AND ended_at IS NULL', [
      person.id,
    ]);
    expect(live).toEqual([]);
    const { username } = person;
    expect(await login({ username, password: person.password })).toEqual(
      refused('username or password error'),
    );
    expect(await signIn(gateway, username, password)).toMatchObject({ id: person.id });
  });

  it('makes the prover of a contact that was never proven its owner', async () => {
    const code = await sentCode(gateway, 'recover', own());
    expect(await recover({ ...own(), code })).toEqual(success);
    const { token } = await signIn(gateway, person.username, password);
    const { id, username, realm } = person;
    expect(await profileOf(gateway, token)).toEqual({ id, username, realm, email: '', phone: '', ...own() });
  });

  it('leaves the other contact where the proven one was proven before', async () => {
    await gateway.sql('UPDATE users SET email_verified_at = now(), phone_verified_at = now() WHERE id = $1', [
      person.id,
    ]);
    const code = await sentCode(gateway, 'recover', own());
    expect(await recover({ ...own(), code })).toEqual(success);
    const { token } = await signIn(gateway, person.username, password);
    const { email, phone } = person;
    expect(await profileOf(gateway, token)).toMatchObject({ email, phone });
  });

  it('says that nobody has the contact', async () => {
    const { phone, email } = newcomer();
    const unknown = kind === 'phone' ? { phone } : { email };
    expect(await askForCode(gateway, 'recover', unknown)).toEqual(refused(`${kind} error`));
    expect(await recover({ ...unknown, code: '123456' })).toEqual(refused('code error'));
  });

  it('sends nothing to a contact that an edit set and nobody has proven', async () => {
    await gateway.sql(`UPDATE users SET ${kind}_origin = 'edit', ${kind}_verified_at = NULL WHERE id = $1`, [
      person.id,
    ]);
    expect(await askForCode(gateway, 'recover', own())).toEqual(refused(`${kind} error`));
  });

  it('knows the user of the contact no more when the call comes', async () => {
    const code = await sentCode(gateway, 'recover', own());
    await gateway.sql('UPDATE users SET email = NULL, email_key = NULL, phone = NULL WHERE id = $1', [
      person.id,
    ]);
    expect(await recover({ ...own(), code })).toEqual(refused(`${kind} error`));
  });

  it('takes the code once', async () => {
    const code = await sentCode(gateway, 'recover', own());
    expect(await recover({ ...own(), code })).toEqual(success);
    expect(await recover({ ...own(), code })).toEqual(refused('code error'));
  });

  it('does not take the code of another person', async () => {
    const other = await newPerson(gateway);
    const contact = kind === 'phone' ? { phone: other.phone } : { email: other.email };
    const code = await sentCode(gateway, 'recover', contact);
    expect(await recover({ ...own(), code })).toEqual(refused('code error'));
    const mine = await sentCode(gateway, 'recover', own());
    if (mine !== code) expect(await recover({ ...own(), code })).toEqual(refused('code error'));
  });

  it.each([
    [-20, success],
    [1, refused('code error')],
  ])('answers the code %d seconds after its time with %j', async (seconds, expected) => {
    const code = await sentCode(gateway, 'recover', own());
    gateway.clock.advance(minutes * 60 + seconds);
    expect(await recover({ ...own(), code })).toEqual(expected);
  });

  it('kills a code by five wrong tries', async () => {
    const code = await sentCode(gateway, 'recover', own());
    for (let tries = 0; tries < 5; tries += 1) {
      expect(await recover({ ...own(), code: unlike(code) })).toEqual(refused('code error'));
    }
    expect(await recover({ ...own(), code })).toEqual(refused('code error'));
    expect(await signIn(gateway, person.username, person.password)).toMatchObject({ id: person.id });
  });

  it('sends a code a minute', async () => {
    await sentCode(gateway, 'recover', own());
    expect(await askForCode(gateway, 'recover', own())).toEqual(refused('send error'));
    gateway.clock.advance(61);
    expect(await askForCode(gateway, 'recover', own())).toEqual(success);
  });

  it('leaves the code as it was when the password is refused', async () => {
    const code = await sentCode(gateway, 'recover', own());
    expect(await recover({ ...own(), code, password: 'short' })).toEqual(refused('password length error'));
    expect(await recover({ ...own(), code })).toEqual(success);
  });
});

it('recovers by the number of another country as it is shown, with an area code, or by its digits alone', async () => {
  const phone = '7700900123';
  for (const [ask, recover] of [
    [{ phone: `+44${phone}` }, { phone: `+44${phone}` }],
    [
      { phone, area_code: 44 },
      { phone, area_code: 44 },
    ],
    [{ phone, area_code: 44 }, { phone }],
    [
      { phone: `+44${phone}`, area_code: 44 },
      { phone: `+44${phone}`, area_code: 44 },
    ],
  ] as const) {
    const { username } = newcomer();
    await gateway.core.registerUser(
      { username, phone: `+44${phone}`, password: 'Secret_123', signIn: false },
      gateway.operator,
    );
    expect(await askForCode(gateway, 'recover', ask)).toEqual(success);
    const code = await gateway.lastCode(`+44${phone}`);
    expect(await recoverByPhone({ ...recover, code })).toEqual(success);
    const { id } = await signIn(gateway, username, password);
    await gateway.sql('UPDATE users SET phone = NULL WHERE id = $1', [id]);
    gateway.clock.advance(61);
  }
});

it('refuses a number with a plus sign beside the area code of another country', async () => {
  const contradiction = { phone: '+447700900123', area_code: 1 };
  expect(await askForCode(gateway, 'recover', contradiction)).toEqual(refused('phone format error'));
  expect(await recoverByPhone({ ...contradiction, code: '000000' })).toEqual(refused('phone format error'));
});

it('recovers by an address that only a wider door lets anybody choose', async () => {
  const { username } = newcomer();
  const email = `${'a'.repeat(50)}@example.com`;
  await gateway.core.registerUser(
    { username, email, password: 'Secret_123', signIn: false },
    gateway.operator,
  );
  const code = await sentCode(gateway, 'recover', { email });
  expect(await recoverByEmail({ email, code })).toEqual(success);
});

it('words the mail as asked, in the body or in the query', async () => {
  const path = '/v1/api/user/passwordcode/email?appname=Doorbell';
  const { email } = person;
  expect(await answerTo(gateway, 'PUT', path, { body: { email, language: 'zh-CN' } })).toEqual(success);
  const mail = (await gateway.outbox()).findLast(({ to }) => to === email);
  expect(mail?.text).toContain('您在 Doorbell 的验证码是');
});

it('does not take a code to register for a password, nor the other way', async () => {
  const { phone } = newcomer();
  const toRegister = await sentCode(gateway, 'register', { phone });
  expect(await recoverByPhone({ phone, code: toRegister })).toEqual(refused('code error'));
  const toRecover = await sentCode(gateway, 'recover', { phone: person.phone });
  const body = {
    phone: person.phone,
    code: toRecover,
    password,
    apikey: '0123456789abcdef0123456789abcdef',
  };
  expect(await answerTo(gateway, 'POST', '/v1/api/phone/register', { body })).toEqual(refused('code error'));
});

it('needs no token and looks at none', async () => {
  const answer = await call(gateway, 'PUT', '/v1/api/phone/retrieve', {
    token: 'z'.repeat(32),
    body: { phone: person.phone },
  });
  expect(answer.status).toBe(200);
});
