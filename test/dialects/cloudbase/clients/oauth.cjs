'use strict';

// Signs in, reads, edits and signs out with the real @cloudbase/oauth and prints what its methods return, as JSON.
const [gatewayUrl, username, password, takenUsername] = process.argv.slice(2);
const network = require('./isolate.cjs')(gatewayUrl);

const { CloudbaseOAuth } = require('@cloudbase/oauth');

const seen = {};

/** Methods of this SDK throw the body of a failure, with members of their own added. */
async function note(name, call) {
  try {
    seen[name] = await call;
  } catch (thrown) {
    const { error, error_code, error_description } = thrown;
    seen[name] = { error, error_code, error_description };
  }
}

function createStorage() {
  const entries = new Map();
  const getItemSync = (key) => entries.get(key) ?? null;
  const setItemSync = (key, value) => void entries.set(key, value);
  const removeItemSync = (key) => void entries.delete(key);
  return {
    getItemSync,
    setItemSync,
    removeItemSync,
    getItem: async (key) => getItemSync(key),
    setItem: async (key, value) => setItemSync(key, value),
    removeItem: async (key) => removeItemSync(key),
  };
}

async function play() {
  const { authApi } = new CloudbaseOAuth({
    apiOrigin: gatewayUrl,
    clientId: 'demo-env-1',
    env: 'demo-env-1',
    storage: createStorage(),
  });

  await note('wrongPassword', authApi.signIn({ username, password: 'Wrong_123' }));
  await note('signIn', authApi.signIn({ username, password }));
  await note('user', authApi.getUserInfo());
  await note(
    'edit',
    authApi.updateUserBasicInfo({ nickname: '李四', gender: 'FEMALE', description: 'Reads' }),
  );
  await note('userAfterEdit', authApi.getUserInfo());
  await note('takenUsername', authApi.updateUserBasicInfo({ username: takenUsername }));
  await note('refresh', authApi.refreshTokenForce({}));
  await note('userAfterRefresh', authApi.getUserInfo());
  await note('passwordGrant', authApi.grantToken({ grant_type: 'password', username, password }));
  await note('signOut', authApi.signOut());
  seen.hasLoginStateAfterSignOut = await authApi.hasLoginState();
}

play().then(
  () => process.stdout.write(JSON.stringify({ seen, network }), () => process.exit(0)),
  (error) => process.stderr.write(`${error?.stack ?? JSON.stringify(error)}\n`, () => process.exit(1)),
);
