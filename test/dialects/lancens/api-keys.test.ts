import { startGateway } from '../../support/gateway';
import { answerTo, created, newcomer, refused, sentCode, type Gateway } from './people';

let gateway: Gateway;
beforeEach(async () => {
  gateway = await startGateway();
});
afterEach(() => gateway.stop());

const makeKey = (): ReturnType<Gateway['core']['createApiKey']> =>
  gateway.core.createApiKey({ door: 'lancens', name: 'app' }, gateway.operator);
const register = (apikey: string): Promise<unknown> =>
  answerTo(gateway, 'POST', '/v1/api/user', { body: { ...newcomer(), apikey } });

it('makes keys of the form of live ones', async () => {
  expect((await makeKey()).apiKey).toMatch(/^[0-9a-f]{32}$/);
});

it('takes any well-formed key while there is none', async () => {
  expect(await register('0'.repeat(32))).toEqual(created);
  expect(await register('z'.repeat(32))).toEqual(created);
});

it('takes only registered keys once there is one, at every registration', async () => {
  const { apiKey } = await makeKey();
  expect(await register('0'.repeat(32))).toEqual(refused('apikey error'));
  expect(await register(apiKey)).toEqual(created);

  const { phone, email } = newcomer();
  for (const [path, contact] of [
    ['/v1/api/phone/register', { phone }],
    ['/v1/api/email/register', { email }],
  ] as const) {
    const code = await sentCode(gateway, 'register', contact);
    const body = { ...contact, code, password: 'Secret_123' };
    const wrong = { body: { ...body, apikey: '0'.repeat(32) } };
    expect(await answerTo(gateway, 'POST', path, wrong)).toEqual(refused('apikey error'));
    expect(await answerTo(gateway, 'POST', path, { body: { ...body, apikey: apiKey } })).toEqual(created);
  }
});

it('does not take a revoked key, and is not open again when the last one is revoked', async () => {
  const { id, apiKey } = await makeKey();
  await gateway.core.revokeApiKey({ id }, gateway.operator);
  expect(await register(apiKey)).toEqual(refused('apikey error'));
  expect(await register('0'.repeat(32))).toEqual(refused('apikey error'));
});
