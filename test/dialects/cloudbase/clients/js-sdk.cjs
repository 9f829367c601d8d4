'use strict';

// Plays the check list of reference 16.3 with the real @cloudbase/js-sdk and prints what its methods return, as JSON.
const [gatewayUrl, username, password, takenUsername, newUsername] = process.argv.slice(2);
const network = require('./isolate.cjs')(gatewayUrl);

const cloudbase = require('@cloudbase/js-sdk');

const seen = {};

/** Methods of this SDK do not throw: they tell `data` and `error`. */
function note(name, { data, error }) {
  const { code, errorCode, message, category } = error ?? {};
  seen[name] = error ? { code, errorCode, message, category } : data;
}

async function play() {
  const app = cloudbase.init({ env: 'demo-env-1' });
  app.registerEndPointWithKey({ key: 'GATEWAY', url: gatewayUrl.replace('http:', ''), protocol: 'http' });
  const auth = app.auth();
  const tokens = async () => (await auth.getSession()).data.session;

  note('wrongPassword', await auth.signInWithPassword({ username, password: 'Wrong_123' }));
  note('signIn', await auth.signInWithPassword({ username, password }));
  note('user', await auth.getUser());
  const changes = { nickname: '张三', gender: 'MALE', description: 'A developer', username: newUsername };
  note('update', await auth.updateUser(changes));
  note('userAfterUpdate', await auth.getUser());
  note('takenUsername', await auth.updateUser({ username: takenUsername }));
  note('badNickname', await auth.updateUser({ nickname: 'Z' }));

  seen.tokensBeforeRefresh = await tokens();
  note('refresh', await auth.refreshSession());
  seen.tokensAfterRefresh = await tokens();
  note('userAfterRefresh', await auth.getUser());
  note('signOut', await auth.signOut());
  note('userAfterSignOut', await auth.getUser());
}

play().then(
  () => process.stdout.write(JSON.stringify({ seen, network }), () => process.exit(0)),
  (error) => process.stderr.write(`${error?.stack ?? JSON.stringify(error)}\n`, () => process.exit(1)),
);
