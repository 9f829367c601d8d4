import {
  actionsOf,
  at,
  callerOf,
  codeTo,
  linkTokenTo,
  newcomer,
  problemOf,
  prove,
  signedIn,
  startCore,
  stateOf,
  sudo,
  type TestCore,
} from './support';

let world: TestCore;
let held: TestCore;
beforeAll(async () => {
  world = await startCore();
  held = await startCore({ settings: { contactHoldHours: 2 } });
});
afterAll(async () => {
  await world.stop();
  await held.stop();
});

const recover = async (
  test: TestCore,
  contact: { email: string } | { phone: string },
  password = 'recovered',
) => {
  test.clock.advance(61);
  await test.core.requestCode(
    { caller: null, purpose: 'recover', target: contact, audience: 'anyone', language: 'en' },
    at('web'),
  );
  const code = codeTo(test, 'email' in contact ? contact.email : contact.phone);
  return test.core.recoverPassword({ contact, proof: { code }, password }, at('web'));
};
const gone = { code: 'user_not_found' };

describe('recovering a password', () => {
  test('through a proven contact sets it, ends every session and keeps the rest', async () => {
    const proof = { proofToken: await prove(world, { email: 'r1@example.com' }) };
    const caller = await newcomer(world, {
      username: 'r1',
      email: 'r1@example.com',
      phone: '13800000301',
      password: 'secret-1',
      proof,
    });
    const other = await signedIn(world, 'r1', 'secret-1', 'sdk');
    const { user } = await recover(world, { email: 'r1@example.com' });
    expect(user).toMatchObject({ phone: '+8613800000301', hasPassword: true });
    expect([await stateOf(world, caller), await stateOf(world, other)]).toEqual(['ended', 'ended']);
    expect(await problemOf(signedIn(world, 'r1', 'secret-1'))).toEqual({ code: 'invalid_credentials' });
    expect(await problemOf(signedIn(world, 'r1', 'recovered'))).toBeUndefined();
    expect(await actionsOf(world, user.id)).toContain('password_recovered');
  });

  test('in another spelling goes to the address as its holder wrote it', async () => {
    await newcomer(world, { email: 'R7@example.com' });
    world.clock.advance(61);
    await world.core.requestCode(
      {
        caller: null,
        purpose: 'recover',
        target: { email: 'r7@EXAMPLE.com' },
        audience: 'registered',
        language: 'en',
      },
      at('web'),
    );
    const proof = { code: codeTo(world, 'R7@example.com') };
    const contact = { email: 'r7@example.com' };
    const call = world.core.recoverPassword({ contact, proof, password: 'recovered' }, at('web'));
    expect(await problemOf(call)).toBeUndefined();
  });

  test('of nobody fails only for somebody who has proven the contact', async () => {
    const password = 'recovered';
    const contact = { email: 'nobody@example.com' };
    expect(
      await problemOf(
        world.core.recoverPassword({ contact, proof: { code: '000000' }, password }, at('web')),
      ),
    ).toEqual({ code: 'verification_code_rejected', reason: 'none' });
    expect(await problemOf(recover(world, contact))).toEqual(gone);
  });

  test('refuses a weak password, and the code stays good', async () => {
    await newcomer(world, { email: 'r2@example.com' });
    expect(await problemOf(recover(world, { email: 'r2@example.com' }, 'x'))).toMatchObject({
      field: 'password',
    });
    const proof = { code: codeTo(world, 'r2@example.com') };
    const again = world.core.recoverPassword(
      { contact: { email: 'r2@example.com' }, proof, password: 'recovered' },
      at('web'),
    );
    expect(await problemOf(again)).toBeUndefined();
  });

  test('takes no proof of another contact', async () => {
    await newcomer(world, { email: 'r3@example.com' });
    const proof = { proofToken: await prove(world, { email: 'r4@example.com' }) };
    const call = world.core.recoverPassword(
      { contact: { email: 'r3@example.com' }, proof, password: 'recovered' },
      at('web'),
    );
    expect(await problemOf(call)).toEqual({ code: 'proof_rejected' });
  });

  test('is not for somebody who is blocked', async () => {
    const { user } = await newcomer(world, { email: 'r5@example.com' });
    await world.core.setUserStatus({ userId: user.id, status: 'blocked' }, at('operator'));
    expect(await problemOf(recover(world, { email: 'r5@example.com' }))).toEqual({ code: 'user_blocked' });
  });

  test('and a change of the password at once do not wait for each other for ever', async () => {
    const caller = await newcomer(world, { email: 'r6@example.com', password: 'secret-1' });
    const proofToken = await prove(world, { email: 'r6@example.com' });
    const outcomes = await Promise.all([
      problemOf(
        world.core.recoverPassword(
          { contact: { email: 'r6@example.com' }, proof: { proofToken }, password: 'recovered' },
          at('web'),
        ),
      ),
      ...[1, 2, 3].map((n) =>
        problemOf(
          world.core.changePassword(
            { caller, password: `changed-${n}`, authority: { oldPassword: 'secret-1' } },
            at('web'),
          ),
        ),
      ),
    ]);
    expect(outcomes[0]).toBeUndefined();
    expect(outcomes.map((outcome) => outcome?.code)).not.toContain('storage_failed');
    expect(await problemOf(signedIn(world, 'r6@example.com', 'recovered'))).toBeUndefined();
  });
});

describe('the first anonymous proof of an unproven contact makes the prover the owner', () => {
  const squat = (name: string) =>
    newcomer(world, {
      username: name,
      email: `${name}@example.com`,
      phone: `138000004${name.slice(-2)}`,
      password: 'squatter',
    });

  test('by recovering the password', async () => {
    const squatter = await squat('owner11');
    const { user } = await recover(world, { email: 'owner11@example.com' });
    expect(user).toMatchObject({
      email: 'owner11@example.com',
      emailVerifiedAt: expect.any(Date),
      phone: null,
    });
    expect(await stateOf(world, squatter)).toBe('ended');
    expect(await problemOf(signedIn(world, 'owner11', 'squatter'))).toEqual({ code: 'invalid_credentials' });
    expect(await problemOf(signedIn(world, 'owner11', 'recovered'))).toBeUndefined();
  });

  test('by signing in with a proof', async () => {
    const squatter = await squat('owner12');
    const { user } = await world.core.signInByProof(
      { proofToken: await prove(world, { phone: '+8613800000412' }) },
      at('sdk'),
    );
    expect(user).toMatchObject({ phoneVerifiedAt: expect.any(Date), email: null, hasPassword: false });
    expect(await stateOf(world, squatter)).toBe('ended');
    expect(await problemOf(signedIn(world, 'owner12', 'squatter'))).toEqual({ code: 'invalid_credentials' });
    expect(await actionsOf(world, user.id)).toEqual(expect.arrayContaining(['contact_claimed', 'signed_in']));
  });

  test('in parallel, once', async () => {
    const { user } = await squat('owner13');
    const proofs = [
      await prove(world, { email: 'owner13@example.com' }),
      await prove(world, { email: 'owner13@example.com' }),
    ];
    const outcomes = await Promise.all(
      proofs.map((proofToken) => problemOf(world.core.signInByProof({ proofToken }, at('sdk')))),
    );
    expect(outcomes).toEqual([undefined, undefined]);
    const live = await world.sql('SELECT id FROM sessions WHERE user_id = $1 AND ended_at IS NULL', [
      user.id,
    ]);
    expect(live).toHaveLength(2);
  });

  test('and a second proof changes nothing', async () => {
    await squat('owner14');
    await recover(world, { email: 'owner14@example.com' });
    const session = await signedIn(world, 'owner14', 'recovered');
    await world.core.signInByProof(
      { proofToken: await prove(world, { email: 'owner14@example.com' }) },
      at('sdk'),
    );
    expect(await stateOf(world, session)).toBe('good');
  });
});

describe('a contact that an edit set and nobody has proven', () => {
  beforeAll(async () => {
    const caller = await newcomer(world, { username: 'editor', password: 'secret-1' });
    await world.core.updateProfile(
      { caller, changes: { email: 'edited@example.com', phone: '13800000501' } },
      at('web'),
    );
  });

  test('recovers nothing', async () => {
    expect(await problemOf(recover(world, { email: 'edited@example.com' }))).toEqual(gone);
    expect(await problemOf(recover(world, { phone: '+8613800000501' }))).toEqual(gone);
  });

  test('signs nobody in by a proof', async () => {
    const proofToken = await prove(world, { email: 'edited@example.com' });
    expect(await problemOf(world.core.signInByProof({ proofToken }, at('sdk')))).toEqual(gone);
  });

  test('confirms nobody', async () => {
    const caller = await signedIn(world, 'editor', 'secret-1');
    const proofToken = await prove(world, { email: 'edited@example.com' }, { caller });
    expect(
      await problemOf(world.core.confirmCaller({ caller, credential: { proofToken } }, at('web'))),
    ).toEqual({
      code: 'proof_rejected',
    });
  });

  test('still signs in with the password', async () => {
    expect(await problemOf(signedIn(world, 'edited@example.com', 'secret-1'))).toBeUndefined();
  });
});

describe('a freshly changed contact is on hold', () => {
  test('for recovery, not for signing in, until the time is over', async () => {
    const caller = await newcomer(held, { username: 'holder', password: 'secret-1' });
    const proofToken = await prove(held, { email: 'new@example.com' }, { caller });
    await held.core.changeContact(
      {
        caller,
        contact: { email: 'new@example.com' },
        sudoToken: await sudo(held, caller, 'secret-1'),
        proofToken,
        onConflict: 'refuse',
      },
      at('web'),
    );
    expect(await problemOf(recover(held, { email: 'new@example.com' }))).toEqual(gone);
    const again = await prove(held, { email: 'new@example.com' });
    expect(await problemOf(held.core.signInByProof({ proofToken: again }, at('sdk')))).toBeUndefined();
    held.clock.advance(2 * 3600);
    expect(await problemOf(recover(held, { email: 'new@example.com' }))).toBeUndefined();
  });

  test('which one from the registration is not, proven with it or later', async () => {
    await newcomer(held, { email: 'first@example.com' });
    expect(await problemOf(recover(held, { email: 'first@example.com' }))).toBeUndefined();
    expect(await problemOf(recover(held, { email: 'first@example.com' }))).toBeUndefined();
    await newcomer(held, { proof: { proofToken: await prove(held, { email: 'second@example.com' }) } });
    expect(await problemOf(recover(held, { email: 'second@example.com' }))).toBeUndefined();
  });
});

describe('a link to verify an address', () => {
  test('proves it, signs in and is used up', async () => {
    const template = 'https://id.example.com/v?token={token}';
    await world.core.registerUser(
      {
        email: 'v1@example.com',
        signIn: false,
        emailLink: { template, use: 'verify_email', language: 'en' },
      },
      at('web'),
    );
    const proofToken = linkTokenTo(world, 'v1@example.com');
    const open = (email: string) => {
      const command = { caller: null, email, proofToken };
      return world.core.verifyEmailByLink(command, at('web'));
    };
    expect(await problemOf(open('nobody@example.com'))).toEqual(gone);
    await newcomer(world, { email: 'v2@example.com' });
    expect(await problemOf(open('v2@example.com'))).toEqual({ code: 'proof_rejected' });
    expect((await open('V1@example.com')).user.emailVerifiedAt).not.toBeNull();
    expect(await problemOf(open('v1@example.com'))).toEqual({ code: 'proof_rejected' });
  });
});

describe('changing a contact', () => {
  let names = 0;
  const prepare = async (contact: { email: string } | { phone: string }) => {
    names += 1;
    const caller = await newcomer(world, { username: `mover${names}`, password: 'secret-1' });
    const proofToken = await prove(world, contact, { caller });
    return { caller, contact, proofToken, sudoToken: await sudo(world, caller, 'secret-1') };
  };
  const change = (
    command: Awaited<ReturnType<typeof prepare>>,
    onConflict: 'refuse' | 'transfer' | 'close_and_transfer',
  ) => world.core.changeContact({ ...command, onConflict }, at('web'));

  test('binds it as proven, and uses the confirmation and the proof up', async () => {
    const command = await prepare({ phone: '+8613800000601' });
    const { user } = await change(command, 'refuse');
    expect(user).toMatchObject({ phone: '+8613800000601', phoneVerifiedAt: expect.any(Date) });
    expect(await problemOf(change(command, 'refuse'))).toEqual({ code: 'sudo_rejected' });
    const sudoToken = await sudo(world, command.caller, 'secret-1');
    expect(await problemOf(change({ ...command, sudoToken }, 'refuse'))).toEqual({ code: 'proof_rejected' });
    expect((await actionsOf(world, user.id)).filter((action) => action === 'phone_changed')).toHaveLength(1);
  });

  test('makes a person of an anonymous user', async () => {
    const device = at('sdk', { deviceId: 'device-binds-0001' });
    const caller = await callerOf(world, await world.core.signInAnonymously({}, device), 'sdk');
    await world.core.setUserPassword({ userId: caller.user.id, password: 'secret-1' }, at('operator'));
    const contact = { email: 'bound@example.com' };
    const again = await callerOf(world, await world.core.signInAnonymously({}, device), 'sdk');
    const proofToken = await prove(world, contact, { caller: again });
    const sudoToken = await sudo(world, again, 'secret-1');
    const { user } = await change({ caller: again, contact, proofToken, sudoToken }, 'refuse');
    expect(user).toMatchObject({ id: caller.user.id, kind: 'person' });
    expect((await world.core.signInAnonymously({}, device)).user.id).not.toBe(user.id);
  });

  test('from somebody whose claim is proven is refused in every mode, and uses nothing up', async () => {
    await newcomer(world, { proof: { proofToken: await prove(world, { email: 'm1@example.com' }) } });
    const command = await prepare({ email: 'm1@example.com' });
    expect(await problemOf(change(command, 'refuse'))).toEqual({
      code: 'identifier_taken',
      identifier: 'email',
    });
    expect(await problemOf(change(command, 'transfer'))).toEqual({ code: 'contact_held' });
    expect(await problemOf(change(command, 'close_and_transfer'))).toEqual({ code: 'contact_held' });
  });

  test('takes it from an unproven holder, who stays as far as there is another way in', async () => {
    const keeper = await newcomer(world, {
      username: 'keeper',
      email: 'm2@example.com',
      password: 'secret-1',
    });
    const command = await prepare({ email: 'm2@example.com' });
    expect(await problemOf(change(command, 'refuse'))).toMatchObject({ code: 'identifier_taken' });
    await change(command, 'transfer');
    expect(await stateOf(world, keeper)).toBe('good');
    const { user } = await world.core.findUser({ identifier: 'keeper' }, at('operator'));
    expect(user.email).toBeNull();
    const { entries } = await world.core.listHistory({ userId: user.id, limit: 1 }, at('operator'));
    expect(entries).toMatchObject([
      { action: 'profile_updated', fields: ['email'], actor: `user:${command.caller.user.id}` },
    ]);
  });

  test('closes the unproven holder when asked, or when nothing is left to come in by', async () => {
    const closed = await newcomer(world, {
      username: 'closed',
      email: 'm3@example.com',
      password: 'secret-1',
      extension: { a: 1 },
    });
    await change(await prepare({ email: 'm3@example.com' }), 'close_and_transfer');
    const bare = await newcomer(world, { email: 'm4@example.com', password: 'secret-1' });
    await change(await prepare({ email: 'm4@example.com' }), 'transfer');
    for (const holder of [closed, bare]) {
      expect(await stateOf(world, holder)).toBe('user_gone');
      const left = await world.sql('SELECT user_id FROM credentials WHERE user_id = $1', [holder.user.id]);
      expect(left).toEqual([]);
      expect((await actionsOf(world, holder.user.id)).at(-1)).toBe('user_deleted');
    }
    expect(await world.sql('SELECT user_id FROM extensions WHERE user_id = $1', [closed.user.id])).toEqual(
      [],
    );
  });

  test('two users who take from each other at once are both answered', async () => {
    const emails = ['m5@example.com', 'm6@example.com'] as const;
    const [one, two] = await Promise.all(
      emails.map((email, index) =>
        newcomer(world, { username: `cross${index}`, email, password: 'secret-1' }),
      ),
    );
    const command = async (caller: NonNullable<typeof one>, email: string) => ({
      caller,
      contact: { email },
      proofToken: await prove(world, { email }, { caller }),
      sudoToken: await sudo(world, caller, 'secret-1'),
    });
    if (one === undefined || two === undefined) throw new Error('nobody');
    const commands = [await command(one, emails[1]), await command(two, emails[0])];
    const outcomes = await Promise.all(commands.map((each) => problemOf(change(each, 'transfer'))));
    expect(outcomes.map((outcome) => outcome?.code)).not.toContain('storage_failed');
    expect(outcomes).toContain(undefined);
  });

  test('needs the proof of exactly this contact', async () => {
    const command = await prepare({ email: 'm7@example.com' });
    const call = change({ ...command, contact: { email: 'm8@example.com' } }, 'transfer');
    expect(await problemOf(call)).toEqual({ code: 'proof_rejected' });
    expect(await problemOf(change(command, 'transfer'))).toBeUndefined();
  });

  test('tells the previous proven address', async () => {
    const command = await prepare({ email: 'm9@example.com' });
    await change(command, 'refuse');
    const caller = await signedIn(world, 'm9@example.com', 'secret-1');
    await change(
      {
        caller,
        contact: { email: 'm10@example.com' },
        proofToken: await prove(world, { email: 'm10@example.com' }, { caller }),
        sudoToken: await sudo(world, caller, 'secret-1'),
      },
      'refuse',
    );
    expect(world.mails.at(-1)).toMatchObject({ kind: 'email_changed', to: 'm9@example.com' });
  });
});

describe('confirming who calls', () => {
  test('by password or by a proof of the own proven contact', async () => {
    const proof = { proofToken: await prove(world, { email: 'k1@example.com' }) };
    const caller = await newcomer(world, { proof, password: 'secret-1' });
    expect(
      await world.core.confirmCaller({ caller, credential: { password: 'secret-1' } }, at('web')),
    ).toMatchObject({
      expiresInSeconds: 900,
    });
    const proofToken = await prove(world, { email: 'k1@example.com' }, { caller });
    const confirm = (token: string) =>
      problemOf(world.core.confirmCaller({ caller, credential: { proofToken: token } }, at('web')));
    expect(await confirm(proofToken)).toBeUndefined();
    expect(await confirm(proofToken)).toEqual({ code: 'proof_rejected' });
    expect(await confirm(await prove(world, { email: 'k2@example.com' }))).toEqual({
      code: 'proof_rejected',
    });
    expect(await problemOf(sudo(world, caller, 'wrong'))).toEqual({ code: 'wrong_password' });
    expect((await actionsOf(world, caller.user.id)).slice(-2)).toEqual([
      'caller_confirmed',
      'confirmation_failed',
    ]);
  });
});
