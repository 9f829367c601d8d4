import { readAccessLog } from './access-log';
import { InputError, type CapturedRequest, type Input } from './captured';
import { readCurl } from './curl';
import { readHar } from './har';
import { readPostman } from './postman';

/** A command of curl as people write it: behind a prompt, with a path, with variables set for it. */
const curlCommand = String.raw`[ \t]*(?:\$[ \t]+)?(?:(?:\w+=\S*|sudo|time)[ \t]+)*(?:\S*[/\\])?curl(?:\.exe)?\s`;
const curlFirst = new RegExp(`^\\s*${curlCommand}`, 'i');
const curlSomewhere = new RegExp(`^${curlCommand}`, 'im');

/** Whether a text is meant as curl lines and not as the name of a file. */
export function looksLikeCurl(text: string): boolean {
  return curlFirst.test(text);
}

function parseJson(text: string): { value: unknown } | { fault: string } {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    return { fault: (error as Error).message };
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function requestsOf(found: { requests: CapturedRequest[]; junk: string[] }): Input {
  if (found.requests.length === 0) throw new InputError('it holds no requests');
  return { kind: 'requests', ...found };
}

function readLog(text: string, otherwise: string): Input {
  const log = readAccessLog(text);
  if (log.calls.length === 0) throw new InputError(otherwise);
  return { kind: 'log', ...log };
}

function readJson(text: string): Input {
  const parsed = parseJson(text);
  if ('fault' in parsed) {
    // One document a line is a log.
    const [first = ''] = text.trimStart().split('\n', 1);
    if ('fault' in parseJson(first)) throw new InputError(`it begins as JSON and is none: ${parsed.fault}`);
    return readLog(text, 'no line of it is a request in JSON with a method and a path');
  }
  const { value } = parsed;
  // Postman's own interface hands collections out in an envelope.
  const document = isObject(value) && isObject(value['collection']) ? value['collection'] : value;
  if (isObject(document) && isObject(document['log'])) return requestsOf(readHar(document));
  if (isObject(document) && 'info' in document) return requestsOf(readPostman(document));
  return readLog(text, 'it is JSON, but neither a HAR file (log) nor a Postman collection (info)');
}

/**
 * The requests of a text of any kind that is known here: curl lines, a HAR file, a Postman collection, or an access log.
 * Fails with `InputError`.
 */
export function readInput(text: string): Input {
  const content = text.replace(/^\ufeff/, '');
  if (content.trim() === '') throw new InputError('it is empty');
  if (/^\s*[{[]/.test(content)) return readJson(content);
  if (curlSomewhere.test(content)) return requestsOf(readCurl(content.replace(/^([ \t]*)\$[ \t]+/gm, '$1')));
  return readLog(
    content,
    'no line of it is a request in Common or Combined Log Format; nor is it curl lines, a HAR file or a Postman collection',
  );
}
