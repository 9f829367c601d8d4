'use strict';

// Plays every flow of reference 10.3 and every composite of 17.2 with the real @cloudbase/js-sdk, and prints for each step
// what the SDK returned and which calls it made.
const [gatewayUrl, dataDir, given] = process.argv.slice(2);
const network = require('./isolate.cjs')(gatewayUrl);
const codeTo = require('./outbox.cjs').bind(null, dataDir);

const cloudbase = require('@cloudbase/js-sdk');

const people = JSON.parse(given);
const { password } = people;
const changed = `${password}_2`;
const seen = {};

/** New methods tell `data` and `error`, older ones throw the failure as it came. */
async function step(name, run) {
  const before = network.sent.length;
  let outcome;
  try {
    outcome = (await run()) ?? null;
  } catch (thrown) {
    outcome = { thrown: { error: thrown?.error ?? String(thrown), error_code: thrown?.error_code } };
  }
  const { data, error, thrown } = outcome ?? {};
  const told = error
    ? { code: error.code, errorCode: error.errorCode, message: error.message, category: error.category }
    : (thrown ?? data ?? outcome);
  seen[name] = { told, calls: network.sent.slice(before) };
  return outcome;
}

/** What the SDK's own adapter lacks in Node: PATCH and DELETE (reference 16.2). */
async function baseRequest(url, options = {}) {
  const { body, headers, method } = options;
  const response = await globalThis.fetch(url, {
    method,
    headers,
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const answer = await response.json();
  if (answer?.error) throw answer;
  return answer;
}

async function play() {
  const app = cloudbase.init({ env: 'demo-env-1' });
  app.registerEndPointWithKey({ key: 'GATEWAY', url: gatewayUrl.replace('http:', ''), protocol: 'http' });
  const auth = app.auth({ baseRequest });
  const verify = async (started, to, more = {}) =>
    started.data.verifyOtp({ token: await codeTo(to), ...more });

  // Registering, and signing in by code.
  const { newEmail, newPhone } = people;
  let started = await step('signUpByPhoneStart', () =>
    auth.signUp({ phone: newPhone.slice(4), username: people.newName, password, name: '王五' }),
  );
  await step('signUpByPhone', () => verify(started, newPhone));
  started = await step('signUpByEmailStart', () => auth.signUp({ email: newEmail }));
  await step('signUpByEmail', () => verify(started, newEmail));
  started = await step('signUpAgainStart', () => auth.signUp({ email: people.knownEmail }));
  await step('signUpAgain', () => verify(started, people.knownEmail));
  const withoutCreating = { shouldCreateUser: false };
  started = await step('otpStart', () =>
    auth.signInWithOtp({ phone: people.knownPhone.slice(4), options: withoutCreating }),
  );
  await step('otp', () => verify(started, people.knownPhone));
  await step('otpOfNobody', () =>
    auth.signInWithOtp({ email: people.nobodysEmail, options: withoutCreating }),
  );
  await step('resend', () => auth.resend({ type: 'signup', email: people.resendEmail }));
  await step('tooSoon', () => auth.signInWithOtp({ email: people.resendEmail }));

  // Signing in with a password, whatever identifies the user.
  const { username, email, phone } = people.person;
  await step('byUsername', () => auth.signInWithPassword({ username, password }));
  await step('byEmail', () => auth.signInWithPassword({ email, password }));
  await step('byPhone', () => auth.signInWithPassword({ phone: phone.slice(4), password }));
  await step('getUser', () => auth.getUser());
  await step('identities', () => auth.getUserIdentities());
  await step('registered', () => auth.isUsernameRegistered(username));
  await step('notRegistered', () => auth.isUsernameRegistered('nobody_here'));
  await step('refresh', () => auth.refreshSession());

  // Changing the profile and the contacts.
  await step('updateUser', () => auth.updateUser({ nickname: '张三', gender: 'MALE' }));
  await step('updateUserBasicInfo', () => auth.updateUserBasicInfo({ description: 'Reads' }));
  await step('currentUserUpdate', () => auth.currentUser.update({ name: '李四' }));
  started = await step('changeEmailStart', () => auth.updateUser({ email: people.changedEmail }));
  await step('changeEmail', () => verify(started, people.changedEmail, { email: people.changedEmail }));
  started = await step('changePhoneStart', () => auth.updateUser({ phone: people.changedPhone.slice(4) }));
  await step('changePhone', () =>
    verify(started, people.changedPhone, { phone: people.changedPhone.slice(4) }),
  );
  await step('updatePassword', () => auth.updateUser({ password: changed }));

  // Binding: sudo, verification, verify, contact.
  for (const [name, contact] of [
    ['bindEmail', { email: people.boundEmail }],
    ['bindPhoneNumber', { phone_number: people.boundPhone }],
  ]) {
    await step(name, async () => {
      const { sudo_token } = await auth.sudo({ password });
      const { verification_id } = await auth.getVerification({ ...contact });
      const verification_code = await codeTo(Object.values(contact)[0]);
      const { verification_token } = await auth.verify({ verification_id, verification_code });
      return auth[name]({ ...contact, sudo_token, verification_token });
    });
  }
  await step('me', () => auth.getUser());

  // Changing the password, by the old one, by code, and forgotten.
  await step('wrongSudo', () => auth.sudo({ password: 'Wrong_123' }));
  await step('passwordByOld', () =>
    auth.resetPasswordForOld({ old_password: password, new_password: changed }),
  );
  await step('setPassword', async () => {
    const { sudo_token } = await auth.sudo({ password: changed });
    return auth.setPassword({ sudo_token, new_password: password });
  });
  await step('signOutOfPerson', () => auth.signOut());

  await step('proven', () => auth.signInWithPassword({ username: people.proven.username, password }));
  started = await step('reauthenticateStart', () => auth.reauthenticate());
  await step('reauthenticate', async () =>
    started.data.updateUser({ nonce: await codeTo(people.proven.email), password: changed }),
  );
  await step('signOutWithObject', () => auth.signOut({}));
  await step('userAfterSignOut', () => auth.getUser());

  for (const [name, to, typed] of [
    ['recoverByEmail', people.lostEmail, people.lostEmail],
    ['recoverByPhone', people.lostPhone, people.lostPhone.slice(4)],
  ]) {
    started = await step(`${name}Start`, () => auth.resetPasswordForEmail(typed));
    await step(name, async () => started.data.updateUser({ nonce: await codeTo(to), password: changed }));
  }
  await step('wrongCode', async () => {
    const { verification_id } = await auth.getVerification({ email: people.wrongCodeEmail });
    return auth.verify({ verification_id, verification_code: 'wrong' });
  });

  // Leaving for good, and being nobody.
  await step('leaver', () => auth.signInWithPassword({ username: people.leaver, password }));
  await step('deleteUserWrongly', () => auth.deleteUser({ password: 'Wrong_123' }));
  await step('deleteUser', () => auth.deleteUser({ password }));
  await step('leaverAgain', () => auth.signInWithPassword({ username: people.leaver, password }));
  await step('anonymous', () => auth.signInAnonymously());
  await step('anonymousUser', () => auth.getUser());
  started = await step('bindAnonymousStart', () => auth.updateUser({ email: people.upgradedEmail }));
  await step('bindAnonymous', () => verify(started, people.upgradedEmail, { email: people.upgradedEmail }));
  await step('refreshOfBound', () => auth.refreshSession());
}

play().then(
  () => process.stdout.write(JSON.stringify({ seen, network }), () => process.exit(0)),
  (error) => process.stderr.write(`${error?.stack ?? JSON.stringify(error)}\n`, () => process.exit(1)),
);
