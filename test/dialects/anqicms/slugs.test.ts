import { inviteCodeOf, urlTokenOf } from '../../../dialects/anqicms/slugs';

test.each([
  [1, '10l55fb'],
  [2, '7g1ogd'],
  [3, 'ugzi57'],
  [1000, '1dzil93'],
])('the invitation code of user %i is %s', (id, code) => {
  expect(inviteCodeOf(id)).toBe(code);
});

test.each([
  ['Zhang San', 'zhang-san'],
  ['张三', 'zhang-san'],
  ['updated_user', 'updated-user'],
  ['李Si4', 'li-si4'],
  ['a😀b', 'a-b'],
  ['__A__', 'a'],
  ['Ünal', 'nal'],
  ['😀', ''],
  ['', ''],
  ['女', 'nv'],
  ['x'.repeat(120), 'x'.repeat(100)],
  [`${'x'.repeat(99)} y`, 'x'.repeat(99)],
])('%j is addressed as %j', (name, token) => {
  expect(urlTokenOf(name)).toBe(token);
});
