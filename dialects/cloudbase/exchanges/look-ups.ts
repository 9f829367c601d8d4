import type { Exchange } from '../../../src/contract';
import { badUsername, good, missing, reservedUsername, success, usernameTaken } from './answers';
import { rowsOf, type Call } from './rows';

const exist: Call = { method: 'GET', path: 'checkIfUserExist' };
const yes = good({ exist: true });
const no = good({ exist: false });

const existence: readonly Exchange[] = [
  ...rowsOf(exist, { kind: 'success', source: 'client' }, [
    ['nobody has this user name', { username: 'nobody_here', client_id: 'demo-env-1' }, no],
    ['somebody has this user name', { username: '<username>', client_id: 'demo-env-1' }, yes],
  ]),
  ...rowsOf(exist, { kind: 'success', source: 'ours' }, [
    ['an address identifies somebody too', { username: '<email>' }, yes],
    ['so does a phone number', { username: '+86 13000000000' }, yes, { own: { phone: '+8613000000000' } }],
    [
      'case does not tell user names apart',
      { username: 'ZHANG_SAN' },
      yes,
      { own: { username: 'zhang_san' } },
    ],
  ]),
  ...rowsOf(exist, { kind: 'boundary', source: 'ours' }, [
    ['a user name is required', {}, missing('username')],
    ['an empty user name is none', { username: '' }, missing('username')],
    ['what nobody could choose is nobody’s', { username: 'x'.repeat(500) }, no],
  ]),
];

const check: Call = { method: 'GET', path: 'checkUsername', credential: 'own' };

const names: readonly Exchange[] = [
  ...rowsOf(check, { kind: 'success', source: 'ours', answer: success }, [
    ['a free user name is nothing to speak of', { username: 'nobody_here' }],
  ]),
  ...rowsOf(check, { kind: 'error', source: 'ours', answer: usernameTaken }, [
    [
      'a user name that somebody has is refused',
      { username: '<taken username>' },
      usernameTaken,
      { other: 'somebody_else' },
    ],
    ['one’s own user name is somebody’s', { username: '<username>' }],
  ]),
  ...rowsOf(check, { kind: 'boundary', source: 'ours' }, [
    ['a user name is required', {}, missing('username')],
    ['an empty user name is none', { username: '' }, missing('username')],
    ['a user name of 2 characters may be free', { username: 'q7' }, success],
    ['a user name of 1 character could not be chosen', { username: 'q' }, badUsername],
    ['a user name of 49 characters could not be chosen', { username: 'q'.repeat(49) }, badUsername],
    ['a Chinese user name could not be chosen', { username: '张三' }, badUsername],
    [
      'a user name that reads as a phone number could not be chosen',
      { username: '13000000000' },
      reservedUsername,
    ],
  ]),
];

const query: Call = { method: 'GET', path: 'user/query', credential: 'own' };
const found = (members: object) => good({ total: 1, data: [{ sub: '<id>', name: 'San', ...members }] });
const nobody = good({ total: 0, data: [] });
const san = { own: { nickname: 'San', email: 'zhangsan@example', phone: '+8613000000000' } } as const;
const admin = { own: { ...san.own, role: 'admin' } } as const;

const queries: readonly Exchange[] = [
  ...rowsOf(query, { kind: 'success', source: 'ours', arrange: san }, [
    ['by user name no contact is shown', { username: '<username>' }, found({})],
    [
      'an address that was asked for is shown',
      { email: 'ZhangSan@example' },
      found({ email: 'zhangsan@example' }),
    ],
    [
      'a phone number that was asked for is shown',
      { phone_number: '+86 13000000000' },
      found({ phone_number: '+86 13000000000' }),
    ],
    ['an ID finds its user', { id: '<id>' }, found({})],
    ['what an SDK appends is ignored', { username: '<username>', appended_params: 'x' }, found({})],
    ['nobody has this user name', { username: 'nobody_here' }, nobody],
    ['nothing is asked and nobody found', {}, nobody],
    [
      'an administrator sees the contacts',
      { username: '<username>' },
      found({ email: 'zhangsan@example', phone_number: '+86 13000000000' }),
      admin,
    ],
  ]),
  ...rowsOf(
    { ...query, credential: 'none', headers: { authorization: '<client bearer>' } },
    { kind: 'success', source: 'ours' },
    [
      [
        'a program sees the contacts too',
        { username: '<username>' },
        found({ email: 'zhangsan@example', phone_number: '+86 13000000000' }),
        { ...san, client: true },
      ],
    ],
  ),
  ...rowsOf(query, { kind: 'boundary', source: 'ours', answer: nobody }, [
    ['an ID beyond all of ours is nobody’s', { id: '9007199254740993' }],
    ['an ID of zero is nobody’s', { id: '0' }],
  ]),
  ...rowsOf(query, { kind: 'wrong_type', source: 'ours', answer: nobody }, [
    ['what is no ID is nobody’s', { id: 'me,you' }],
  ]),
];

/** Who is there; reference 8.2 and 11. */
export const lookUps: readonly Exchange[] = [...existence, ...names, ...queries];
