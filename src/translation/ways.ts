import { planCalls, requestOf, sampleToken, type PlannedCall } from '../contract';
import type { OperationName, ProfileChanges } from '../core';
import { mapTexts, type Blanks } from './blanks';
import { detoursOf } from './detours';
import { compareEffects, type Difference } from './differences';
import { effectOf, type Deed } from './effects';
import { identify, type Fields, type Identified, type Wire } from './identify';
import { splitUrl, type CapturedRequest } from './inputs/captured';
import type { Step, Way } from './steps';

/** A call of the new dialect, and what that dialect makes of it when it comes. */
export interface CheckedCall {
  operation: OperationName;
  call: PlannedCall;
  /** What the call is to do, as far as it can be said. */
  meant: Fields;
  /** What the dialect reads where the call is sent: a command, or how it refuses it. */
  read: Identified;
}

/** A way that was planned in a dialect. */
export interface PlannedWay {
  calls: readonly CheckedCall[];
  differences: readonly Difference[];
  /** What the calls lack, so that one of them is refused as the gateway is set. */
  lacks: readonly Lack[];
}

export type Lack = 'captcha' | 'proof';

/** How the gateway is set that carries the commands out. */
export interface Terms {
  /** ISO 3166 code of the region whose phone numbers are written without a country code. */
  region: string;
  /** A contact is stored only once it is proven. */
  requiresProof: boolean;
}

/** Values that an earlier answer of the old dialect gave: those of the new one come from its own answers. */
const handedOn: Readonly<Record<string, readonly ['token' | 'code', string, string]>> = {
  proofToken: ['token', '<proof token>', 'the answer to redeeming the code, or the link of the mail'],
  sudoToken: ['token', '<sudo token>', 'the answer to confirming who calls'],
  verificationId: ['token', '<verification id>', 'the answer to asking for the code'],
  refreshToken: ['token', '<refresh token>', 'the answer to signing in'],
  code: ['code', '<code>', 'the mail or text message that asking for a code sends'],
  captchaId: ['token', '<captcha>', 'the answer to asking for a captcha'],
  text: ['code', '<captcha text>', 'whoever reads the picture of the captcha'],
  pass: ['token', '<captcha pass>', 'the answer to checking the captcha'],
};

/** The command with blanks in the place of what earlier answers gave. */
function withoutHanded(command: Fields, blanks: Blanks): Fields {
  return Object.fromEntries(
    Object.entries(command).map(([name, value]) => {
      const handed = handedOn[name];
      if (handed !== undefined && typeof value === 'string') {
        const [kind, text, source] = handed;
        return [name, blanks.take(kind, text, source)];
      }
      const isPlain =
        typeof value === 'object' && value !== null && !Array.isArray(value) && !Buffer.isBuffer(value);
      return [name, isPlain && name !== 'data' ? withoutHanded(value as Fields, blanks) : value];
    }),
  );
}

/** A planned call as it would arrive. */
function arriving(call: PlannedCall, { declaration }: Wire): CapturedRequest {
  const sent = requestOf(call, declaration, sampleToken(declaration.accessToken.format));
  const { file } = sent;
  return {
    label: '',
    method: sent.method,
    url: sent.target,
    ...splitUrl(sent.target),
    host: null,
    headers: {
      ...Object.fromEntries(Object.entries(sent.headers).map(([name, value]) => [name.toLowerCase(), value])),
      ...(file !== undefined && { 'content-type': 'multipart/form-data; boundary=-' }),
    },
    body: Buffer.from(sent.body ?? ''),
    ...(file !== undefined && { parts: [{ name: file.field, fileName: 'file' }] }),
  };
}

/** A command without what a plan leaves unsaid of the fields that may be left out. */
function withoutUnsaid(command: Fields, unsaid: readonly string[]): Fields {
  return Object.fromEntries(
    Object.entries(command).map(([name, value]) =>
      (name === 'changes' || name === 'profile') && typeof value === 'object' && value !== null
        ? [name, Object.fromEntries(Object.entries(value).filter(([field]) => !unsaid.includes(field)))]
        : [name, value],
    ),
  );
}

/** What a registration left out and an update may add. */
function laterChanges({ later = {} }: Way, { command }: Step, unsaid: readonly string[]): ProfileChanges {
  const { profile = {} } = command as { profile?: ProfileChanges };
  const left = Object.entries(profile).filter(([name, value]) => unsaid.includes(name) && value !== '');
  return { ...Object.fromEntries(left), ...later };
}

function planStep(wire: Wire, step: Step): { calls: CheckedCall[]; unsaid: readonly string[] } | null {
  const { operation, command } = step;
  // The step was made for its operation by a table that is typed so.
  const { calls, unsaid } = planCalls(wire.declaration, operation, command as never);
  if (calls.length === 0) return null;
  const meant = withoutUnsaid(command as Fields, unsaid);
  const checked = calls.map((call) => ({
    operation,
    call,
    meant,
    read: identify(wire, arriving(call, wire)),
  }));
  return { calls: checked, unsaid };
}

/** Whether a registration signs in, as the dialect reads it. */
function opensSession({ read, meant }: CheckedCall): boolean {
  const command = read.kind === 'command' ? read.command : meant;
  return command['signIn'] === true;
}

/** The calls that a registration needs behind it, to open the session that is wanted and to set what it could not say. */
function completion(
  wire: Wire,
  registration: readonly CheckedCall[],
  changes: ProfileChanges,
  wantsSession: boolean,
): CheckedCall[] {
  const nothing = Object.keys(changes).length === 0;
  const update = nothing ? null : planStep(wire, { operation: 'updateProfile', command: { changes } });
  if (registration.some(opensSession) || (update === null && !wantsSession)) return update?.calls ?? [];
  const { email, phone, username, password } = registration[0]?.meant ?? {};
  const identifier = username ?? email ?? phone;
  const entry = planStep(wire, { operation: 'signIn', command: { identifier, password } });
  return entry === null ? [] : [...entry.calls, ...(update?.calls ?? [])];
}

function planWay(wire: Wire, way: Way, wantsSession: boolean): CheckedCall[] | null {
  const calls: CheckedCall[] = [];
  for (const step of way.steps) {
    const planned = planStep(wire, step);
    if (planned === null) {
      // An update is one of several fields, and the others may be said by other steps.
      if (step.operation === 'updateProfile' && way.steps.length > 1) continue;
      return null;
    }
    calls.push(...planned.calls);
    if (step.operation === 'registerUser')
      calls.push(...completion(wire, planned.calls, laterChanges(way, step, planned.unsaid), wantsSession));
  }
  return calls.length === 0 ? null : calls;
}

/** What the dialect says that a call does: as it reads it, or where it refuses, as it was meant. */
function deedOf({ operation, read, meant }: CheckedCall): Deed {
  return read.kind === 'command'
    ? { operation: read.operation, command: read.command }
    : { operation, command: meant };
}

const isGiven = (value: unknown): boolean => typeof value === 'string' && value !== '';

/** What calls lack, in the order in which they are sent. */
function lacksOf(deeds: readonly Deed[], { requiresProof }: Terms): Lack[] {
  const lacks: Lack[] = [];
  let proven = false;
  for (const { operation, command } of deeds) {
    const { when, answer } = (command['captcha'] ?? {}) as Fields;
    if (operation === 'signIn' && when === 'always' && answer === undefined) lacks.push('captcha');
    const { email, phone } = (command['changes'] ?? {}) as Fields;
    const contacts = [email, phone].filter(isGiven).length;
    if (operation === 'updateProfile' && requiresProof && contacts > (proven ? 1 : 0)) lacks.push('proof');
    // A proof is good once.
    proven = operation === 'redeemCode';
  }
  return lacks;
}

/** Kinds of blanks that somebody has to think up, and that no answer gives. */
const invented: readonly string[] = ['username', 'nickname', 'password', 'url'];

function cost({ calls, differences, lacks }: PlannedWay, blanks: Blanks): readonly number[] {
  const texts = calls.map(({ call }) => JSON.stringify(mapTexts(call.said, (text) => text)));
  return [
    differences.filter(({ kind }) => kind === 'unsaid').length,
    calls.filter(({ read }) => read.kind === 'refused').length + lacks.length,
    blanks.usedIn(texts).filter(({ kind }) => invented.includes(kind)).length,
    differences.length,
    calls.length,
  ];
}

function comparePrices(one: readonly number[], other: readonly number[]): number {
  const at = one.findIndex((value, index) => value !== other[index]);
  return at === -1 ? 0 : (one[at] ?? 0) - (other[at] ?? 0);
}

/**
 * The ways to carry a command out in another dialect, the best first: the one that leaves least unsaid, then is refused least as far as
 * is known, then asks for the fewest values that nobody has yet, then takes the fewest calls. Empty when there is none.
 */
export function findWays(
  wire: Wire,
  original: { operation: OperationName; command: Fields; token: string | undefined },
  blanks: Blanks,
  terms: Terms,
): readonly PlannedWay[] {
  const { region } = terms;
  const { operation, token } = original;
  const command = withoutHanded(original.command, blanks);
  const ways = [
    { steps: [{ operation, command }] },
    ...detoursOf(operation, command, { blank: blanks.take, signedIn: token !== undefined }),
  ];
  const before = effectOf([{ operation, command }], region);
  return ways
    .flatMap((way) => {
      const calls = planWay(wire, way, before['session'] !== undefined);
      if (calls === null) return [];
      const deeds = calls.map(deedOf);
      const differences = compareEffects(before, effectOf(deeds, region), { target: wire.name, operation });
      const planned = { calls, differences, lacks: lacksOf(deeds, terms) };
      return [{ planned, price: cost(planned, blanks) }];
    })
    .sort((one, other) => comparePrices(one.price, other.price))
    .map(({ planned }) => planned);
}
