import type { Contract, ExchangeKind } from '../contract';
import { endpointOf } from '../dialect';
import { casesOf, unknownPath, type Case } from './case';
import type { DescribedOperation, DescribedResponse, Description } from './description';
import { isMap } from './pointer';
import { canBeOfWrongType, hasBoundary } from './request-limits';
import type { Subject } from './subject';

/** Exchanges that a contract has at least. */
const leastExchanges = 300;

/** The kinds that have one column each; documented errors have one for each of them. */
const columns = ['success', 'no_credential', 'bad_credential', 'wrong_type', 'boundary'] as const;
type Column = (typeof columns)[number];

/** How many cases there are; null where there can be none. */
export type Cell = number | null;

export interface EndpointCoverage {
  endpoint: string;
  kinds: Readonly<Record<Column, Cell>>;
  /** The named examples of refusals, with how many cases expect each. */
  errors: readonly { name: string; cases: number }[];
}

export interface DialectCoverage {
  dialect: string;
  exchanges: number;
  endpoints: readonly EndpointCoverage[];
}

/** The lowest status that a response is described for. */
function statusOf({ status }: DescribedResponse): number {
  return Number(status.replace(/x/gi, '0')) || 500;
}

function meansStatus({ status }: DescribedResponse, given: number): boolean {
  return status === 'default' || new RegExp(`^${status.replace(/x/gi, '\\d')}$`).test(String(given));
}

/** Whether an expected value is the example, whatever a placeholder in it stands for. */
function isLike(expected: unknown, example: unknown): boolean {
  if (typeof expected === 'string' && /^<[a-z _]+>$/.test(expected)) return true;
  if (Array.isArray(expected) && Array.isArray(example)) {
    return (
      expected.length === example.length && expected.every((item, index) => isLike(item, example[index]))
    );
  }
  if (isMap(expected) && isMap(example)) {
    const names = Object.keys(expected);
    return (
      names.length === Object.keys(example).length &&
      names.every((name) => Object.hasOwn(example, name) && isLike(expected[name], example[name]))
    );
  }
  return Object.is(expected, example);
}

/** A failure of the server's own is no refusal: no request brings it about. */
function errorsOf(
  responses: readonly DescribedResponse[],
  cases: readonly Case[],
  { judge }: Pick<Contract, 'judge'>,
): EndpointCoverage['errors'] {
  return responses
    .filter((response) => statusOf(response) < 500)
    .flatMap((response) =>
      response.content
        .flatMap(({ examples }) => examples)
        .filter(({ value }) => judge(statusOf(response), value) === 'failure')
        .map(({ name, value }) => {
          const expecting = cases.filter(
            ({ exchange: { response: answer } }) =>
              meansStatus(response, answer.status) && isLike(answer.body, value),
          );
          return { name, cases: expecting.length };
        }),
    );
}

/** A call that needs what is not set up only ever fails. */
function canSucceed({ routes }: Subject['declaration'], { method, path }: DescribedOperation): boolean {
  const route = routes.find((candidate) => endpointOf(candidate) === `${method} ${path}`);
  return route?.unconfigured === undefined;
}

/** Whether a column other than that of success says something about an operation. */
function applies(column: Column, description: Description, operation: DescribedOperation): boolean {
  if (column === 'wrong_type') return canBeOfWrongType(description, operation);
  if (column === 'boundary') return hasBoundary(description, operation);
  return operation.token !== 'never' || operation.tokenInBody !== undefined;
}

function cells(count: (column: Column) => Cell): Record<Column, Cell> {
  return Object.fromEntries(columns.map((column) => [column, count(column)])) as Record<Column, Cell>;
}

/** What the cases of a dialect try of each endpoint that its description has, unknown paths included. */
export function coverageOf(subject: Subject, description: Description): DialectCoverage {
  const { contract, declaration, name } = subject;
  const all = casesOf(subject);
  const at = (endpoint: string): Case[] => all.filter((one) => one.endpoint === endpoint);
  const endpoints = description.operations.map((operation): EndpointCoverage => {
    const endpoint = `${operation.method} ${operation.path}`;
    const cases = at(endpoint);
    const ofKind = (kind: ExchangeKind): number => cases.filter((one) => one.kind === kind).length;
    return {
      endpoint,
      kinds: cells((column) => {
        if (column === 'success') return ofKind(column) || (canSucceed(declaration, operation) ? 0 : null);
        return applies(column, description, operation) ? ofKind(column) : null;
      }),
      errors: errorsOf(operation.responses, cases, contract),
    };
  });
  const elsewhere: EndpointCoverage = {
    endpoint: unknownPath,
    kinds: cells(() => null),
    errors: errorsOf(description.unknownPath, at(unknownPath), contract),
  };
  return { dialect: name, exchanges: all.length, endpoints: [...endpoints, elsewhere] };
}

/** What is not tried, in words; empty when a dialect is covered. */
export function missingFrom({ exchanges, endpoints }: DialectCoverage): string[] {
  const cases = endpoints.flatMap(({ endpoint, kinds, errors }) => [
    ...columns.filter((column) => kinds[column] === 0).map((column) => `${endpoint}: no case of ${column}`),
    ...errors.filter((error) => error.cases === 0).map(({ name }) => `${endpoint}: no case expects ${name}`),
  ]);
  return exchanges < leastExchanges
    ? [...cases, `${exchanges} cases, where there must be ${leastExchanges}`]
    : cases;
}

/** Headings and rows of the table of a dialect. */
export function coverageTable({ endpoints }: DialectCoverage): { headings: string[]; rows: string[][] } {
  const [success, ...others] = columns;
  const spell = (cell: Cell): string => (cell === null ? '–' : String(cell));
  const heading = (column: string): string => column.replace('_', ' ').toUpperCase();
  return {
    headings: ['ENDPOINT', heading(success), 'ERRORS', ...others.map(heading)],
    rows: endpoints.map(({ endpoint, kinds, errors }) => {
      const met = errors.filter((error) => error.cases > 0).length;
      const ofErrors = errors.length === 0 ? '–' : `${met} of ${errors.length}`;
      return [endpoint, spell(kinds[success]), ofErrors, ...others.map((column) => spell(kinds[column]))];
    }),
  };
}
