import type { Exchange } from '../../../src/contract';
import { captchaInvalid, good, missing, notValid } from './answers';
import { rowsOf, typesOf, type Call } from './rows';

const query = { client_id: 'demo-env-1' };
const draw: Call = { method: 'POST', path: 'captcha/data', query };
const picture = good({ data: '<picture>', type: 'image', token: '<captcha>', expires_in: 300 });

const pictures: readonly Exchange[] = [
  ...rowsOf(draw, { kind: 'success', source: 'documented', answer: picture }, [['a picture is drawn', {}]]),
  ...rowsOf(draw, { kind: 'success', source: 'client', answer: picture }, [
    ['what an SDK says of the refused call is ignored', { state: 'POST:/v1/verification', redirect_uri: '' }],
  ]),
  ...rowsOf(draw, { kind: 'wrong_type', source: 'ours', answer: picture }, [
    ['a number for state is ignored as well', { state: 5 }],
    ['a body of any shape is ignored', '[]'],
  ]),
];

const verify: Call = { method: 'POST', path: 'captcha/data/verify', query };
const read = { token: '<captcha>', key: '<captcha text>' };
const pass = good({ captcha_token: '<captcha pass>', expires_in: 600 });
const drawn = { captcha: 'drawn' } as const;

const readings: readonly Exchange[] = [
  ...rowsOf(verify, { kind: 'success', source: 'documented', arrange: drawn }, [
    ['the text gives a pass', read, pass],
  ]),
  ...rowsOf(verify, { kind: 'error', source: 'ours', answer: captchaInvalid, arrange: drawn }, [
    ['a wrong text is refused', { token: '<captcha>', key: 'none' }],
    ['a picture that is none is refused', { token: 'none', key: 'ab12' }],
    ['a picture that was read is used up', read, captchaInvalid, { captcha: 'passed' }],
  ]),
  ...rowsOf(verify, { kind: 'boundary', source: 'documented', arrange: drawn }, [
    ['a picture of nearly 5 minutes ago is good', read, pass, { ...drawn, elapsed: 290 }],
    ['a picture of 5 minutes ago is refused', read, captchaInvalid, { ...drawn, elapsed: 300 }],
  ]),
  ...rowsOf(verify, { kind: 'boundary', source: 'ours' }, [
    ['a token is required', { key: 'ab12' }, missing('token')],
    ['a key is required', { token: 'none' }, missing('key')],
    ['an empty token is refused', { token: '', key: 'ab12' }, notValid('token')],
    ['an empty key is refused', { token: 'none', key: '' }, notValid('key')],
  ]),
  ...typesOf({ ...verify, beside: { token: 'none', key: 'ab12' } }, ['token', 'key']),
];

/** Captchas; reference 11. */
export const captchas: readonly Exchange[] = [...pictures, ...readings];
