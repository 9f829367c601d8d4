import { startGateway } from '../../support/gateway';
import { answerTo, newPerson } from './people';

it('answers 500 10001 while the storage fails, and works again after', async () => {
  const gateway = await startGateway();
  try {
    const { username, password, token } = await newPerson(gateway);
    const failed = { status: 500, body: { message: '10001' } };
    await gateway.sql('ALTER TABLE users RENAME TO users_away', []);
    expect(await answerTo(gateway, 'GET', '/v1/api/user', { token })).toEqual(failed);
    expect(await answerTo(gateway, 'PUT', '/v1/api/user', { token, body: { realm: 'a' } })).toEqual(failed);
    const body = { username, password };
    expect(await answerTo(gateway, 'POST', '/v1/api/user/login', { body })).toEqual(failed);

    await gateway.sql('ALTER TABLE users_away RENAME TO users', []);
    expect(await answerTo(gateway, 'GET', '/v1/api/user', { token })).toMatchObject({ status: 200 });
  } finally {
    await gateway.stop();
  }
});
