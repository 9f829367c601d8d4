import type { Plan, PlannedCall, Speaker } from '../../src/contract';
import type { OperationName } from '../../src/core';
import type { ErrorTable, HeardResponse, Meta, Speakable, WireResponse } from '../../src/dialect';
import { startGateway, type TestGateway, type TestGatewayOptions } from '../support/gateway';
import { enter, newcomerAt, plainChange, settle, stranger, type Person } from '../support/people';
import { declarationOf, declare, speakerOf, subjects, type Subject } from '../support/subjects';

/** Everything that a provocation may use. */
interface Scene {
  gateway: TestGateway;
  subject: Subject;
  /** Nobody's client. */
  anyone: Speaker;
  /** The client of a user who has just signed in. */
  own: Speaker;
  userId: number;
}

/** What makes a wire answer with a problem; null when the wire has no call that could meet it. */
type Provocation = (scene: Scene) => Promise<HeardResponse | null>;

/** A command, spoken whole or not at all; the answer of its last call. */
async function say<O extends OperationName>(
  speaker: Speaker,
  operation: O,
  command: Speakable<O>,
): Promise<HeardResponse | null> {
  const { calls, unsaid }: Plan = speaker.plan(operation, command);
  if (calls.length === 0 || unsaid.length > 0) return null;
  let answer: HeardResponse | null = null;
  for (const call of calls) answer = await speaker.send(call);
  return answer;
}

/** A call of the wire that takes a JSON body and a token: the update of some field. */
function updateCall({ own }: Scene): PlannedCall {
  for (const field of ['nickname', 'bio', 'realName', 'username'] as const) {
    const { calls, unsaid } = own.plan('updateProfile', { changes: plainChange(field) });
    const [call] = calls;
    if (call !== undefined && unsaid.length === 0) return call;
  }
  throw new Error('this wire updates nothing');
}

/** The update call with other bytes for its body. */
async function sendBytes(
  scene: Scene,
  token: string,
  body: string | FormData,
  path?: string,
): Promise<HeardResponse> {
  const { route } = updateCall(scene);
  const declaration = declarationOf(scene.gateway, scene.subject);
  const response = await fetch(`${scene.gateway.url}${path ?? route.path}`, {
    method: route.method.toUpperCase(),
    headers: {
      ...(typeof body === 'string' && { 'content-type': 'application/json' }),
      ...declaration.accessToken.attach(token),
    },
    body,
  });
  return { status: response.status, headers: {}, body: await response.json() };
}

/** Another user of whom everything is known. */
const rival = (scene: Scene): Promise<Person & { id: number }> => settle(scene.gateway);

const takenByUpdate =
  (field: 'username' | 'email' | 'phone'): Provocation =>
  async (scene) =>
    say(scene.own, 'updateProfile', { changes: { [field]: (await rival(scene))[field] } });

const takenByRegistration =
  (field: 'username' | 'email' | 'phone'): Provocation =>
  async (scene) => {
    const taken = (await rival(scene))[field];
    const { nickname, ...fresh } = stranger();
    const command = { ...fresh, [field]: taken, signIn: true };
    const plan = scene.anyone.plan('registerUser', { ...command, profile: { nickname } });
    const [call] = plan.calls;
    return call === undefined ? null : scene.anyone.send(call);
  };

const refusedUpdate =
  (field: 'username' | 'email' | 'phone', value: string): Provocation =>
  ({ own }) =>
    say(own, 'updateProfile', { changes: { [field]: value } });

/** Somebody else's profile, by whichever call can name another user. */
async function meddle(scene: Scene, userId: number): Promise<HeardResponse | null> {
  const changes = plainChange('nickname');
  return (
    (await say(scene.own, 'getProfile', { userId })) ??
    (await say(scene.own, 'updateProfile', { userId, changes }))
  );
}

const provocations: Readonly<Record<string, Provocation>> = {
  'identifier_taken username': takenByUpdate('username'),
  'identifier_taken email': takenByUpdate('email'),
  'identifier_taken phone': takenByUpdate('phone'),
  'registerUser: identifier_taken username': takenByRegistration('username'),
  'registerUser: identifier_taken email': takenByRegistration('email'),
  'registerUser: identifier_taken phone': takenByRegistration('phone'),
  'requestEmailChange: identifier_taken email': async (scene) =>
    say(scene.own, 'requestEmailChange', { email: (await rival(scene)).email, language: 'en' }),
  'requestCode: identifier_taken email': async (scene) =>
    say(scene.anyone, 'requestCode', {
      purpose: 'register',
      target: { email: (await rival(scene)).email },
      audience: 'unregistered',
      language: 'en',
    }),
  'requestCode: identifier_taken phone': async (scene) =>
    say(scene.anyone, 'requestCode', {
      purpose: 'register',
      target: { phone: (await rival(scene)).phone },
      audience: 'unregistered',
      language: 'en',
    }),
  'changePassword: wrong_password': ({ own }) =>
    say(own, 'changePassword', { password: 'Another_123', authority: { oldPassword: 'Wrong_1234' } }),
  'recoverPassword: verification_code_rejected': async (scene) =>
    say(scene.anyone, 'recoverPassword', {
      contact: { email: (await rival(scene)).email },
      proof: { code: '123456' },
      password: 'Another_123',
    }),
  'registerUser: contact_required': async ({ anyone }) => {
    const { username, password } = stranger();
    return say(anyone, 'registerUser', { username, password, signIn: true });
  },
  'invalid_field username': refusedUpdate('username', 'reads@like.an.address'),
  'invalid_field email': refusedUpdate('email', 'no address'),
  'invalid_field phone': refusedUpdate('phone', 'no number'),
  invalid_credentials: async (scene) =>
    say(scene.anyone, 'signIn', { identifier: (await rival(scene)).username, password: 'Wrong_1234' }),
  proof_rejected: async (scene) => {
    const { email } = await rival(scene);
    const proof = { proofToken: 'made-up', code: '123456' };
    return say(scene.anyone, 'recoverPassword', { contact: { email }, proof, password: 'Another_123' });
  },
  user_blocked: async (scene) => {
    const { id, username, password } = await rival(scene);
    await scene.gateway.core.setUserStatus({ userId: id, status: 'blocked' }, scene.gateway.operator);
    return say(scene.anyone, 'signIn', { identifier: username, password });
  },
  user_pending: async (scene) => {
    const { id, username, password } = await rival(scene);
    await scene.gateway.core.setUserStatus({ userId: id, status: 'pending' }, scene.gateway.operator);
    return say(scene.anyone, 'signIn', { identifier: username, password });
  },
  access_token_rejected: (scene) => {
    const { format } = declarationOf(scene.gateway, scene.subject).accessToken;
    const unknown = format.kind === 'jwt' ? 'a.b.c' : format.alphabet.slice(0, 1).repeat(format.length);
    return say(scene.anyone.as(unknown), 'getProfile', {});
  },
  refresh_token_rejected: ({ anyone }) => say(anyone, 'refreshSession', { refreshToken: 'unknown' }),
  permission_denied: async (scene) => meddle(scene, (await rival(scene)).id),
  user_not_found: async (scene) => {
    await scene.gateway.core.setUserRole({ userId: scene.userId, role: 'admin' }, scene.gateway.operator);
    return meddle(scene, 2_000_000_000);
  },
  // A wire redeems a code where it changes the address, or for a proof.
  verification_code_rejected: async ({ own, anyone }) =>
    (await say(own, 'changeEmail', { email: 'never.asked@example.com', code: '123456' })) ??
    say(anyone, 'redeemCode', {
      verificationId: '00000000-0000-4000-8000-000000000000',
      code: '123456',
    }),
  wrong_password: ({ own }) => say(own, 'confirmCaller', { credential: { password: 'Not_mine_1' } }),
  sudo_rejected: ({ own }) => say(own, 'deleteUser', { sudoToken: 'made-up' }),
  captcha_rejected: ({ anyone }) => say(anyone, 'checkCaptcha', { captchaId: 'made-up', text: 'ab12' }),
  client_rejected: ({ anyone }) => say(anyone, 'signInClient', { clientId: 'nobody', secret: 'made-up' }),
  'too_many_requests verification_code': async ({ own }) => {
    const command = { email: stranger().email, language: 'en' };
    await say(own, 'requestEmailChange', command);
    return say(own, 'requestEmailChange', command);
  },
  delivery_failed: async ({ own, anyone }) =>
    (await say(own, 'requestEmailChange', { email: stranger().email, language: 'en' })) ??
    say(anyone, 'requestCode', {
      purpose: 'prove',
      target: { email: stranger().email },
      audience: 'anyone',
      language: 'en',
    }),
  'too_many_requests sign_in': async (scene) => {
    const { username: identifier, password } = await rival(scene);
    for (let failures = 0; failures < 10; failures += 1) {
      await say(scene.anyone, 'signIn', { identifier, password: 'Wrong_1234' });
    }
    return say(scene.anyone, 'signIn', { identifier, password });
  },
  avatar_rejected: ({ own }) => say(own, 'replaceAvatar', { image: Buffer.from('no image') }),
  'malformed_upload no_file': async (scene) => {
    const [call] = scene.own.plan('replaceAvatar', { image: Buffer.alloc(1) }).calls;
    if (call === undefined) return null;
    const form = new FormData();
    form.append('not_the_file', 'text');
    const { token } = await newcomerAt(scene.gateway, scene.subject);
    return sendBytes(scene, token, form, call.route.path);
  },
  malformed_body: async (scene) => {
    const { token } = await newcomerAt(scene.gateway, scene.subject);
    return sendBytes(scene, token, '{"');
  },
  body_too_large: async (scene) => {
    const { token } = await newcomerAt(scene.gateway, scene.subject);
    const { jsonBytes } = declarationOf(scene.gateway, scene.subject).limits;
    return sendBytes(scene, token, JSON.stringify({ padding: 'x'.repeat(jsonBytes) }));
  },
  no_such_route: async (scene) => {
    const { token } = await newcomerAt(scene.gateway, scene.subject);
    const [mount] = declarationOf(scene.gateway, scene.subject).mounts;
    return sendBytes(scene, token, '{}', `${mount ?? ''}/no/such/call`);
  },
  storage_failed: async (scene) => {
    await scene.gateway.sql('ALTER TABLE users RENAME TO users_away');
    try {
      return await say(scene.own, 'getProfile', {});
    } finally {
      await scene.gateway.sql('ALTER TABLE users_away RENAME TO users');
    }
  },
};

/**
 * What no request brings about, with how the dialect puts it nevertheless: `unexpected` stands for faults that nobody
 * foresaw, and a fault that a request can cause is to be removed.
 */
const unprovoked: Readonly<Record<string, (errors: ErrorTable, meta: Meta) => WireResponse>> = {
  unexpected: (errors, meta) => errors.unexpected({ code: 'unexpected' }, meta),
};

const meta: Meta = {
  requestId: 'r-1',
  now: new Date(0),
  operation: null,
  request: {
    method: 'GET',
    path: '/',
    params: {},
    query: new URLSearchParams(),
    headers: {},
    body: undefined,
  },
};

/** What a gateway has to be like for a problem. */
const circumstances: Readonly<Record<string, TestGatewayOptions>> = {
  // Failures are counted by address too, and everybody here has the same.
  'too_many_requests sign_in': {},
  // Nobody listens at port 1.
  delivery_failed: { environment: { SMTP_URL: 'smtp://127.0.0.1:1' } },
};

/** The answers of a wire that differ from route to route stand under their own keys, and only a few wires have them. */
const literals = subjects.flatMap((subject) =>
  Object.entries(subject.contract.problems).map(([key, promised]) => ({ subject, key, promised })),
);

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.stop());

async function stage(at: TestGateway, subject: Subject): Promise<Scene> {
  const { id, username, password } = await settle(at);
  const anyone = speakerOf(at, subject);
  return { gateway: at, subject, anyone, own: (await enter(anyone, username, password)).speaker, userId: id };
}

describe.each(subjects)('$name', (subject) => {
  it.each(literals.filter((literal) => literal.subject === subject && !(literal.key in unprovoked)))(
    'answers $key with the literal answer of its contract',
    async ({ key, promised }) => {
      const provoke = provocations[key];
      if (provoke === undefined) throw new Error(`nobody knows how to provoke ${key}`);
      const options = circumstances[key];
      const at = options === undefined ? gateway : await startGateway(options);
      try {
        const answer = await provoke(await stage(at, subject));
        if (answer === null) throw new Error(`no client of this wire can meet ${key}`);
        expect({ status: answer.status, body: answer.body }).toEqual(promised);
        expect(subject.contract.judge(answer.status, answer.body)).toBe('failure');
      } finally {
        if (at !== gateway) await at.stop();
      }
    },
  );

  it('has the words of its contract for what no request brings about', () => {
    for (const [key, render] of Object.entries(unprovoked)) {
      const { status, body } = render(declare(subject).errors, meta);
      expect({ status, body }).toEqual(subject.contract.problems[key]);
    }
  });

  it('has a literal answer for every problem that its clients can bring about', async () => {
    const scene = await stage(gateway, subject);
    const unanswered: string[] = [];
    for (const [key, provoke] of Object.entries(provocations)) {
      if (key in subject.contract.problems || key in circumstances) continue;
      if ((await provoke(scene)) !== null) unanswered.push(key);
    }
    expect(unanswered).toEqual([]);
  });
});
