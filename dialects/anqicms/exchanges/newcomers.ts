import type { Exchange } from '../../../src/contract';
import { failure, found, newcomer, post, withCookie, type Facts } from './answers';

/** What the exchanges about signing up have in common (reference 4.2). */
export const path = '/api/register';
export const password = '12345678';
export const email = 'zhang.san@example.com';
export const phone = '13800138000';
export const person = { user_name: 'zhangsan', password, real_name: '张三', email, phone };
export const fresh: Facts = { kind: 'success', arrange: { nobody: true } };
export const badPhone = failure('手机号不正确');
export const noContact = failure('邮箱和手机号至少填写一个');

type Members = Readonly<Record<string, unknown>>;

/** `sent`: what differs from `person`. `shown`: how the new user differs from `newcomer`. */
export function registers(how: string, sent: Members, shown: Members, facts: Facts = fresh): Exchange {
  const body = { ...person, ...sent };
  return post(
    `one registers ${how}`,
    path,
    body,
    withCookie(found({ ...newcomer, ...shown }), '<cookie_for_a_day>'),
    facts,
  );
}

/** `sent`: what differs from `person`. */
export function refuses(what: string, sent: Members, response: Exchange['response'], facts: Facts): Exchange {
  return post(`registering ${what}`, path, { ...person, ...sent }, response, facts);
}
