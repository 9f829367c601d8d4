import { startGateway } from '../../support/gateway';
import { newEmail, newPhone, newProvenPerson } from './contacts';
import { newName, newPerson, newUser, password, signIn, type Gateway, type Person } from './people';
import { playClient } from './play-client';

interface Step {
  told: Record<string, unknown>;
  calls: string[];
}

const e164 = (phone: string) => phone.replace(' ', '');

const names = {
  newName: newName(),
  newEmail: newEmail(),
  newPhone: newPhone(),
  knownEmail: newEmail(),
  knownPhone: newPhone(),
  nobodysEmail: newEmail(),
  resendEmail: newEmail(),
  changedEmail: newEmail(),
  changedPhone: newPhone(),
  boundEmail: newEmail(),
  boundPhone: newPhone(),
  lostEmail: newEmail(),
  lostPhone: newPhone(),
  wrongCodeEmail: newEmail(),
  upgradedEmail: newEmail(),
};

let gateway: Gateway;
let person: Person;
let proven: Person;
let steps: Record<string, Step>;
let strayed: string[];
const lost: number[] = [];
const known: number[] = [];
beforeAll(async () => {
  gateway = await startGateway();
  const contacts = { email: newEmail(), phone: newPhone() };
  person = await newPerson(gateway, { email: contacts.email, phone: e164(contacts.phone) });
  const provenEmail = newEmail();
  proven = await newProvenPerson(gateway, { email: provenEmail });
  known.push((await newUser(gateway, { email: names.knownEmail })).id);
  known.push((await newUser(gateway, { phone: e164(names.knownPhone) })).id);
  lost.push((await newUser(gateway, { email: names.lostEmail })).id);
  lost.push((await newUser(gateway, { phone: e164(names.lostPhone) })).id);
  const leaver = (await newUser(gateway)).username;
  const people = {
    ...names,
    password,
    person: { username: person.username, ...contacts },
    proven: { username: proven.username, email: provenEmail },
    leaver,
  };
  const played = await playClient('js-sdk-flows.cjs', [gateway.url, gateway.dataDir, JSON.stringify(people)]);
  steps = played.seen as Record<string, Step>;
  strayed = played.network.strayed;
});
afterAll(() => gateway.stop());

const told = (name: string) => steps[name]?.told;
const calls = (name: string) => steps[name]?.calls.map((call) => call.replace('/auth/v1/', ''));
const userOf = (id: number | string, metadata: object = {}) => ({
  user: { id: String(id), user_metadata: { uid: String(id), ...metadata } },
});

const signInCalls = ['POST signin', 'GET user/me'];

test('@cloudbase/js-sdk signs up by phone with a user name, and by e-mail', () => {
  expect(calls('signUpByPhoneStart')).toEqual(['POST verification']);
  expect(told('signUpByPhone')).toMatchObject({
    user: { phone: names.newPhone, user_metadata: { username: names.newName, name: '王五' } },
    session: { scope: 'user' },
  });
  expect(calls('signUpByPhone')).toEqual(
    expect.arrayContaining(['POST verification/verify', 'POST signup', 'GET user/me']),
  );
  expect(told('signUpByEmail')).toMatchObject({ user: { email: names.newEmail } });
});

test('whoever is known signs in by the same code instead', () => {
  expect(told('signUpAgain')).toMatchObject(userOf(known[0] ?? 0));
  expect(calls('signUpAgain')).toEqual(['POST verification/verify', ...signInCalls]);
  expect(told('otp')).toMatchObject(userOf(known[1] ?? 0));
  expect(told('otpOfNobody')).toMatchObject({ code: 'user_not_found', errorCode: 4004 });
  expect(told('resend')).toEqual({ messageId: expect.any(String) as string });
});

test('it does not take a code that is asked for too soon for a wrong one, as some words would make it', () => {
  expect(told('tooSoon')).toMatchObject({
    code: 'rate_limit_exceeded',
    errorCode: 4029,
    category: 'UNKNOWN',
  });
});

test.each(['byUsername', 'byEmail', 'byPhone'])('it signs in with a password %s', (name) => {
  expect(told(name)).toMatchObject(userOf(person.user.id, { username: person.username }));
  expect(calls(name)).toEqual(signInCalls);
});

test('it reads the user, who has no identities, and asks who is registered', () => {
  expect(told('getUser')).toMatchObject({ user: { id: String(person.user.id), is_anonymous: false } });
  expect(told('identities')).toEqual({ identities: [] });
  expect(told('registered')).toBe(true);
  expect(told('notRegistered')).toBe(false);
  expect(told('refresh')).toMatchObject(userOf(person.user.id));
  expect(calls('refresh')?.[0]).toBe('POST token');
});

test('it updates the profile by each of its methods', () => {
  expect(told('updateUser')).toMatchObject(userOf(person.user.id, { name: '张三', gender: 'MALE' }));
  expect(calls('updateUser')).toEqual(expect.arrayContaining(['POST user/basic/edit', 'GET user/me']));
  expect(told('updateUserBasicInfo')).toBeNull();
  expect(told('currentUserUpdate')).toBeNull();
  expect(calls('currentUserUpdate')).toEqual(['PATCH user/profile']);
});

test('it changes the contacts by code, which proves them', async () => {
  expect(told('changeEmail')).toMatchObject({ user: { email: names.changedEmail } });
  expect(told('changePhone')).toMatchObject({ user: { phone: names.changedPhone } });
  for (const name of ['changeEmail', 'changePhone']) {
    expect(calls(name)).toEqual(expect.arrayContaining(['POST verification/verify', 'POST user/basic/edit']));
  }
  const { user } = await gateway.core.findUser({ identifier: person.username }, gateway.operator);
  expect(user.emailVerifiedAt).not.toBeNull();
  expect(user.phoneVerifiedAt).not.toBeNull();
});

test.each(['bindEmail', 'bindPhoneNumber'])('it binds by %s', (name) => {
  expect(told(name)).toEqual({});
  expect(calls(name)).toEqual([
    'POST user/sudo',
    'POST verification',
    'POST verification/verify',
    'PATCH user/contact',
  ]);
  expect(told('me')).toMatchObject({
    user: { email: names.boundEmail, phone: names.boundPhone, user_metadata: { name: '李四' } },
  });
});

test('it changes the password by the old one and by sudo, and a wrong one leaves it signed in', () => {
  expect(told('wrongSudo')).toEqual({ error: 'invalid_password', error_code: 4001 });
  expect(told('passwordByOld')).toMatchObject(userOf(person.user.id));
  expect(calls('passwordByOld')?.slice(0, 2)).toEqual(['POST user/sudo', 'PATCH user/password']);
  expect(told('setPassword')).toEqual({});
  // Refused by the SDK itself, before anything is sent.
  expect(calls('updatePassword')).toEqual([]);
});

test('it re-authenticates by code and sets a new password', async () => {
  expect(told('reauthenticate')).toMatchObject(userOf(proven.user.id));
  expect(calls('reauthenticate')?.slice(0, 3)).toEqual([
    'POST verification/verify',
    'POST user/sudo',
    'PATCH user/password',
  ]);
  expect(await signIn(gateway, proven.username, `${password}_2`)).toMatchObject({ expires_in: 7200 });
});

test('it signs out either way', () => {
  expect(calls('signOutOfPerson')).toEqual(['POST revoke']);
  expect(told('signOutOfPerson')).toEqual({});
  expect(calls('signOutWithObject')).toEqual(['POST user/signout']);
  expect(told('userAfterSignOut')).toMatchObject({ code: 'unauthenticated' });
});

test.each(['recoverByEmail', 'recoverByPhone'])('it recovers a password: %s', (name) => {
  expect(told(name)).toMatchObject(userOf(lost[name === 'recoverByEmail' ? 0 : 1] ?? 0));
  expect(calls(name)).toEqual(['POST verification/verify', 'POST reset', ...signInCalls]);
});

test('it meets a wrong code', () => {
  expect(told('wrongCode')).toEqual({ error: 'invalid_verification_code', error_code: 4001 });
});

test('it deletes the user for the password only', () => {
  expect(told('deleteUserWrongly')).toMatchObject({ code: 'invalid_password', errorCode: 4001 });
  expect(told('deleteUser')).toEqual({});
  expect(calls('deleteUser')).toEqual(['POST user/sudo', 'DELETE user/me']);
  expect(told('leaverAgain')).toMatchObject({ code: 'invalid_username_or_password', errorCode: 4043 });
});

test('it signs in anonymously, and knows it', () => {
  expect(calls('anonymous')).toEqual(['POST signin/anonymously', 'GET user/me']);
  expect(told('anonymousUser')).toMatchObject({ user: { is_anonymous: true } });
});

test('it makes a full user of an anonymous one who proves an e-mail address', () => {
  expect(calls('bindAnonymousStart')).toEqual(['POST verification']);
  expect(told('bindAnonymous')).toMatchObject({ user: { email: names.upgradedEmail, is_anonymous: false } });
  expect(told('refreshOfBound')).toMatchObject({ session: { scope: 'user' } });
});

test('it calls nobody but the gateway', () => {
  expect(strayed).toEqual([]);
});
