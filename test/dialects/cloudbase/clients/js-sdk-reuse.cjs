'use strict';

// Signs in with the real @cloudbase/js-sdk, then refreshes with a token that was exchanged before.
const [gatewayUrl, username, password, usedRefreshToken] = process.argv.slice(2);
const network = require('./isolate.cjs')(gatewayUrl);

const cloudbase = require('@cloudbase/js-sdk');

async function play() {
  const app = cloudbase.init({ env: 'demo-env-1' });
  app.registerEndPointWithKey({ key: 'GATEWAY', url: gatewayUrl.replace('http:', ''), protocol: 'http' });
  const auth = app.auth();
  await auth.signInWithPassword({ username, password });
  const { code, message } = (await auth.refreshSession(usedRefreshToken)).error;
  const { session } = (await auth.getSession()).data;
  return { refresh: { code, message }, session: session ?? null };
}

play().then(
  (seen) => process.stdout.write(JSON.stringify({ seen, network }), () => process.exit(0)),
  (error) => process.stderr.write(`${error?.stack ?? JSON.stringify(error)}\n`, () => process.exit(1)),
);
