'use strict';

// Makes the calls of reference 17.1 that the other scripts leave out with the real @cloudbase/oauth, its captcha round and
// its anonymous re-login among them, and prints for each step what the SDK returned and which calls it made.
const [gatewayUrl, dataDir, given] = process.argv.slice(2);
const network = require('./isolate.cjs')(gatewayUrl);
const codeTo = require('./outbox.cjs').bind(null, dataDir);

const { CloudbaseOAuth } = require('@cloudbase/oauth');

const people = JSON.parse(given);
const { username, password, email } = people;
const seen = {};

/** Methods of this SDK throw the body of a failure, with members of their own added. */
async function step(name, run) {
  const before = network.sent.length;
  let told;
  try {
    told = (await run()) ?? null;
  } catch (thrown) {
    told = { error: thrown.error ?? String(thrown), error_code: thrown.error_code };
  }
  seen[name] = { told, calls: network.sent.slice(before) };
  return told;
}

function createStorage() {
  const entries = new Map();
  const getItemSync = (key) => entries.get(key) ?? null;
  const setItemSync = (key, value) => void entries.set(key, value);
  const removeItemSync = (key) => void entries.delete(key);
  return {
    entries,
    getItemSync,
    setItemSync,
    removeItemSync,
    getItem: async (key) => getItemSync(key),
    setItem: async (key, value) => setItemSync(key, value),
    removeItem: async (key) => removeItemSync(key),
  };
}

async function play() {
  const storage = createStorage();
  const { authApi, oauth2client } = new CloudbaseOAuth({
    apiOrigin: gatewayUrl,
    clientId: 'demo-env-1',
    env: 'demo-env-1',
    storage,
    captchaOptions: {
      // A person would look at the picture; this one is handed a pass beforehand.
      openURIWithCallback: async (address) => {
        seen.captchaAddress = address.slice(0, 22);
        return { captcha_token: people.captchaPass, expires_in: 600 };
      },
    },
  });

  await step('captchaRound', () => authApi.signIn({ username: people.failed, password }));
  await step('picture', async () => {
    const { data, ...others } = await authApi.createCaptchaData({ state: 'x' });
    return { data: data.slice(0, 22), ...others };
  });
  await step('wrongText', () =>
    authApi.verifyCaptchaData({ token: seen.picture.told.token, key: 'wrong text' }),
  );
  await step('signIn', () => authApi.signIn({ username, password }));
  await step('profile', () => authApi.setUserProfile({ name: '张三' }));
  await step('query', () => authApi.queryUserProfile({ username, id: [people.id, '7'] }));
  await step('exists', () => authApi.checkIfUserExist({ username }));
  await step('providers', () => authApi.getProviders());
  await step('bindProvider', () => authApi.bindWithProvider({ provider_token: 'x' }));
  await step('unbindProvider', () => authApi.unbindProvider({ provider_id: 'github' }));
  await step('providerToken', () => authApi.grantProviderToken({ provider_id: 'github' }));
  await step('withProvider', () => authApi.signInWithProvider({ provider_token: 'x' }));
  await step('customTicket', () => authApi.signInWithCustomTicket(async () => 'ticket'));
  await step('logins', () => authApi.getUserBehaviorLog({ type: 'LOGIN', limit: 1 }));
  await step('changes', () => authApi.getUserBehaviorLog({ type: 'MODIFY', limit: 5 }));
  await step('checkPassword', () => authApi.checkPassword({ password }));
  await step('editContact', async () => {
    const { sudo_token } = await authApi.sudo({ password });
    const { verification_id } = await authApi.getVerification({ email, target: 'ANY' });
    const { verification_token } = await authApi.verify({
      verification_id,
      verification_code: await codeTo(email),
    });
    return authApi.editContact({ email, sudo_token, verification_token });
  });
  await step('byOld', () =>
    authApi.updatePasswordByOld({ old_password: password, new_password: `${password}_2` }),
  );
  await step('revokeDevice', () => authApi.revokeDevice({ device_id: '0123456789abcdef' }));
  await step('revokeAll', () => authApi.revokeAllDevices());
  await step('userAfterRevokeAll', () => authApi.getUserInfo());
  seen.stored = [...storage.entries.keys()];

  const anonymous = await step('anonymous', () => authApi.signInAnonymously({}));
  const stored = await oauth2client.getCredentials();
  // As if the access token were over and the refresh token lost: the SDK signs in again by itself.
  await oauth2client.setCredentials({ ...stored, refresh_token: 'm.lost', expires_at: new Date(0) });
  const again = await step('userAfterRelogin', () => authApi.getUserInfo());
  seen.sameUser = again.sub === (anonymous.sub ?? stored.sub);

  await step('deleteMe', async () => {
    await authApi.signIn({ username, password: `${password}_2` });
    const { sudo_token } = await authApi.sudo({ password: `${password}_2` });
    return authApi.deleteMe({ sudo_token });
  });
}

play().then(
  () => process.stdout.write(JSON.stringify({ seen, network }), () => process.exit(0)),
  (error) => process.stderr.write(`${error?.stack ?? JSON.stringify(error)}\n`, () => process.exit(1)),
);
