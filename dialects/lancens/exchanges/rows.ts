import type { Answer, Arrangement, Exchange, ExchangeSource } from '../../../src/contract';
import { json, refused } from './answers';

/** A value that is refused: what it is, the value itself (undefined: left out), and the `message` that refuses it. */
export type RefusedValue = readonly [
  kind: 'wrong_type' | 'boundary',
  what: string,
  value: unknown,
  message: string,
  /** Absent: documented. */
  source?: ExchangeSource,
];

/** A value that is taken. */
export type TakenValue = readonly [what: string, value: unknown, source?: ExchangeSource];

/** What the page says of a member, at both sides of each limit. */
export interface MemberValues {
  refused: readonly RefusedValue[];
  taken?: readonly TakenValue[];
}

type Members = Readonly<Record<string, unknown>>;

/** A call that is good but for the member that a row puts into it. */
export interface Call {
  method: Exchange['request']['method'];
  path: string;
  credential: Exchange['credential'];
  /** Where its members travel. Default: in the body. */
  members?: 'query';
  good: Members;
  /** What it takes for the call to succeed; absent where no row succeeds. */
  success?: { answer: Answer; with?: Members; arrange?: Arrangement; given?: string };
}

function requestOf({ method, path, members }: Call, values: Members): Exchange['request'] {
  const sent = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
  if (members === 'query')
    return { method, path, query: sent as Readonly<Record<string, string>>, headers: json };
  return { method, path, headers: json, body: sent };
}

/** One exchange for each value of a member, all else being good. */
export function tryMember(
  call: Call,
  member: string,
  { refused: bad, taken = [] }: MemberValues,
): Exchange[] {
  const { method, path, credential, good, success } = call;
  const refusals = bad.map(([kind, what, value, message, source = 'documented']): Exchange => ({
    title: `${method} ${path} refuses ${what}`,
    source,
    kind,
    request: requestOf(call, { ...good, [member]: value }),
    credential,
    response: refused(message),
  }));
  if (success === undefined) return refusals;
  const { answer, with: instead, arrange, given } = success;
  const successes = taken.map(([what, value, source = 'documented']): Exchange => ({
    title: `${method} ${path} takes ${what}`,
    source,
    kind: 'boundary',
    ...(given !== undefined && { given }),
    ...(arrange !== undefined && { arrange }),
    request: requestOf(call, { ...good, ...instead, [member]: value }),
    credential,
    response: answer,
  }));
  return [...refusals, ...successes];
}

/** The same for each member of a call. */
export function tryMembers(call: Call, members: Readonly<Record<string, MemberValues>>): Exchange[] {
  return Object.entries(members).flatMap(([member, values]) => tryMember(call, member, values));
}

/** The first value for each refusal, where another call shows the others. */
export function briefly({ refused: bad, ...rest }: MemberValues): MemberValues {
  return {
    ...rest,
    refused: bad.filter(([, , , message], index) => bad.findIndex((row) => row[3] === message) === index),
  };
}

/** The refused values alone, where another call shows what is taken. */
export const refusedOnly = ({ refused: bad }: MemberValues): MemberValues => ({ refused: bad });
