import type { ProfileChanges, UserCaller } from '../../src/core';
import {
  actionsOf,
  at,
  callerOf,
  newcomer,
  problemOf,
  prove,
  signedIn,
  startCore,
  type TestCore,
} from './support';

let world: TestCore;
let strict: TestCore;
beforeAll(async () => {
  world = await startCore();
  strict = await startCore({ settings: { requireVerifiedContact: true } });
});
afterAll(async () => {
  await world.stop();
  await strict.stop();
});

const update = (caller: UserCaller, changes: ProfileChanges, test = world, context = at('web')) =>
  test.core.updateProfile({ caller, changes }, context);

test('only the named fields are written, and the history names them', async () => {
  const caller = await newcomer(world, { username: 'u1', profile: { nickname: 'N', bio: 'B' } });
  const { user } = await update(caller, { nickname: '', gender: 'female' });
  expect(user).toMatchObject({ username: 'u1', nickname: '', bio: 'B', gender: 'female' });
  const { entries } = await world.core.listHistory({ userId: user.id, limit: 1 }, at('web'));
  expect(entries).toMatchObject([{ action: 'profile_updated', fields: ['nickname', 'gender'] }]);
  expect((await update(caller, { gender: null })).user.gender).toBeNull();
});

test('writers of different fields all win', async () => {
  const caller = await newcomer(world, { username: 'u2' });
  const changes: ProfileChanges[] = [
    { nickname: 'n' },
    { realName: 'r' },
    { firstName: 'f' },
    { lastName: 'l' },
    { bio: 'b' },
    { gender: 'male' },
    { email: 'u2@example.com' },
    { phone: '13800000701' },
    { username: 'u2-new' },
    { avatar: 'uploads/a.webp' },
    { locale: 'zh-CN' },
  ];
  await Promise.all(changes.map((change) => update(caller, change)));
  const { user } = await world.core.findUser({ identifier: String(caller.user.id) }, at('operator'));
  expect(user).toMatchObject({
    nickname: 'n',
    realName: 'r',
    firstName: 'f',
    lastName: 'l',
    bio: 'b',
    gender: 'male',
    email: 'u2@example.com',
    phone: '+8613800000701',
    username: 'u2-new',
    avatar: 'uploads/a.webp',
    locale: 'zh-CN',
  });
});

test('a taken identifier changes nothing, and the first in the order is named', async () => {
  await newcomer(world, { username: 'u3', email: 'u3@example.com' });
  const caller = await newcomer(world, { username: 'u4' });
  const changes = { username: 'U3', email: 'u3@example.com', nickname: 'no' };
  expect(await problemOf(update(caller, changes))).toEqual({
    code: 'identifier_taken',
    identifier: 'username',
  });
  const identifierOrder = ['email', 'username', 'phone'] as const;
  expect(await problemOf(world.core.updateProfile({ caller, changes, identifierOrder }, at('web')))).toEqual({
    code: 'identifier_taken',
    identifier: 'email',
  });
  expect((await world.core.findUser({ identifier: 'u4' }, at('operator'))).user.nickname).toBe('');
  expect(await actionsOf(world, caller.user.id)).toEqual(['user_registered']);
});

test.each<[ProfileChanges, object]>([
  [{ nickname: 'x'.repeat(65) }, { field: 'nickname', rule: 'length' }],
  [{ bio: 'a\u0000' }, { field: 'bio', rule: 'format' }],
  [{ realName: '\ud800' }, { field: 'realName', rule: 'format' }],
  [{ username: '138-000-000' }, { field: 'username', rule: 'reserved' }],
  [{ email: 'x' }, { field: 'email', rule: 'format' }],
  [{ phone: '1' }, { field: 'phone', rule: 'format' }],
])('%j is refused', async (changes, problem) => {
  const caller = await newcomer(world, {});
  expect(await problemOf(update(caller, changes))).toMatchObject(problem);
});

test('lengths count characters, not halves of them', async () => {
  const caller = await newcomer(world, {});
  expect((await update(caller, { nickname: '😀'.repeat(64) })).user.nickname).toHaveLength(128);
});

describe('a contact', () => {
  test('that changes loses its proof, and the same one keeps it in any spelling', async () => {
    const proof = { proofToken: await prove(world, { email: 'k1@example.com' }) };
    const caller = await newcomer(world, { proof });
    const again = await update(caller, { email: 'K1@Example.com' });
    expect(again.user).toMatchObject({
      email: 'K1@Example.com',
      emailVerifiedAt: caller.user.emailVerifiedAt,
    });
    expect(world.mails.at(-1)?.kind).not.toBe('email_changed');
    expect((await update(caller, { email: 'k2@example.com' })).user.emailVerifiedAt).toBeNull();
    expect(world.mails.at(-1)).toMatchObject({
      kind: 'email_changed',
      to: 'k1@example.com',
      newAddress: 'k2@example.com',
    });
  });

  test('that was never proven is replaced without a notice, and a notice that fails fails nothing', async () => {
    const caller = await newcomer(world, { email: 'k3@example.com' });
    const before = world.mails.length;
    await update(caller, { email: 'k4@example.com' });
    expect(world.mails.length).toBe(before);
    const proof = { proofToken: await prove(world, { email: 'k5@example.com' }) };
    const proven = await newcomer(world, { proof });
    world.sending.fails = true;
    expect((await update(proven, { email: 'k6@example.com' })).user.email).toBe('k6@example.com');
    world.sending.fails = false;
    expect(world.warnings.at(-1)).toMatch('notice');
  });

  test("is proven by the caller's own waiting proof, once", async () => {
    const caller = await newcomer(world, {});
    const stranger = await newcomer(world, {});
    await prove(world, { email: 'k7@example.com' }, { caller });
    expect((await update(stranger, { email: 'k7@example.com' })).user.emailVerifiedAt).toBeNull();
    await update(stranger, { email: 'k8@example.com' });
    expect((await update(caller, { email: 'K7@example.com' })).user.emailVerifiedAt).not.toBeNull();
    await update(caller, { email: 'k9@example.com' });
    expect((await update(caller, { email: 'k7@example.com' })).user.emailVerifiedAt).toBeNull();
  });

  test('is proven by an anonymous proof from the same device, and from no other and none', async () => {
    const device = at('sdk', { deviceId: 'device-0123456789' });
    const other = at('sdk', { deviceId: 'device-9876543210' });
    const caller = await newcomer(world, {}, 'sdk');
    await prove(world, { phone: '+8613800000702' }, { context: device });
    for (const context of [other, at('sdk')]) {
      const { user } = await update(caller, { phone: '13800000702' }, world, context);
      expect(user.phoneVerifiedAt).toBeNull();
    }
    const { user } = await update(caller, { phone: '13800000702' }, world, device);
    expect(user.phoneVerifiedAt).not.toBeNull();
    const nowhere = await newcomer(world, {}, 'sdk');
    await prove(world, { phone: '+8613800000703' });
    expect((await update(nowhere, { phone: '13800000703' })).user.phoneVerifiedAt).toBeNull();
  });

  test('is not proven by a proof of eleven minutes ago', async () => {
    const caller = await newcomer(world, {});
    await prove(world, { email: 'k10@example.com' }, { caller });
    world.clock.advance(600);
    expect((await update(caller, { email: 'k10@example.com' })).user.emailVerifiedAt).toBeNull();
  });

  test('makes a person of an anonymous user once it is proven, and the device lets go', async () => {
    const device = at('sdk', { deviceId: 'device-lets-go-01' });
    const anonymous = await callerOf(world, await world.core.signInAnonymously({}, device), 'sdk');
    const change = (changes: ProfileChanges) => update(anonymous, changes, world, device);
    const changes = { email: 'k21@example.com', username: 'k21' };
    expect((await change(changes)).user).toMatchObject({ kind: 'anonymous', emailVerifiedAt: null });
    expect((await world.core.signInAnonymously({}, device)).user.id).toBe(anonymous.user.id);
    await prove(world, { email: 'k21@example.com' }, { caller: anonymous });
    expect((await change(changes)).user).toMatchObject({ kind: 'person', username: 'k21' });
    expect((await world.core.signInAnonymously({}, device)).user.id).not.toBe(anonymous.user.id);
    const devices = 'SELECT FROM anonymous_devices WHERE user_id = $1';
    expect(await world.sql(devices, [anonymous.user.id])).toEqual([]);
  });

  test('must be proven where the operator says so; the own unchanged one need not', async () => {
    const caller = await newcomer(strict, { username: 's1', email: 's1@example.com' });
    expect(
      await problemOf(update(caller, { email: 'S1@example.com', nickname: 'n' }, strict)),
    ).toBeUndefined();
    expect(await problemOf(update(caller, { email: 's2@example.com' }, strict))).toEqual({
      code: 'contact_unverified',
      identifier: 'email',
    });
    await prove(strict, { email: 's2@example.com' }, { caller });
    expect((await update(caller, { email: 's2@example.com' }, strict)).user.emailVerifiedAt).not.toBeNull();
  });
});

describe('somebody else', () => {
  test('is edited and read by an administrator or a program, and by nobody else', async () => {
    const target = await newcomer(world, { username: 'target' });
    const other = await newcomer(world, { username: 'other' });
    const made = await newcomer(world, { username: 'boss', password: 'secret-1' });
    await world.core.setUserRole({ userId: made.user.id, role: 'admin' }, at('operator'));
    const boss = await signedIn(world, 'boss', 'secret-1');
    const userId = target.user.id;
    const edit = (caller: UserCaller | { kind: 'client'; clientId: string }, nickname: string) =>
      problemOf(world.core.updateProfile({ caller, userId, changes: { nickname } }, at('web')));
    const denied = { code: 'permission_denied' };
    expect(await edit(other, 'x')).toEqual(denied);
    expect(await problemOf(world.core.getProfile({ caller: other, userId }, at('web')))).toEqual(denied);
    expect(await edit(boss, 'by-boss')).toBeUndefined();
    expect(await edit({ kind: 'client', clientId: 'c1' }, 'by-program')).toBeUndefined();
    const { entries } = await world.core.listHistory({ userId, limit: 2 }, at('web'));
    expect(entries.map((entry) => entry.actor)).toEqual(['client:c1', `user:${boss.user.id}`]);
    expect((await world.core.getProfile({ caller: boss, userId }, at('web'))).user.nickname).toBe(
      'by-program',
    );
    for (const unknown of [999_999, 0, -1, 2 ** 31, 1.5, Number.NaN]) {
      expect(await problemOf(world.core.getProfile({ caller: boss, userId: unknown }, at('web')))).toEqual({
        code: 'user_not_found',
      });
    }
  });

  test('has contacts that no proof of the administrator proves', async () => {
    const target = await newcomer(world, { username: 'target2' });
    const caller: UserCaller = { ...target, user: { ...target.user, role: 'admin' } };
    const other = await newcomer(world, { username: 'target3' });
    await prove(world, { email: 'k11@example.com' }, { caller: other });
    const { user } = await world.core.updateProfile(
      { caller, userId: other.user.id, changes: { email: 'k11@example.com' } },
      at('web'),
    );
    expect(user.emailVerifiedAt).toBeNull();
  });
});

test('an avatar replaces the earlier one and leaves the time of the last update', async () => {
  const caller = await newcomer(world, { username: 'pictured' });
  world.clock.advance(60);
  const { avatar } = await world.core.replaceAvatar({ caller, image: Buffer.from('x') }, at('web'));
  const { user } = await world.core.findUser({ identifier: 'pictured' }, at('operator'));
  expect(user).toMatchObject({ avatar, updatedAt: caller.user.updatedAt });
  expect(await actionsOf(world, user.id)).toContain('avatar_replaced');
});

describe('changing the e-mail address by a code', () => {
  const request = (caller: UserCaller, email: string) => {
    world.clock.advance(61);
    return world.core.requestEmailChange({ caller, email, language: 'en' }, at('single'));
  };
  const change = (caller: UserCaller, email: string, code: string) =>
    world.core.changeEmail({ caller, email, code }, at('single'));
  const lastCode = () => {
    const mail = world.mails.filter(({ kind }) => kind === 'verification_code').at(-1);
    return mail?.kind === 'verification_code' ? mail.code : '';
  };

  test('binds exactly that address, as proven, once', async () => {
    const caller = await newcomer(world, { username: 'e1' });
    await request(caller, 'e1@example.com');
    const code = lastCode();
    expect(await problemOf(change(caller, 'e2@example.com', code))).toMatchObject({ reason: 'wrong' });
    expect((await change(caller, 'E1@example.com', code)).user).toMatchObject({
      email: 'E1@example.com',
      emailVerifiedAt: expect.any(Date),
    });
    expect(await problemOf(change(caller, 'e1@example.com', code))).toMatchObject({ reason: 'none' });
    expect(await actionsOf(world, caller.user.id)).toEqual([
      'user_registered',
      'email_change_requested',
      'code_refused',
      'email_changed',
      'code_refused',
    ]);
  });

  test('is for the user who asked, and not for what the codes of others are for', async () => {
    const caller = await newcomer(world, { username: 'e3' });
    const stranger = await newcomer(world, { username: 'e4' });
    await request(caller, 'e3@example.com');
    expect(await problemOf(change(stranger, 'e3@example.com', lastCode()))).toMatchObject({ reason: 'none' });
  });

  test('to an address that is taken meanwhile leaves the code good', async () => {
    const caller = await newcomer(world, { username: 'e5' });
    await request(caller, 'e5@example.com');
    const code = lastCode();
    const squatter = await newcomer(world, { email: 'e5@example.com' });
    const taken = { code: 'identifier_taken', identifier: 'email' };
    for (let tries = 0; tries < 6; tries += 1) {
      expect(await problemOf(change(caller, 'e5@example.com', code))).toEqual(taken);
    }
    expect(await problemOf(request(caller, 'e5@example.com'))).toEqual(taken);
    await update(squatter, { email: 'e6@example.com' });
    world.clock.advance(-61);
    expect(await problemOf(change(caller, 'e5@example.com', code))).toBeUndefined();
  });
});
