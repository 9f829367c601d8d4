import { createLogger } from '../../src/platform/logger';
import type { LogLevel } from '../../src/platform/config';

function capture(level: LogLevel = 'info', pretty = false) {
  const lines: string[] = [];
  const logger = createLogger({ level, pretty }, { write: (line: string) => lines.push(line) });
  return { logger, lines, last: () => JSON.parse(lines.at(-1) ?? '') as Record<string, unknown> };
}

test('a line is one JSON object with an ISO time, written before the call returns', () => {
  const { logger, lines, last } = capture();
  logger.info({ userId: 1000 }, 'signed in');
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/^\{.*\}\n$/);
  expect(last()).toMatchObject({ level: 30, userId: 1000, msg: 'signed in' });
  expect(last()['time']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
});

test('the level decides what is written', () => {
  const quiet = capture('warn');
  quiet.logger.info('not this');
  quiet.logger.warn('this');
  expect(quiet.lines).toHaveLength(1);
  const silent = capture('silent');
  silent.logger.fatal('nothing');
  expect(silent.lines).toEqual([]);
});

test('secrets are replaced on the first two levels, whatever the spelling of their names', () => {
  const { logger, lines, last } = capture();
  const headers = {
    authorization: 'Bearer SECRET',
    token: 'SECRET',
    cookie: 'token=SECRET',
    'user-agent': 'curl',
  };
  const details = {
    password: 'SECRET',
    newPassword: 'SECRET',
    access_token: 'SECRET',
    refreshToken: 'SECRET',
    code: '424242',
    headers,
    body: { Password: 'SECRET', code: 424242, username: 'ada' },
  };
  logger.info(details, 'request');
  expect(lines.join('')).not.toMatch(/SECRET|424242/);
  expect(last()).toMatchObject({
    headers: { 'user-agent': 'curl', token: '[Redacted]' },
    body: { username: 'ada' },
  });
  expect(details.password).toBe('SECRET');
  expect(headers.token).toBe('SECRET');
});

test('codes that name a problem or an error stay readable', () => {
  const { logger, last } = capture();
  const error = Object.assign(new Error('duplicate key'), { code: '23505' });
  logger.error({ err: error, problem: { code: 'identifier_taken' }, code: 'ECONNREFUSED' }, 'failed');
  expect(last()).toMatchObject({
    err: { code: '23505', message: 'duplicate key' },
    problem: { code: 'identifier_taken' },
    code: 'ECONNREFUSED',
  });
});

test('lines without an object, and errors alone, are written too', () => {
  const { logger, last } = capture();
  logger.info('ready');
  expect(last()).toMatchObject({ msg: 'ready' });
  logger.error(new Error('broken'));
  expect(last()).toMatchObject({ msg: 'broken', err: { type: 'Error' } });
});

test('pretty lines are for people, at once, and just as silent about secrets', () => {
  const { logger, lines } = capture('info', true);
  logger.info({ token: 'SECRET', userId: 7 }, 'signed in');
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain('signed in');
  expect(lines[0]).toContain('7');
  expect(lines[0]).not.toContain('SECRET');
  expect(lines[0]).not.toMatch(/^\{/);
});
