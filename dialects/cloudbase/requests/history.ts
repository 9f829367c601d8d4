import { refuse, type Said, type WireRequest } from '../../../src/dialect';
import type { Command, UserCaller } from '../../../src/core';
import { actions } from '../vocabulary';

const fewest = 1;
const most = 100;
const usual = 10;

/** How many entries a page has. */
export function pageSizeOf({ query }: WireRequest): number {
  const limit = query.get('limit') ?? String(usual);
  const size = /^\d{1,9}$/.test(limit) ? Number(limit) : 0;
  if (size < fewest) return refuse({ code: 'invalid_member', member: 'limit', rule: 'format' });
  return Math.min(size, most);
}

/** The core's names of a wire action; nothing ever happened under a name that is unknown. */
function namesOf(action: string): readonly string[] {
  return Object.keys(actions).filter((name) => actions[name] === action);
}

/** `/user/security/history`: of the caller, one entry more than the page has, to know whether there is a next one. */
export function readHistoryRequest(request: WireRequest, caller: UserCaller): Command<'listHistory'> {
  const { query } = request;
  const only = query.get('query[action]');
  const except = query.get('ne_query[action]');
  const page = query.get('page_token') ?? '';
  if (page !== '' && !/^\d{1,18}$/.test(page))
    return refuse({ code: 'invalid_member', member: 'page_token', rule: 'format' });
  return {
    userId: caller.user.id,
    ...(only !== null && { only: namesOf(only) }),
    ...(except !== null && { except: namesOf(except) }),
    limit: pageSizeOf(request) + 1,
    ...(page !== '' && { beforeId: page }),
  };
}

/** Null for actions that have no one name on this wire. */
export function sayHistoryRequest(command: Command<'listHistory'>): Said | null {
  const { only, except, limit, beforeId } = command;
  const said = [only, except].map((names) => {
    const [name = '', ...more] = names ?? [];
    return more.length === 0 ? actions[name] : undefined;
  });
  if ((only !== undefined && said[0] === undefined) || (except !== undefined && said[1] === undefined))
    return null;
  return {
    query: {
      ...(said[0] !== undefined && { 'query[action]': said[0] }),
      ...(said[1] !== undefined && { 'ne_query[action]': said[1] }),
      limit: String(limit),
      ...(beforeId !== undefined && { page_token: beforeId }),
    },
  };
}
