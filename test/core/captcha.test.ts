import { at, problemOf, startCore, type TestCore } from './support';

let world: TestCore;
beforeAll(async () => {
  world = await startCore();
});
afterAll(() => world.stop());

const rejected = { code: 'captcha_rejected' };
const draw = async () => {
  const { captchaId } = await world.core.createCaptcha({ format: 'png' }, at('web'));
  return { captchaId, text: world.pictures.at(-1) ?? '' };
};
const check = (answer: { captchaId: string; text: string }) => world.core.checkCaptcha(answer, at('web'));
const signIn = (captcha: object) =>
  problemOf(
    world.core.signIn(
      { identifier: 'nobody', password: 'x', captcha: { when: 'always', ...captcha } },
      at('web'),
    ),
  );
const passed = { code: 'invalid_credentials' };

test('a picture is of the wanted format and four clear characters, and only a hash of them is stored', async () => {
  const { image, captchaId, expiresInSeconds } = await world.core.createCaptcha({ format: 'gif' }, at('web'));
  expect([image.toString(), expiresInSeconds]).toEqual(['gif', 300]);
  expect(captchaId).toMatch(/^[0-9A-Za-z]{20}$/);
  expect(world.pictures.at(-1)).toMatch(/^[1234567890qwertyuipkjhgfdsazxcvbnm]{4}$/);
  const rows = await world.sql<{ secret_hash: Buffer }>('SELECT secret_hash FROM tickets');
  expect(rows[0]?.secret_hash).toHaveLength(32);
});

test('an answer is good once, in either case, within five minutes', async () => {
  const first = await draw();
  await check({ ...first, text: first.text.toUpperCase() });
  expect(await problemOf(check(first))).toEqual(rejected);
  const late = await draw();
  world.clock.advance(300);
  expect(await problemOf(check(late))).toEqual(rejected);
  const parallel = await draw();
  const outcomes = await Promise.all([1, 2, 3].map(() => problemOf(check(parallel))));
  expect(outcomes.filter((outcome) => outcome === undefined)).toHaveLength(1);
});

test('a wrong answer uses the picture up, an empty one does not', async () => {
  const picture = await draw();
  expect(await problemOf(check({ ...picture, text: '' }))).toEqual(rejected);
  expect(await problemOf(check({ ...picture, text: '!!!!' }))).toEqual(rejected);
  expect(await problemOf(check(picture))).toEqual(rejected);
  expect(await problemOf(check({ captchaId: 'a\u0000', text: 'abcd' }))).toEqual(rejected);
});

test('a pass is good for several calls within ten minutes, an answer for one', async () => {
  const { captchaPass: pass } = await check(await draw());
  expect(await signIn({ pass })).toEqual(passed);
  expect(await signIn({ pass })).toEqual(passed);
  world.clock.advance(600);
  expect(await signIn({ pass })).toEqual(rejected);
  const { captchaId, text } = await draw();
  expect(await signIn({ answer: { captchaId, text } })).toEqual(passed);
  expect(await signIn({ answer: { captchaId, text } })).toEqual(rejected);
});

test('a picture is no pass, and a pass is no picture', async () => {
  const { captchaId, text } = await draw();
  expect(await signIn({ pass: captchaId })).toEqual(rejected);
  const { captchaPass } = await check({ captchaId, text });
  expect(await signIn({ answer: { captchaId: captchaPass, text } })).toEqual(rejected);
});

test('is asked for when it always is, and never when it never is', async () => {
  expect(await signIn({})).toEqual({ code: 'captcha_required' });
  expect(await signIn({ when: 'never' })).toEqual(passed);
});

test('also before a code is sent', async () => {
  const request = (captcha: object) =>
    problemOf(
      world.core.requestCode(
        {
          caller: null,
          purpose: 'prove',
          target: { email: 'captcha@example.com' },
          audience: 'anyone',
          language: 'en',
          captcha: { when: 'always', ...captcha },
        },
        at('sdk'),
      ),
    );
  expect(await request({})).toEqual({ code: 'captcha_required' });
  expect(await request({ answer: await draw() })).toBeUndefined();
});
