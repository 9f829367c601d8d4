import type { OperationName } from '../core';
import {
  actionsOf,
  type Action,
  type Declaration,
  type HeardResponse,
  type Route,
  type Said,
  type Speakable,
} from '../dialect';

/** One request of a client, and how its answer is heard. */
export interface PlannedCall {
  route: Route;
  /** What of the route it is. */
  action: Action;
  access: 'session' | 'optional' | 'public';
  said: Said;
  hear: ((response: HeardResponse) => unknown) | undefined;
}

/** What a command becomes in one dialect. */
export interface Plan {
  /** To be sent in this order. Empty when the dialect can say nothing of the command. */
  calls: readonly PlannedCall[];
  /** The fields that no call of the dialect can say. */
  unsaid: readonly string[];
}

type Fields = Readonly<Record<string, unknown>>;

/** An action without the knot between its operation and its command: see `perform` of the host, which cuts it too. */
interface UntiedAction {
  operation: OperationName;
  access: PlannedCall['access'];
  say?: (command: unknown) => Said | null;
  hear?: (response: HeardResponse) => unknown;
}

/** An action that a client can speak. */
interface Voice {
  route: Route;
  action: Action;
  access: PlannedCall['access'];
  say: (command: unknown) => Said | null;
  hear: PlannedCall['hear'];
}

/** The member of a command whose fields may travel apart, or be left out, where a wire has no call for all of them. */
const divisible: Readonly<Partial<Record<OperationName, { member: string; apart: boolean }>>> = {
  updateProfile: { member: 'changes', apart: true },
  registerUser: { member: 'profile', apart: false },
};

function voicesOf(declaration: Declaration, wanted: OperationName): Voice[] {
  return declaration.routes.flatMap((route) =>
    actionsOf(route).flatMap((action): Voice[] => {
      const { operation, access, say, hear } = action as unknown as UntiedAction;
      return operation !== wanted || say === undefined ? [] : [{ route, action, access, say, hear }];
    }),
  );
}

function callOf({ route, action, access, hear }: Voice, said: Said): PlannedCall {
  return { route, action, access, said, hear };
}

function pick(fields: Fields, names: readonly string[]): Fields {
  return Object.fromEntries(names.map((name) => [name, fields[name]]));
}

/** As many of `names` as one call can say; a field may need another beside it, so that those left over are tried again. */
function sayMost(
  say: (names: readonly string[]) => Said | null,
  names: readonly string[],
): { said: Said | null; names: readonly string[] } {
  let chosen: readonly string[] = [];
  let said = say(chosen);
  for (let grown = true; grown;) {
    grown = false;
    for (const name of names.filter((candidate) => !chosen.includes(candidate))) {
      const wider = say([...chosen, name]);
      if (wider === null) continue;
      chosen = [...chosen, name];
      said = wider;
      grown = true;
    }
  }
  return { said, names: chosen };
}

function planDivided(
  voices: readonly Voice[],
  command: Fields,
  { member, apart }: { member: string; apart: boolean },
): Plan {
  const fields = (command[member] ?? {}) as Fields;
  const calls: PlannedCall[] = [];
  let unsaid: readonly string[] = Object.keys(fields).filter((name) => fields[name] !== undefined);
  for (const voice of voices) {
    if (calls.length > 0 && (!apart || unsaid.length === 0)) break;
    const most = sayMost((names) => voice.say({ ...command, [member]: pick(fields, names) }), unsaid);
    if (most.said === null || (apart && most.names.length === 0)) continue;
    calls.push(callOf(voice, most.said));
    unsaid = unsaid.filter((name) => !most.names.includes(name));
  }
  return { calls, unsaid };
}

/**
 * How a client of this dialect would carry out a command: by the one call that can say all of it, else field by field,
 * by as many calls as that takes.
 */
export function planCalls<O extends OperationName>(
  declaration: Declaration,
  operation: O,
  command: Speakable<O>,
): Plan {
  const voices = voicesOf(declaration, operation);
  for (const voice of voices) {
    const said = voice.say(command);
    if (said !== null) return { calls: [callOf(voice, said)], unsaid: [] };
  }
  const division = divisible[operation];
  if (division === undefined) return { calls: [], unsaid: Object.keys(command) };
  return planDivided(voices, command, division);
}

/** Whether the dialect has a call for the operation at all. */
export function speaks(declaration: Declaration, operation: OperationName): boolean {
  return voicesOf(declaration, operation).length > 0;
}
