import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { simpleParser } from 'mailparser';
import { idiomJson, makePlace, serve, stopServing } from '../support/command-line';
import { wires } from '../support/wires';

async function post(
  address: string,
  method: string,
  headers: Record<string, string>,
  body: object,
): Promise<Response> {
  return fetch(address, {
    method,
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
}

test('the log of a whole session holds no password, no code and no token', async () => {
  const place = await makePlace('external');
  const gateway = await serve({ ...place.environment, LOG_LEVEL: 'trace' });
  const secrets: string[] = [];
  const secret = (value: string): string => {
    secrets.push(value);
    return value;
  };
  try {
    const { url } = gateway;
    const first = secret('First-Secret-11');
    const wrong = secret('Wrong-Secret-22');
    await idiomJson(
      ['user', 'create', '--username', 'logged_user', '--password-stdin'],
      place.environment,
      first,
    );

    const registered = await post(
      `${url}/api/register`,
      'POST',
      {},
      {
        user_name: 'registered',
        password: secret('Third-Secret-33'),
        email: 'registered@example.com',
      },
    );
    secret(((await registered.json()) as { data: { token: string } }).data.token);

    const sessions = [];
    for (const wire of Object.values(wires)) {
      await expect(wire.signIn(url, 'logged_user', wrong)).rejects.toThrow('no token');
      const session = await wire.signIn(url, 'logged_user', first);
      secret(session.token);
      if (session.refreshToken !== undefined) secret(session.refreshToken);
      for (const field of wire.writes)
        expect(await wire.write(url, session.token, { field, value: 'Somebody' })).toBe(true);
      sessions.push(session);
    }
    const [anqicms = '', cloudbase = '', lancens = ''] = sessions.map(({ token }) => token);
    const refreshToken = sessions[1]?.refreshToken ?? '';

    const refreshed = await post(
      `${url}/auth/v1/token`,
      'POST',
      {},
      { grant_type: 'refresh_token', refresh_token: refreshToken },
    );
    const grant = (await refreshed.json()) as { access_token: string; refresh_token: string };
    secret(grant.access_token);
    secret(grant.refresh_token);

    const address = 'logged@example.com';
    const asked = await post(
      `${url}/v1/api/user/emailcode/email`,
      'PUT',
      { token: lancens },
      { email: address },
    );
    expect(asked.status).toBe(200);
    const outbox = path.join(place.dataDir, 'outbox');
    const [name = ''] = (await readdir(outbox)).filter((file) => file.endsWith('.eml'));
    const mail = await simpleParser(await readFile(path.join(outbox, name)));
    const code = secret(/^\s*(\d{6})\s*$/m.exec(mail.text ?? '')?.[1] ?? '');
    const wrongCode = secret(code === '135790' ? '135791' : '135790');
    const change = (value: string) =>
      post(`${url}/v1/api/user/emails`, 'PUT', { token: lancens }, { email: address, code: value });
    expect((await change(wrongCode)).status).toBe(400);
    expect((await change(code)).status).toBe(200);

    // Tokens where they do not belong, bodies that are none, and a cookie.
    await fetch(`${url}/v1/api/user?token=${lancens}`);
    await fetch(`${url}/nowhere?token=${anqicms}`, { headers: { cookie: `token=${anqicms}` } });
    await fetch(`${url}/api/login`, { method: 'POST', body: `{"password":"${first}"` });
    await fetch(`${url}/auth/v1/signin`, { method: 'POST', body: `{"password":"${first}"` });
    await post(
      `${url}/v1/api/user/logout`,
      'POST',
      { token: lancens },
      { token: lancens, username: 'logged_user' },
    );
    await post(
      `${url}/auth/v1/revoke`,
      'POST',
      { Authorization: `Bearer ${cloudbase}` },
      { token: cloudbase },
    );
  } finally {
    expect(await stopServing(gateway)).toBe(0);
  }
  await place.remove();

  const log = gateway.stdout() + gateway.stderr();
  expect(log.match(/"msg":"request"/g)?.length).toBeGreaterThan(15);
  const found = secrets.filter((value) => {
    expect(value).not.toBe('');
    // Six digits may stand in a longer number by chance.
    return value.length > 6 ? log.includes(value) : new RegExp(`(?<![\\w.-])${value}(?![\\w.-])`).test(log);
  });
  expect(found).toEqual([]);
});
