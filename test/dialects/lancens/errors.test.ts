import { actionsOf, type WireProblem } from '../../../src/dialect';
import lancens from '../../../dialects/lancens';
import { contract } from '../../../dialects/lancens/contract';
import { answerTo, declared, declaredWith401, meta } from './wire';

const rows: readonly [WireProblem, number, string][] = [
  [{ code: 'access_token_rejected', reason: 'malformed' }, 400, 'invalid token'],
  [{ code: 'access_token_rejected', reason: 'missing' }, 400, 'no token'],
  [{ code: 'access_token_rejected', reason: 'unknown' }, 400, 'invalid token'],
  [{ code: 'access_token_rejected', reason: 'expired' }, 400, 'invalid token'],
  [{ code: 'access_token_rejected', reason: 'ended' }, 400, 'invalid token'],
  [{ code: 'access_token_rejected', reason: 'superseded' }, 400, 'no user'],
  [{ code: 'access_token_rejected', reason: 'user_blocked' }, 400, 'no user'],
  [{ code: 'access_token_rejected', reason: 'user_gone' }, 400, 'no user'],
  [{ code: 'invalid_field', field: 'username', rule: 'reserved' }, 400, 'username error'],
  [{ code: 'invalid_field', field: 'nickname', rule: 'length' }, 400, 'realm length error'],
  [{ code: 'invalid_field', field: 'nickname', rule: 'format' }, 400, 'realm format error'],
  [{ code: 'invalid_field', field: 'email', rule: 'format' }, 400, 'email format error'],
  [{ code: 'invalid_field', field: 'phone', rule: 'format' }, 400, 'phone format error'],
  [{ code: 'invalid_field', field: 'password', rule: 'length' }, 400, 'password length error'],
  [{ code: 'invalid_field', field: 'code', rule: 'format' }, 400, 'code format error'],
  [{ code: 'invalid_field', field: 'identifier', rule: 'format' }, 400, 'username error'],
  [{ code: 'identifier_taken', identifier: 'username' }, 400, 'username exist'],
  [{ code: 'identifier_taken', identifier: 'email' }, 400, 'email exist'],
  [{ code: 'identifier_taken', identifier: 'phone' }, 400, 'phone exist'],
  [{ code: 'invalid_credentials' }, 400, 'username or password error'],
  [{ code: 'user_blocked' }, 400, 'username or password error'],
  [{ code: 'user_pending' }, 400, 'username or password error'],
  [{ code: 'too_many_requests', what: 'sign_in', retryAfterSeconds: 9 }, 400, 'username or password error'],
  [{ code: 'too_many_requests', what: 'verification_code', retryAfterSeconds: 9 }, 400, 'send error'],
  [{ code: 'delivery_failed', channel: 'email' }, 400, 'send error'],
  [{ code: 'wrong_password' }, 400, 'oldpassword error'],
  [{ code: 'verification_code_rejected', reason: 'none' }, 400, 'code error'],
  [{ code: 'verification_code_rejected', reason: 'wrong' }, 400, 'code error'],
  [{ code: 'verification_code_rejected', reason: 'expired' }, 400, 'code error'],
  [{ code: 'verification_code_rejected', reason: 'exhausted' }, 400, 'code error'],
  [{ code: 'user_not_found' }, 400, 'no data error'],
  [{ code: 'record_not_found' }, 400, 'no data error'],
  [{ code: 'api_key_rejected' }, 400, 'apikey error'],
  [{ code: 'contact_held' }, 400, 'no data error'],
  [{ code: 'client_rejected' }, 400, 'no data error'],
  [{ code: 'proof_rejected' }, 400, 'code error'],
  [{ code: 'captcha_required' }, 400, 'code error'],
  [{ code: 'captcha_rejected' }, 400, 'code error'],
  [{ code: 'sudo_rejected' }, 400, 'oldpassword error'],
  [{ code: 'device_required' }, 400, 'paramer error'],
  [{ code: 'link_not_allowed' }, 400, 'paramer error'],
  [{ code: 'delivery_failed', channel: 'sms' }, 400, 'send error'],
  [{ code: 'not_served' }, 400, 'no data error'],
  [{ code: 'malformed_body', detail: 'x' }, 400, 'paramer error'],
  [{ code: 'body_too_large' }, 400, 'paramer error'],
  [{ code: 'no_such_route' }, 404, 'no data error'],
  [{ code: 'storage_failed' }, 500, '10001'],
  [{ code: 'unexpected' }, 500, 'paramer error'],
];

it.each(rows)('answers %j with %d %s', (problem, status, message) => {
  expect(answerTo(problem)).toEqual({ status, body: { message } });
});

it.each(rows)(
  'turns only what is wrong with a token into 401 when so set: %j',
  (problem, status, message) => {
    const expected = problem.code === 'access_token_rejected' ? 401 : status;
    expect(answerTo(problem, declaredWith401)).toEqual({ status: expected, body: { message } });
  },
);

it.each([
  ['username', 'user exist'],
  ['email', 'email exist'],
  ['phone', 'phone exist'],
] as const)('has its own words for a taken %s at registration', (identifier, message) => {
  const register = declared.routes.flatMap(actionsOf).find(({ operation }) => operation === 'registerUser');
  expect(register?.errors?.identifier_taken?.({ code: 'identifier_taken', identifier }, meta)).toEqual({
    status: 400,
    body: { message },
  });
});

it('keeps to what its contract promises of problems', () => {
  const bare = [...rows.map(([problem]) => problem)];
  for (const [key, promised] of Object.entries(contract.problems)) {
    if (key.includes(':')) continue;
    const problem = bare.find((candidate) => Object.values(candidate).join(' ').startsWith(key));
    expect(problem && answerTo(problem)).toEqual(promised);
  }
});

it('takes 400 and 401 as the status of token errors, 400 unless told', () => {
  const { settings } = lancens;
  expect(settings.validate({}).value).toEqual({ LANCENS_AUTH_STATUS: 400 });
  expect(settings.validate({ LANCENS_AUTH_STATUS: '401' }).value).toEqual({ LANCENS_AUTH_STATUS: 401 });
  expect(settings.validate({ LANCENS_AUTH_STATUS: '403' }).error).toBeDefined();
});
