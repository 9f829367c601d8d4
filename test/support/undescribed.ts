import {
  essence,
  findOperation,
  findResponse,
  type DescribedResponse,
  type Description,
} from '../../src/kit/description';
import type { Check } from './schemas';

/** An answer as it was sent, with the request that it is to. */
export interface SentAnswer {
  method: string;
  /** Without its query. */
  path: string;
  status: number;
  contentType: string | undefined;
  text: string;
}

/** The answers that a request may get, in groups of which each may describe the same status in its own way. */
function groupsFor(description: Description, { method, path }: SentAnswer): (readonly DescribedResponse[])[] {
  const { unknownPath, preflight, anyPath } = description;
  const operation = findOperation(description, method, path);
  if (operation !== undefined) return [operation.responses, anyPath];
  if (method === 'HEAD') {
    // HEAD finds what GET finds, and a description need not say so; or nothing, on a wire that has no HEAD.
    const asGet = findOperation(description, 'GET', path);
    return [...(asGet === undefined ? [] : [asGet.responses]), unknownPath, anyPath];
  }
  return method === 'OPTIONS' ? [preflight, unknownPath, anyPath] : [unknownPath, anyPath];
}

function parse(type: string, text: string): { value: unknown } | { fault: string } {
  if (!/[/+]json$/.test(type)) return { value: text };
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return { fault: `is no JSON, though its type is ${type}` };
  }
}

function wrongBody(response: DescribedResponse, answer: SentAnswer, check: Check): readonly string[] {
  const { method, status, contentType, text } = answer;
  if (status === 204 || status === 304) return [];
  if (contentType === undefined) {
    const types = response.content.map(({ type }) => type);
    return types.length === 0 ? [] : [`has no body, where ${types.join(' or ')} is described`];
  }
  const type = essence(contentType);
  const content = response.content.find((candidate) => candidate.type === type);
  if (content === undefined) return [`has the type ${type}, which is not described for this status`];
  if (method === 'HEAD' || content.schema === undefined) return [];
  const body = parse(type, text);
  return 'fault' in body ? [body.fault] : check(content.schema, body.value);
}

/** What an answer has that its description does not; empty when it is described. */
export function undescribedIn(description: Description, check: Check, answer: SentAnswer): readonly string[] {
  const responses = groupsFor(description, answer)
    .map((group) => findResponse(group, answer.status))
    .filter((response) => response !== undefined);
  const faults = responses.map((response) => wrongBody(response, answer, check));
  if (faults.some((list) => list.length === 0)) return [];
  return faults[0] ?? [`has the status ${answer.status}, which is not described for this call`];
}
