import { createSentCodes } from '../../src/test-door/sent-codes';
import type { MailMessage, SmsMessage } from '../../src/core';
import type { TestGateway } from '../support/gateway';
import { stranger } from '../support/people';
import { callDoor, refusal, stage, startOpen, type DoorAnswer } from './support';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startOpen({ environment: { LINK_ORIGINS: 'https://app.example.com' } });
});
afterAll(() => gateway.stop());

const password = 'Secret_123';

/** Who calls from the network of these tests, at no door of a dialect's. */
function caller() {
  return { ...gateway.operator, address: '127.0.0.1' };
}

/** A program of this network, at a door that has programs. */
function program() {
  const door = gateway.served.find(
    ({ declaration }) => declaration.sessions.clientTokenSeconds !== undefined,
  );
  return { ...caller(), door: door?.name ?? '' };
}

function request(target: { email: string } | { phone: string }, link?: string) {
  return gateway.core.requestCode(
    {
      caller: null,
      purpose: 'prove',
      target,
      audience: 'anyone',
      language: 'en',
      ...(link !== undefined && { link: { template: link, use: 'prove' } }),
    },
    caller(),
  );
}

function codeFor(to: string): Promise<DoorAnswer> {
  return callDoor(gateway, 'GET', `/v1/codes?to=${encodeURIComponent(to)}`);
}

function forget(...targets: string[]): Promise<DoorAnswer> {
  return callDoor(gateway, 'POST', '/v1/forget', { targets });
}

/** The code of a problem that a call ends with; undefined when it succeeds. */
async function problemOf(call: Promise<unknown>): Promise<string | undefined> {
  return call.then(
    () => undefined,
    (error: unknown) => (error as { problem: { code: string } }).problem.code,
  );
}

describe('the last code', () => {
  it('to an address is the one that the mail says, however the address is spelled', async () => {
    const { email } = stranger();
    const { verificationId } = await request({ email });
    const answer = await codeFor(email.toUpperCase());
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ code: await gateway.lastCode(email), sentAt: expect.stringMatching(/Z$/) });
    const { code } = answer.body as { code: string };
    await expect(gateway.core.redeemCode({ verificationId, code }, caller())).resolves.toMatchObject({});
  });

  it('to a number is the one that the text message says', async () => {
    const { phone } = stranger();
    await request({ phone });
    expect((await codeFor(phone)).body).toMatchObject({ code: await gateway.lastCode(phone) });
  });

  it('comes with the link that went with it', async () => {
    const { email } = stranger();
    await request({ email }, 'https://app.example.com/prove?c={code}&t={token}');
    const { code, link } = (await codeFor(email)).body as { code: string; link: string };
    expect(link).toMatch(new RegExp(`^https://app\\.example\\.com/prove\\?c=${code}&t=[\\w-]{43}$`));
  });

  it('is the later one of two', async () => {
    const { email } = stranger();
    await request({ email });
    const first = (await codeFor(email)).body;
    gateway.clock.advance(61);
    await request({ email });
    expect((await codeFor(email)).body).not.toEqual(first);
  });

  it('is none where nothing was sent', async () => {
    const answer = await codeFor('nobody@example.com');
    expect([answer.status, answer.body]).toEqual([404, refusal('no_code')]);
    const unnamed = await callDoor(gateway, 'GET', '/v1/codes');
    expect([unnamed.status, unnamed.body]).toMatchObject([400, refusal('invalid_body', { where: 'to' })]);
  });
});

describe('the memory of sent codes', () => {
  const noon = new Date('2030-01-01T12:00:00Z');
  const sms = (to: string, code: string): SmsMessage => ({
    kind: 'verification_code',
    to,
    code,
    language: 'en',
    appName: null,
    validMinutes: 5,
  });

  it('keeps the latest addresses and lets the oldest go', async () => {
    const codes = createSentCodes(() => noon, 2);
    const sender = codes.tapSms({ send: () => Promise.resolve() });
    await sender.send(sms('+861', '1'));
    await sender.send(sms('+862', '2'));
    await sender.send(sms('+861', '3'));
    await sender.send(sms('+863', '4'));
    expect(['+861', '+862', '+863'].map((to) => codes.find(to)?.code)).toEqual(['3', undefined, '4']);
  });

  it('keeps no code of a message that was not accepted, and no mail that has none', async () => {
    const codes = createSentCodes(() => noon);
    const refusing = codes.tapSms({ send: () => Promise.reject(new Error('not accepted')) });
    await expect(refusing.send(sms('+861', '1'))).rejects.toThrow('not accepted');
    const notice: MailMessage = { kind: 'email_changed', to: 'a@b.c', language: 'en', newAddress: 'd@e.f' };
    const sent: MailMessage[] = [];
    const mailer = codes.tapMailer({ send: (message) => Promise.resolve(void sent.push(message)) });
    await mailer.send(notice);
    expect([codes.find('+861'), codes.find('a@b.c'), sent]).toEqual([undefined, undefined, [notice]]);
  });
});

describe('forgetting', () => {
  it('leaves what other callers have sent, whose names are no contacts', async () => {
    const booking = () => gateway.sql("SELECT id FROM verification_sends WHERE target_key = 'caller:user:7'");
    await gateway.sql("INSERT INTO verification_sends (target_key, sent_at) VALUES ('caller:user:7', now())");
    expect((await forget('caller:user:7')).status).toBe(204);
    expect(await booking()).toHaveLength(1);
  });

  it('passes over what cannot be stored', async () => {
    expect((await forget('a\u0000b', '\ud800')).status).toBe(204);
  });

  it('lets a code be sent again at once, and drops the one that was sent', async () => {
    const { email, phone } = stranger();
    for (const target of [{ email }, { phone }]) {
      const { verificationId } = await request(target);
      const to = 'email' in target ? email : phone;
      const { code } = (await codeFor(to)).body as { code: string };
      expect(await problemOf(request(target))).toBe('too_many_requests');
      const answer = await forget(to);
      expect([answer.status, answer.body]).toEqual([204, undefined]);
      expect((await codeFor(to)).status).toBe(404);
      const redeemed = gateway.core.redeemCode({ verificationId, code }, caller());
      expect(await problemOf(redeemed)).toBe('verification_code_rejected');
      expect(await problemOf(request(target))).toBeUndefined();
    }
  });

  it('lets a user sign in again who was locked by wrong passwords, and somebody who is not there be refused again', async () => {
    const { username } = stranger();
    await stage(gateway, { username, password });
    for (const identifier of [username, 'Nobody_There']) {
      const guess = () => problemOf(gateway.core.signIn({ identifier, password: 'Wrong_1234' }, caller()));
      let problem = await guess();
      for (let tries = 1; tries < 20 && problem === 'invalid_credentials'; tries += 1)
        problem = await guess();
      expect(problem).toBe('too_many_requests');
      await forget(identifier.toUpperCase());
      expect(await guess()).toBe('invalid_credentials');
    }
  });

  it('lets the own network guess and ask for codes again', async () => {
    const counters = "SELECT 1 FROM attempt_counters WHERE key = 'address:127.0.0.1'";
    const sends = "SELECT 1 FROM verification_sends WHERE target_key = 'caller:address:127.0.0.1'";
    await problemOf(gateway.core.signIn({ identifier: 'Nobody_There', password: 'Wrong_1234' }, caller()));
    await request({ email: stranger().email });
    expect(await gateway.sql(counters)).not.toEqual([]);
    expect(await gateway.sql(sends)).not.toEqual([]);
    await forget();
    expect([await gateway.sql(counters), await gateway.sql(sends)]).toEqual([[], []]);
  });

  it('lets a program try again whose secret was guessed at', async () => {
    const { clientId } = (await callDoor(gateway, 'POST', '/v1/clients')).body as { clientId: string };
    const guess = () => problemOf(gateway.core.signInClient({ clientId, secret: 'wrong' }, program()));
    let problem = await guess();
    for (let tries = 1; tries < 20 && problem === 'client_rejected'; tries += 1) problem = await guess();
    expect(problem).toBe('too_many_requests');
    await forget(clientId);
    expect(await guess()).toBe('client_rejected');
  });

  it('leaves what belongs to other targets', async () => {
    const [one, other] = [stranger(), stranger()];
    const { verificationId } = await request({ email: other.email });
    await forget(one.email);
    const { code } = (await codeFor(other.email)).body as { code: string };
    expect(await problemOf(gateway.core.redeemCode({ verificationId, code }, caller()))).toBeUndefined();
  });

  it('refuses targets that are no texts', async () => {
    for (const body of [{}, { targets: 'a@b.c' }, { targets: [1] }, { targets: [''] }]) {
      expect((await callDoor(gateway, 'POST', '/v1/forget', body)).status).toBe(400);
    }
  });
});

describe('a proof', () => {
  it('recovers a password, with any code and without one', async () => {
    for (const code of [undefined, '000000']) {
      const { username, email } = stranger();
      await stage(gateway, { username, email, password });
      const answer = await callDoor(gateway, 'POST', '/v1/proofs', { email });
      expect(answer.status).toBe(201);
      expect(answer.body).toEqual({
        proofToken: expect.stringMatching(/^[\w-]{43}$/),
        code: expect.stringMatching(/^\d{6}$/),
      });
      const { proofToken } = answer.body as { proofToken: string };
      const proof = { proofToken, ...(code !== undefined && { code }) };
      const recovered = gateway.core.recoverPassword(
        { contact: { email }, proof, password: 'Fresh_1234' },
        caller(),
      );
      expect(await problemOf(recovered)).toBeUndefined();
    }
  });

  it('of a link is good for its use, and with its code only', async () => {
    const { username, email } = stranger();
    await stage(gateway, { username, email, password });
    const answer = await callDoor(gateway, 'POST', '/v1/proofs', { email, use: 'recover' });
    const { proofToken, code } = answer.body as { proofToken: string; code: string };
    const check = (use: 'recover' | 'verify_email') =>
      problemOf(gateway.core.checkLink({ email, proofToken, use }, caller()));
    expect([await check('verify_email'), await check('recover')]).toEqual(['proof_rejected', undefined]);
    const recover = (given: string) =>
      problemOf(
        gateway.core.recoverPassword(
          { contact: { email }, proof: { proofToken, code: given }, password: 'Fresh_1234' },
          caller(),
        ),
      );
    expect(await recover(code === '000000' ? '000001' : '000000')).toBe('proof_rejected');
    expect(await recover(code)).toBeUndefined();
  });

  it('sends nothing', async () => {
    const { username, email } = stranger();
    await stage(gateway, { username, email });
    const before = (await gateway.outbox()).length;
    await callDoor(gateway, 'POST', '/v1/proofs', { email });
    expect(await gateway.outbox()).toHaveLength(before);
  });

  it('is refused of an address that nobody has, and of none', async () => {
    const nobody = await callDoor(gateway, 'POST', '/v1/proofs', { email: 'nobody@example.com' });
    expect([nobody.status, nobody.body]).toEqual([404, refusal('user_not_found')]);
    const none = await callDoor(gateway, 'POST', '/v1/proofs', { email: 'none' });
    expect([none.status, none.body]).toEqual([
      400,
      refusal('invalid_field', { field: 'email', rule: 'format' }),
    ]);
    const other = await callDoor(gateway, 'POST', '/v1/proofs', { email: 'a@b.c', use: 'sudo' });
    expect([other.status, other.body]).toMatchObject([400, refusal('invalid_body', { where: 'use' })]);
  });
});

describe('a picture', () => {
  it('shows what the door says, once', async () => {
    const { captchaId } = await gateway.core.createCaptcha({ format: 'png' }, caller());
    const put = () => callDoor(gateway, 'PUT', `/v1/captchas/${captchaId}`, { text: 'aB12' });
    const answer = await put();
    expect([answer.status, answer.body]).toEqual([204, undefined]);
    const check = () => problemOf(gateway.core.checkCaptcha({ captchaId, text: 'Ab12' }, caller()));
    expect(await check()).toBeUndefined();
    const used = await put();
    expect([used.status, used.body]).toEqual([404, refusal('captcha_not_found')]);
  });

  it('is not found when there is none, or its time is over', async () => {
    expect((await callDoor(gateway, 'PUT', '/v1/captchas/none', { text: 'ab12' })).status).toBe(404);
    const { captchaId } = await gateway.core.createCaptcha({ format: 'png' }, caller());
    gateway.clock.advance(301);
    expect((await callDoor(gateway, 'PUT', `/v1/captchas/${captchaId}`, { text: 'ab12' })).status).toBe(404);
    expect((await callDoor(gateway, 'PUT', `/v1/captchas/${captchaId}`, { text: '' })).status).toBe(400);
  });
});

describe('a program', () => {
  it('gets credentials that work until they are removed', async () => {
    const made = await callDoor(gateway, 'POST', '/v1/clients');
    expect(made.status).toBe(201);
    expect(made.body).toEqual({
      clientId: expect.stringMatching(/^[a-z0-9]{20}$/),
      secret: expect.stringMatching(/^[\w-]{43}$/),
    });
    const credentials = made.body as { clientId: string; secret: string };
    const signIn = () => problemOf(gateway.core.signInClient(credentials, program()));
    expect(await signIn()).toBeUndefined();
    const remove = () => callDoor(gateway, 'DELETE', `/v1/clients/${credentials.clientId}`);
    expect([(await remove()).status, await signIn(), (await remove()).status]).toEqual([
      204,
      'client_rejected',
      204,
    ]);
    expect(await gateway.sql('SELECT 1 FROM clients WHERE id = $1', [credentials.clientId])).toEqual([]);
  });

  it('that an operator made stays', async () => {
    const { clientId } = await gateway.core.createClient({ name: 'billing' }, gateway.operator);
    const answer = await callDoor(gateway, 'DELETE', `/v1/clients/${clientId}`);
    expect([answer.status, answer.body]).toEqual([409, refusal('not_ours')]);
    expect(await gateway.sql('SELECT 1 FROM clients WHERE id = $1', [clientId])).toHaveLength(1);
  });
});

describe('a key for applications', () => {
  const makeKey = () => callDoor(gateway, 'POST', '/v1/api-keys', { dialect: 'lancens' });
  const registers = (username: string, apiKey: string): Promise<unknown> =>
    problemOf(
      gateway.core.registerUser(
        { username, password: 'Secret_123', apiKey, signIn: false },
        { ...program(), door: 'lancens' },
      ),
    );

  it('shuts registrations without one until it is removed', async () => {
    const made = await makeKey();
    const { id, apiKey } = made.body as { id: string; apiKey: string };
    expect([made.status, apiKey]).toEqual([201, expect.stringMatching(/^[0-9a-f]{32}$/)]);
    expect(await registers('with_the_key', apiKey)).toBeUndefined();
    expect(await registers('with_another', '0'.repeat(32))).toBe('api_key_rejected');
    const remove = () => callDoor(gateway, 'DELETE', `/v1/api-keys/${id}`);
    expect([(await remove()).status, (await remove()).status]).toEqual([204, 204]);
    expect(await registers('with_another', '0'.repeat(32))).toBeUndefined();
  });

  it('that an operator made stays', async () => {
    const { id } = await gateway.core.createApiKey({ door: 'lancens', name: 'doorbell' }, gateway.operator);
    const answer = await callDoor(gateway, 'DELETE', `/v1/api-keys/${id}`);
    expect([answer.status, answer.body]).toEqual([409, refusal('not_ours')]);
    await gateway.sql('DELETE FROM api_keys WHERE id = $1', [id]);
  });

  it('is not made where applications have none, nor removed by what is no id', async () => {
    const none = await callDoor(gateway, 'POST', '/v1/api-keys', { dialect: 'cloudbase' });
    expect([none.status, none.body]).toEqual([404, refusal('no_api_keys')]);
    expect((await callDoor(gateway, 'POST', '/v1/api-keys', { dialect: 'nothing' })).status).toBe(400);
    expect((await callDoor(gateway, 'DELETE', '/v1/api-keys/x')).status).toBe(404);
  });
});
