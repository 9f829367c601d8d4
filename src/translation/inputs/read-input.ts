import { readAccessLog } from './access-log';
import { InputError, type Input } from './captured';
import { readCurl } from './curl';
import { readHar } from './har';
import { readPostman } from './postman';

/** Whether a text is meant as curl lines and not as the name of a file. */
export function looksLikeCurl(text: string): boolean {
  return /^\s*(?:\$\s+)?(?:\S*\/)?curl(?:\.exe)?\s/.test(text);
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new InputError(`it begins as JSON and is none: ${(error as Error).message}`);
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/**
 * The requests of a text of any kind that is known here: curl lines, a HAR file, a Postman collection, or an access log.
 * Fails with `InputError`.
 */
export function readInput(text: string): Input {
  const content = text.replace(/^\ufeff/, '');
  if (content.trim() === '') throw new InputError('it is empty');
  if (/^\s*[{[]/.test(content)) {
    const document = readJson(content);
    if (isObject(document) && 'log' in document)
      return { kind: 'requests', requests: readHar(document), junk: [] };
    if (isObject(document) && 'info' in document)
      return { kind: 'requests', requests: readPostman(document), junk: [] };
    throw new InputError('it is JSON, but neither a HAR file (log) nor a Postman collection (info)');
  }
  if (/^\s*(?:#.*\n\s*)*(?:\$\s+)?(?:\S*\/)?curl(?:\.exe)?\s/.test(content))
    return { kind: 'requests', requests: readCurl(content.replace(/^(\s*)\$\s+/gm, '$1')), junk: [] };
  return { kind: 'log', ...readAccessLog(content) };
}
