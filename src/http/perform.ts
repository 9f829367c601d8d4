import type { Caller, CallContext, Core, OperationName } from '../core';
import type { Action, Meta, WireRequest, WireResponse } from '../dialect';

/**
 * An action without the knot between its operation, its access and the types that follow from them. `Action` is a union
 * in which each member fits only its own operation; a caller that holds just any member of it cannot say so to the
 * compiler. The knot was tied where the action was declared, and `authenticate` keeps the promise about the caller.
 */
interface UntiedAction {
  operation: OperationName;
  read(request: WireRequest, caller: Caller | null | undefined): unknown;
  write(result: unknown, meta: Meta): WireResponse;
}

type UntiedCore = Readonly<
  Record<OperationName, (command: unknown, context: CallContext) => Promise<unknown>>
>;

/** Wire → command → core → result → wire. The only place where the types of an action and the core are cast apart. */
export async function perform(
  core: Core,
  action: Action,
  call: { request: WireRequest; caller: Caller | null | undefined; context: CallContext; meta: Meta },
): Promise<WireResponse> {
  const untied = action as unknown as UntiedAction;
  const operations = core as unknown as UntiedCore;
  const command = untied.read(call.request, call.caller);
  const result = await operations[untied.operation](command, call.context);
  return untied.write(result, call.meta);
}
