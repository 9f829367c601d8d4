import type { OperationName } from '../core';
import { endpointOf } from '../dialect';
import { plainFacts } from './effects';
import { untie, type Fields, type Identified } from './identify';
import type { Side } from './side';
import type { Lack, PlannedWay } from './ways';

/** Why a call is refused however it is said. */
const lackNotes: Readonly<Record<Lack, (target: string) => string>> = {
  captcha: (target) => `${target} asks for a captcha here, and none of its calls draws one.`,
  proof: (target) =>
    `The gateway stores an address or a number only once it is proven (REQUIRE_VERIFIED_CONTACT), which no call of ${target} does before this one: it is refused.`,
};

/** The members of a command that want something, with their values. */
function wantedOf(command: Fields, show: (text: string) => string): string[] {
  return Object.entries(plainFacts(command)).flatMap(([name, value]): string[] => {
    if (value === '' || value === undefined) return [];
    if (Array.isArray(value)) return [`${name} ${show(value.join(', '))}`];
    if (Buffer.isBuffer(value)) return [name];
    if (typeof value === 'object' && value !== null) return wantedOf(value as Fields, show);
    return [`${name} ${show(typeof value === 'string' ? value : JSON.stringify(value))}`];
  });
}

/** Why a dialect has no calls for a command. `show`: a text as anybody may read it. */
export function reasonOf(
  { name, contract: { unsupported, gaps } }: Side,
  { operation, command }: { operation: OperationName; command: Fields },
  show: (text: string) => string,
): string {
  const given = unsupported[operation] ?? gaps?.[operation];
  if (given !== undefined) return given;
  const wanted = wantedOf(command, show);
  const which = wanted.length === 0 ? 'that asks for this' : `that says this: ${wanted.join(', ')}`;
  return `${name} has a call for ${operation}, but none ${which}`;
}

/** What is to be known of a request before its calls are sent. `plan`: the best way to carry out another command of its operation. */
export function notesOn(
  { operation, command, action, token }: Identified & { kind: 'command' },
  way: PlannedWay | null,
  { from, to, plan }: { from: Side; to: Side; plan: (command: Fields) => PlannedWay | undefined },
): string[] {
  const notes = (way?.lacks ?? []).map((lack) => lackNotes[lack](to.name));
  if (token === undefined && ['session', 'caller'].includes(untie(action).access))
    notes.push(
      `The request came without an access token, so that ${from.name} refuses it as it stands; browsers leave tokens out of what they export.`,
    );
  const { userId, ...ofCaller } = command;
  if (userId !== undefined && ['getProfile', 'updateProfile'].includes(operation)) {
    const endpoints = plan(ofCaller)
      ?.calls.map(({ call }) => endpointOf(call.route))
      .join(', ');
    if (endpoints !== undefined)
      notes.push(
        `The request names a user by id. Where that is whoever calls, ${to.name} says it with ${endpoints}; of others, each dialect admits what its own rules allow.`,
      );
  }
  return notes;
}
