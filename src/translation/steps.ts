import type { Chosen, OperationName, ProfileChanges } from '../core';
import type { Speakable } from '../dialect';
import type { BlankKind } from './blanks';

/** One command on the way. */
export interface Step {
  operation: OperationName;
  command: object;
}

/** What a way is chosen by. */
export interface DetourContext {
  /** A value that whoever sends the calls fills in. */
  blank: (kind: BlankKind, text: string, source: string) => string;
  /** Whether the original call came from somebody who has signed in. */
  signedIn: boolean;
}

/** A way to do the same with other operations: its commands in their order. `later`: what an update may still add. */
export interface Way {
  steps: readonly Step[];
  later?: ProfileChanges;
}

export function step<O extends OperationName>(operation: O, command: Speakable<O>): Step {
  return { operation, command };
}

export const way = (...steps: readonly Step[]): Way => ({ steps });

/** A command without the members that have no value. */
type Compact<T> = { [M in keyof T as undefined extends T[M] ? never : M]: T[M] } & {
  [M in keyof T as undefined extends T[M] ? M : never]?: Exclude<T[M], undefined>;
};

export function compact<T extends object>(command: T): Compact<T> {
  return Object.fromEntries(Object.entries(command).filter(([, value]) => value !== undefined)) as Compact<T>;
}

export const chosen = (value: Chosen | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined;

export const codeOf = ({ blank }: DetourContext): string =>
  blank('code', '<code>', 'the mail or text message that asking for a code sends');
const verificationIdOf = ({ blank }: DetourContext): string =>
  blank('token', '<verification id>', 'the answer to asking for the code');
export const proofTokenOf = ({ blank }: DetourContext): string =>
  blank('token', '<proof token>', 'the answer to redeeming the code, or the link of the mail');

export type Target = { email: string } | { phone: string };

export const redeemCode = (context: DetourContext): Step =>
  step('redeemCode', { verificationId: verificationIdOf(context), code: codeOf(context) });

/** Asks for a code and redeems it, unless the original call brought what is as good. */
export function proving(
  target: Target,
  audience: 'registered' | 'unregistered',
  proof: { proofToken: string } | { code: string } | undefined,
  context: DetourContext,
): Step[] {
  if (proof !== undefined) return 'proofToken' in proof ? [] : [redeemCode(context)];
  return [step('requestCode', { purpose: 'prove', target, audience, language: 'en' }), redeemCode(context)];
}
