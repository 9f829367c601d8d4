import type { Exchange } from '../../../src/contract';
import { badParameter, failure, post, saved, signedIn, type Facts } from './answers';

const path = '/api/user/detail';
const own: Facts = { kind: 'success', given: signedIn, credential: 'own' };

type Rows = readonly (readonly [what: string, body: unknown, facts?: Partial<Facts>])[];

function rows(
  kind: Facts['kind'],
  response: Exchange['response'],
  facts: Partial<Facts>,
  list: Rows,
): Exchange[] {
  return list.map(([what, body, more]) =>
    post(`updating: ${what}`, path, body, response, { ...own, kind, ...facts, ...more }),
  );
}

const full = {
  own: {
    username: 'zhangsan',
    realName: '张三',
    bio: '你好',
    email: 'zhang.san@example.com',
    phone: '+8613800138000',
  },
};

const successes: readonly Exchange[] = [
  ...rows('success', saved, {}, [
    ['an update of nothing', {}],
    ['an update of the first name writes the real name too', { first_name: 'San' }],
    ['an update of first and last name', { first_name: 'San', last_name: 'Zhang' }],
    [
      'a real name wins over first and last name',
      { real_name: '张三', first_name: 'San', last_name: 'Zhang' },
    ],
    [
      'white space around what is updated is cut off',
      { user_name: ' zhangsan\u0085', introduce: '\u3000你好\n' },
    ],
    ['an update of members that nobody knows', { nickname: 'x', password2: [1, { two: 3 }] }],
    ['an update with members in capital letters', { USER_NAME: 'zhangsan', Introduce: '你好' }],
    ['an update with a member twice', '{"introduce":"one","introduce":"two"}'],
    ['an update with something behind its JSON', '{"introduce":"你好"} and more'],
    ['an update with half of a surrogate pair, which is read as U+FFFD', '{"introduce":"\\ud800"}'],
    [
      'an update of members that are read and ignored',
      {
        id: 1,
        birthday: 1,
        avatar_url: 'x',
        group_id: 3,
        status: -1,
        balance: 100,
        is_retailer: 1,
        parent_id: 2,
        password: 'x',
        invite_code: 'x',
        expire_time: 1,
        extra: { any: ['thing'] },
      },
    ],
    [
      'an update under another content type',
      { introduce: '你好' },
      { headers: { 'Content-Type': 'text/plain' } },
    ],
    [
      'an update by JSON that calls itself a form',
      { introduce: '你好' },
      { headers: { 'Content-Type': 'application/x-www-form-urlencoded' } },
    ],
  ]),
  ...rows('success', saved, { source: 'ours' }, [
    [
      'what one is shown may be sent back',
      {
        user_name: 'zhangsan',
        real_name: '张三',
        introduce: '你好',
        email: 'zhang.san@example.com',
        phone: '13800138000',
      },
      { arrange: full },
    ],
    ['one’s own user name in other letters', { user_name: 'ZhangSan' }, { arrange: full }],
    ['one’s own address in other letters', { email: 'Zhang.San@Example.com' }, { arrange: full }],
    ['one’s own phone number in another spelling', { phone: '+86 138-0013-8000' }, { arrange: full }],
    ['a number of another country', { phone: '+14155552671' }],
    ['a Chinese number that is no mobile one', { phone: '01012345678' }],
  ]),
];

const other = { other: 'lisi', otherContacts: { email: 'li.si@example.com', phone: '+8613900139000' } };
const taken: Partial<Facts> = {
  given: 'another user has the user name lisi, an address and a number',
  arrange: other,
};
const nameExists = failure('用户名已存在');
const badPhone = failure('手机号不正确');
const badEmail = failure('邮箱不正确');

const refusals: readonly Exchange[] = [
  ...rows('error', nameExists, taken, [
    ['a taken user name alone', { user_name: 'lisi' }, { source: 'documented' }],
    ['a taken user name in other letters', { user_name: 'LiSi' }],
    [
      'a taken user name is named before a taken number and address',
      { user_name: 'lisi', phone: '13900139000', email: 'li.si@example.com' },
    ],
  ]),
  ...rows('error', failure('该手机号已被注册'), taken, [
    ['a taken phone number', { phone: '13900139000' }],
    ['a taken phone number in another spelling', { phone: '+86 139 0013 9000' }, { source: 'ours' }],
    [
      'a taken phone number is named before a taken address',
      { phone: '13900139000', email: 'li.si@example.com' },
    ],
  ]),
  ...rows('error', failure('该邮箱已被注册'), taken, [
    ['a taken address', { email: 'li.si@example.com' }],
    ['a taken address in other letters', { email: 'Li.Si@EXAMPLE.com' }],
  ]),
  ...rows('error', badPhone, { source: 'ours' }, [
    ['a phone number of letters', { phone: 'abc' }],
    ['a phone number that cannot be dialled', { phone: '12' }],
    ['a phone number behind the code of a carrier', { phone: '1795113800138000' }],
    ['a phone number within a text', { phone: 'x 13800138000' }],
  ]),
  ...rows('error', badEmail, {}, [
    ['an address without a dot', { email: 'a@b' }],
    ['an address outside ASCII', { email: '张三@例子.com' }],
    ['an address within a text', { email: 'xx a@b.c yy' }, { source: 'ours' }],
  ]),
  ...rows('error', badParameter, { source: 'ours' }, [
    ['a user name that reads as an address', { user_name: 'a@b.cd' }],
    ['a user name that reads as a phone number', { user_name: '13900139000' }],
    ['a user name with U+0000', { user_name: 'a\u0000b' }],
    ['an introduction with U+0000', { introduce: 'a\u0000b' }],
  ]),
];

const boundaries: readonly Exchange[] = [
  ...rows('boundary', saved, {}, [
    ['an update that is null', null],
    [
      'an update whose members are null',
      { user_name: null, real_name: null, introduce: null, email: null, phone: null },
    ],
    ['an empty real name clears it', { real_name: '' }, { source: 'ours', arrange: full }],
    ['an introduction of white space clears it', { introduce: ' \u3000' }, { source: 'ours', arrange: full }],
    ['an empty user name changes nothing', { user_name: '' }, { source: 'ours', arrange: full }],
    ['an empty address and number change nothing', { email: '', phone: ' ' }, { arrange: full }],
  ]),
  ...rows('boundary', saved, { source: 'ours' }, [
    ['a user name of one character', { user_name: 'z' }],
    ['a user name of 64 characters', { user_name: '名'.repeat(64) }],
    ['a real name of 64 characters beyond the first plane', { real_name: '𠮷'.repeat(64) }],
    ['a first name of 32 characters', { first_name: '名'.repeat(32), real_name: 'x' }],
    ['a last name of 32 characters', { last_name: '名'.repeat(32) }],
    [
      'a first and a last name of 64 characters with the space',
      { first_name: 'f'.repeat(32), last_name: 'l'.repeat(31) },
    ],
    ['an introduction of 1000 characters', { introduce: '好'.repeat(1000) }],
    ['an address of 100 characters', { email: `${'a'.repeat(88)}@example.com` }],
    ['a phone number written in 20 characters', { phone: '+86 (138)  0013-8000' }],
  ]),
  ...rows('boundary', badParameter, { source: 'ours' }, [
    ['a user name of 65 characters', { user_name: '名'.repeat(65) }],
    ['a real name of 65 characters', { real_name: '名'.repeat(65) }],
    ['a first name of 33 characters', { first_name: '名'.repeat(33), real_name: 'x' }],
    ['a last name of 33 characters', { last_name: '名'.repeat(33) }],
    [
      'a first and a last name of 65 characters with the space',
      { first_name: 'f'.repeat(32), last_name: 'l'.repeat(32) },
    ],
    ['an introduction of 1001 characters', { introduce: '好'.repeat(1001) }],
    ['an address of 101 characters', { email: `${'a'.repeat(89)}@example.com` }],
    ['a phone number written in 21 characters', { phone: '+86 (138)  0013 -8000' }],
  ]),
];

/** Updates of the caller's own profile (reference 4.9), beyond the published ones. */
export const updates: readonly Exchange[] = [...successes, ...refusals, ...boundaries];
