import { readCodePhone } from '../code-phone';
import {
  chooseIdentifiers,
  refuseAfterIdentifiers,
  writeIdentifiers,
  type ChosenIdentifiers,
} from '../choose-identifiers';
import type { CheckedContact } from '../contacts';
import type { Deps } from '../deps';
import { openSession } from '../grant-session';
import { hashToken } from '../hash-token';
import type { User } from '../model';
import type { CallContext, Operation, RegisterUser, Registered } from '../operations';
import { CoreError, fail, type Problem } from '../problems';
import { withProof } from '../proofs';
import { remindUnproven } from '../remind-unproven';
import { checkProfileText, checkRecord, newPasswordProblem, type Identifier } from '../rules';
import { sendEmailLink } from '../send-email-link';
import { findApiKey } from '../store/clients';
import { setPasswordHash } from '../store/credentials';
import type { Queries } from '../store/database';
import { unbindDevices } from '../store/devices';
import { insertExtension } from '../store/extensions';
import { identifierValues, type ProfileValues } from '../store/profile-update';
import { insertUser, turnIntoPerson, updateUser } from '../store/users';
import { tell } from '../tell';

const nameAlphabet = 'abcdefghijklmnopqrstuvwxyz0123456789';
/** With 36^17 names to draw from, one clash is a wonder and a second one a fault. */
const nameTries = 3;

interface Registration {
  command: RegisterUser;
  choice: ChosenIdentifiers;
  values: ProfileValues;
  passwordHash: string | null;
}

/** The anonymous user who becomes the person; null for somebody new. */
function upgradedId({ anonymousCaller }: RegisterUser): number | null {
  return anonymousCaller?.user.kind === 'anonymous' ? anonymousCaller.user.id : null;
}

/** Writes the user and everything that comes with one. */
async function writeUser(
  deps: Deps,
  queries: Queries,
  context: CallContext,
  registration: Registration,
  proven: { kind: 'email' | 'phone'; key: string } | null,
): Promise<Registered> {
  const { command, values, passwordHash } = registration;
  const now = deps.clock();
  const options = { now, role: command.role ?? ('user' as const), hasPassword: passwordHash !== null };
  const anonymousId = upgradedId(command);
  let user: User;
  if (anonymousId === null) {
    user = await insertUser(queries, values, options);
  } else {
    user = (await turnIntoPerson(queries, anonymousId, values, options)) ?? fail({ code: 'user_not_found' });
    await unbindDevices(queries, anonymousId);
  }
  if (proven !== null) {
    // The contact came with the registration, and is proven besides: it is not changed, and no hold begins.
    const columns = proven.kind === 'email' ? { email_verified_at: now } : { phone_verified_at: now };
    user = (await updateUser(queries, user.id, columns)) ?? user;
  }
  if (passwordHash !== null) await setPasswordHash(queries, user.id, passwordHash, now);
  const extension = command.extension ?? null;
  if (extension !== null) await insertExtension(queries, user.id, context.door, checkRecord(extension));
  await tell(deps, queries, context, {
    userId: user.id,
    ...(context.door === 'operator' ? { actor: 'operator' } : {}),
    action: 'user_registered',
    fields: [...chosenFields(values), ...(passwordHash === null ? [] : ['password'])],
  });
  if (!command.signIn) return { user, extension, grant: null };
  return { extension, ...(await openSession(deps, queries, user, context)) };
}

/** The contact that the command names, which is the one that a proof must be of. */
function namedContact(accepted: readonly Identifier[]): CheckedContact | null {
  for (const { kind, shown, key } of accepted) if (kind !== 'username') return { kind, shown, key };
  return null;
}

/** The names of what was chosen; a wire may send the rest as empty. */
function chosenFields(values: ProfileValues): string[] {
  return Object.entries(values)
    .filter(([, value]) => value !== undefined && value !== null && value !== '')
    .map(([name]) => name);
}

/** A contact that only the proof names is chosen with it. */
function withProven(values: ProfileValues, proven: { kind: 'email' | 'phone'; key: string }): ProfileValues {
  if (values[proven.kind] !== undefined) return values;
  return proven.kind === 'phone'
    ? { ...values, phone: proven.key }
    : { ...values, email: { shown: proven.key, key: proven.key } };
}

async function register(deps: Deps, context: CallContext, registration: Registration): Promise<Registered> {
  const { command, choice, values } = registration;
  return writeIdentifiers(deps.db.knex, choice, upgradedId(command), () => {
    if (command.proof === undefined) {
      return deps.db.knex.transaction((queries) => writeUser(deps, queries, context, registration, null));
    }
    return withProof(
      deps,
      context,
      {
        proof: command.proof,
        contact: namedContact(choice.accepted),
        purpose: 'register',
        kinds: ['prove'],
      },
      (queries, proven) =>
        writeUser(deps, queries, context, { ...registration, values: withProven(values, proven) }, proven),
    );
  });
}

/** Draws names until one is free; everything else that fails, fails at once. */
async function registerWithDrawnName(
  deps: Deps,
  context: CallContext,
  registration: Registration,
  form: NonNullable<RegisterUser['generatedUsername']>,
): Promise<Registered> {
  for (let tries = 1; ; tries += 1) {
    const name = form.prefix + deps.randomness.text(nameAlphabet, form.length - form.prefix.length);
    const username = { shown: name, key: name };
    const nickname = form.asNickname === true ? { nickname: name } : {};
    const values = { ...nickname, ...registration.values, username };
    try {
      return await register(deps, context, { ...registration, values });
    } catch (error) {
      const taken =
        error instanceof CoreError &&
        error.problem.code === 'identifier_taken' &&
        error.problem.identifier === 'username';
      if (!taken || tries === nameTries) throw error;
    }
  }
}

/** A door that has keys admits no registration without one. */
async function checkApiKey(deps: Deps, context: CallContext, apiKey: string | undefined): Promise<void> {
  if (deps.doors.get(context.door)?.apiKeys === undefined) return;
  const verdict = await findApiKey(deps.db.knex, context.door, hashToken(apiKey ?? ''));
  if (verdict === 'bad') fail({ code: 'api_key_rejected' });
}

/** The command with the phone number that it means. */
async function withMeantPhone(deps: Deps, command: RegisterUser): Promise<RegisterUser> {
  const { phone, proof } = command;
  if (proof === undefined || typeof phone !== 'string') return command;
  return { ...command, phone: await readCodePhone(deps, phone, proof, 'register') };
}

async function registerOnce(deps: Deps, given: RegisterUser, context: CallContext): Promise<Registered> {
  const { db, passwords, settings } = deps;
  await checkApiKey(deps, context, given.apiKey);
  const command = await withMeantPhone(deps, given);
  const choice = chooseIdentifiers(command, {
    order: command.identifierOrder,
    region: settings.phoneRegion,
  });
  const stop = (problem: Problem, position: number) =>
    refuseAfterIdentifiers(db.knex, choice, { problem, position, exceptUserId: upgradedId(command) });
  if (choice.refusal !== null) await stop(choice.refusal.problem, choice.refusal.position);
  const brought = command.proof !== undefined && 'proofToken' in command.proof;
  if (command.contactRequired === true && !brought && namedContact(choice.accepted) === null) {
    await stop({ code: 'contact_required' }, choice.order.length);
  }
  const { password } = command;
  const unfit = password === undefined ? null : newPasswordProblem(password);
  if (unfit !== null) await stop(unfit, choice.order.length);
  const registration: Registration = {
    command,
    choice,
    values: { ...checkProfileText(command.profile ?? {}), ...identifierValues(choice.accepted) },
    passwordHash: password === undefined ? null : await passwords.hash(password),
  };
  const drawn = command.username === undefined ? command.generatedUsername : undefined;
  const registered =
    drawn === undefined
      ? await register(deps, context, registration)
      : await registerWithDrawnName(deps, context, registration, drawn);
  await sendEmailLink(deps, context, registered.user, command.emailLink);
  return registered;
}

/** Makes a user with everything that the command names, or nothing at all. */
export const registerUser =
  (deps: Deps): Operation<'registerUser'> =>
  async (command, context) => {
    try {
      return await registerOnce(deps, command, context);
    } catch (error) {
      await remindUnproven(deps, context, command, error);
      throw error;
    }
  };
