import { renderProblem } from '../contract';
import { CoreError, type CheckedField, type FieldRule, type OperationName } from '../core';
import {
  bodyOf,
  chooseStep,
  compileRegistry,
  RequestError,
  type Access,
  type Action,
  type Declaration,
  type Meta,
  type NamedDeclaration,
  type Registry,
  type Route,
  type Step,
  type WireProblem,
  type WireRequest,
  type WireResponse,
} from '../dialect';
import type { CapturedRequest } from './inputs/captured';
import { standIns } from './stand-in';

/** A command, whatever its operation. */
export type Fields = Readonly<Record<string, unknown>>;

/** A dialect with the look-up of its own calls. */
export interface Wire extends NamedDeclaration {
  registry: Registry<NamedDeclaration>;
}

export function createWire(named: NamedDeclaration): Wire {
  return { ...named, registry: compileRegistry([named], []) };
}

/** What a dialect makes of a request, up to the core's door. */
export type Identified =
  /** The path is under none of the dialect's mounts. */
  | { kind: 'foreign' }
  /** Answered without the core: an early answer, a fixed one, or one to a call that the wire has not. */
  | { kind: 'answered'; route?: Route; meta: Meta; answer: WireResponse; problem?: WireProblem }
  | { kind: 'refused'; route: Route; action?: Action; meta: Meta; problem: WireProblem; answer: WireResponse }
  | {
      kind: 'command';
      route: Route;
      action: Action;
      operation: OperationName;
      command: Fields;
      /** The access token that it came with, where one is looked for. */
      token: string | undefined;
      meta: Meta;
    };

interface UntiedAction {
  operation: OperationName;
  access: Access;
  read: (request: WireRequest, caller: unknown) => Fields;
}

/** The knot between an action's operation and its types, cut as the host cuts it: see `perform`. */
export const untie = (action: Action): UntiedAction => action as unknown as UntiedAction;

/** Stands for the bytes of a picture that nobody has here. */
const pictureBytes = Buffer.from('a picture');

function readUpload(route: Route, { parts, headers }: CapturedRequest): Buffer {
  const contentType = headers['content-type'] ?? '';
  if (!contentType.startsWith('multipart/form-data'))
    throw new RequestError({ code: 'malformed_upload', reason: 'not_multipart' });
  const part = parts?.find(({ name }) => name === route.upload?.field);
  if (part?.fileName === undefined) throw new RequestError({ code: 'malformed_upload', reason: 'no_file' });
  return pictureBytes;
}

function problemOf(error: unknown): WireProblem {
  if (error instanceof CoreError || error instanceof RequestError) return error.problem;
  throw error;
}

/** A value that the dialect's own limits refuse travels inside the command; the core tells it before anything else. */
function refusalInside(command: Fields): WireProblem | undefined {
  for (const [name, value] of Object.entries(command)) {
    if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) continue;
    if (name === 'refused') {
      const { field, rule } = value as { field: CheckedField; rule: FieldRule };
      return { code: 'invalid_field', field, rule };
    }
    if ('refused' in value)
      return { code: 'invalid_field', field: name as CheckedField, rule: value.refused as FieldRule };
    if (name === 'changes') {
      const inner = refusalInside(value as Fields);
      if (inner !== undefined) return inner;
    }
  }
  const contacts = [command['email'], command['phone'], command['proof']];
  return command['contactRequired'] === true && contacts.every((value) => value === undefined)
    ? { code: 'contact_required' }
    : undefined;
}

function findToken(declaration: Declaration, route: Route, request: WireRequest): string | undefined {
  return route.findToken === undefined ? declaration.accessToken.find(request) : route.findToken(request);
}

function wireRequest(captured: CapturedRequest, params: Readonly<Record<string, string>>): WireRequest {
  return {
    method: captured.method,
    path: captured.path,
    params,
    query: new URLSearchParams(captured.query),
    headers: { ...captured.headers },
    body: undefined,
  };
}

/** The command that an action reads under the first stand-in whom it takes. */
function readCommand(action: Action, request: WireRequest, hasToken: boolean): Fields {
  const { access, read } = untie(action);
  let failure: unknown;
  for (const caller of standIns(request, access, hasToken)) {
    try {
      return read(request, caller);
    } catch (error) {
      failure ??= error;
    }
  }
  throw failure;
}

/** The call that a dialect's declaration makes of a request, and the command that it reads; the host's way, without the core. */
export function identify({ registry, declaration }: Wire, captured: CapturedRequest): Identified {
  const match = registry.find(captured.method, captured.path);
  if (match === undefined) return { kind: 'foreign' };
  const request = wireRequest(captured, match.params);
  const meta = (operation: OperationName | null): Meta => ({
    requestId: '00000000-0000-4000-8000-000000000000',
    now: new Date('2026-01-01T00:00:00Z'),
    operation,
    request,
  });
  const early = declaration.early?.(request);
  if (early !== undefined) return { kind: 'answered', meta: meta(null), answer: early };
  const words = (problem: WireProblem, action?: Action): WireResponse => {
    const told = meta(action === undefined ? null : untie(action).operation);
    return (
      renderProblem(action?.errors ?? {}, problem, told) ??
      renderProblem(declaration.errors, problem, told) ?? { status: 500 }
    );
  };
  if (match.route === undefined) {
    const problem = { code: 'no_such_route' } as const;
    return { kind: 'answered', meta: meta(null), answer: words(problem), problem };
  }
  const { route } = match.route;
  let step: Step | undefined;
  try {
    if (route.upload === undefined) request.body = bodyOf(declaration, route, captured.body, request.headers);
    else request.file = readUpload(route, captured);
    step = chooseStep(match.route, request);
    if ('answer' in step) return { kind: 'answered', route, meta: meta(null), answer: step.answer(request) };
    const token = step.access === 'public' ? undefined : findToken(declaration, route, request);
    const { caller: _, ...command } = readCommand(step, request, token !== undefined);
    const { operation } = untie(step);
    const problem = refusalInside(command);
    if (problem !== undefined)
      return {
        kind: 'refused',
        route,
        action: step,
        meta: meta(operation),
        problem,
        answer: words(problem, step),
      };
    return { kind: 'command', route, action: step, operation, command, token, meta: meta(operation) };
  } catch (error) {
    const problem = problemOf(error);
    // A body that cannot be decoded is refused before it is known which of the address's actions it is.
    const [only] = match.route.steps;
    const known = step ?? (match.route.steps.length === 1 ? only : undefined);
    const action = known === undefined || 'answer' in known ? undefined : known;
    return {
      kind: 'refused',
      route,
      ...(action !== undefined && { action }),
      meta: meta(action === undefined ? null : untie(action).operation),
      problem,
      answer: words(problem, action),
    };
  }
}
