import type { Answer, Arrangement, Exchange, ExchangeKind, ExchangeSource } from '../../../src/contract';
import { noText, text } from './answers';

/** A call of the wire, and what is the same in all rows about it. */
export interface Call {
  method: Exchange['request']['method'];
  /** What follows `/auth/v1/`. */
  path: string;
  credential?: Exchange['credential'];
  headers?: Readonly<Record<string, string>>;
  query?: Readonly<Record<string, string>>;
  /** Members that stand beside those of each row, so that nothing but the row is wrong. */
  beside?: object;
}

/** What a lot of rows has in common. */
interface Lot {
  kind: ExchangeKind;
  source: ExchangeSource;
  /** For the rows that name no answer of their own. */
  answer?: Answer;
  arrange?: Arrangement;
}

/** What is shown, what is sent (members of the body, of the query where there is no body, or the raw body), and the answer. */
export type Row = readonly [
  shows: string,
  sent: Readonly<Record<string, unknown>> | string,
  answer?: Answer,
  arrange?: Arrangement,
];

function payloadOf(
  { method, beside, query }: Call,
  sent: Row[1],
): Pick<Exchange['request'], 'query' | 'body'> {
  if (typeof sent === 'string') return { ...(query && { query }), body: sent };
  if (method === 'GET' || method === 'DELETE')
    return { query: { ...query, ...(sent as Record<string, string>) } };
  return { ...(query && { query }), body: { ...beside, ...sent } };
}

/** Literal exchanges of one call, each with a sentence of its own after the call's name. */
export function rowsOf(call: Call, lot: Lot, rows: readonly Row[]): Exchange[] {
  return rows.map(([shows, sent, answer = lot.answer, arrange = lot.arrange]) => {
    if (answer === undefined) throw new Error(`${call.path}: ${shows}: no answer is expected`);
    return {
      title: `${call.path}: ${shows}`,
      source: lot.source,
      kind: lot.kind,
      ...(arrange !== undefined && { arrange }),
      request: {
        method: call.method,
        path: `/auth/v1/${call.path}`,
        ...payloadOf(call, sent),
        headers:
          call.method === 'GET' || call.method === 'DELETE'
            ? { ...call.headers }
            : { ...text, ...call.headers },
      },
      credential: call.credential ?? 'none',
      response: answer,
    };
  });
}

/** Members that must be strings, sent as numbers. */
export function typesOf(call: Call, members: readonly string[]): Exchange[] {
  return rowsOf(
    call,
    { kind: 'wrong_type', source: 'ours' },
    members.map((member) => [`a number for ${member} is refused`, { [member]: 5 }, noText(member)]),
  );
}
