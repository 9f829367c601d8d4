/** What becomes of a value. `names`: those that lead to it, the outermost first. */
export type Visit = (value: string, names: readonly string[]) => string;

const inUrl = /^([a-z][a-z\d+.-]*:\/\/)([^/?#]*@)?|^/i;

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    // A stray percent sign: it stands for itself.
    return text;
  }
}

/** A value as a URL or a form has it; a blank stays readable. */
function encoded(value: string): string {
  return /^<[^<>]*>$/.test(value) ? value : encodeURIComponent(value);
}

/** `user[password]` and `user.password` → the names in it. */
const namesOf = (name: string): string[] => name.split(/[[\].]+/).filter((part) => part !== '');

/** A value, and what it holds when it is itself JSON, a URL or a form. */
function rewriteValue(value: string, names: readonly string[], visit: Visit): string {
  const visited = visit(value, names);
  if (visited !== value) return visited;
  if (/^\s*[[{]/.test(value)) return rewriteJson(value, visit, names) ?? rewriteLoose(value, visit);
  if (/^[a-z][a-z\d+.-]*:\/\/|[?#][^=\s]+=/i.test(value)) return rewriteUrl(value, visit);
  return /^[\w.[\]%-]+=[^\s&]*(?:&|$)/.test(value) ? rewritePairs(value, visit) : value;
}

function rewritePairs(text: string, visit: Visit): string {
  return text
    .split('&')
    .map((pair) => {
      const mark = pair.indexOf('=');
      if (mark === -1) return pair;
      const value = decoded(pair.slice(mark + 1));
      const rewritten = rewriteValue(value, namesOf(decoded(pair.slice(0, mark))), visit);
      return rewritten === value ? pair : `${pair.slice(0, mark)}=${encoded(rewritten)}`;
    })
    .join('&');
}

/** An address: whom it names before the host, each part of the path, query and fragment. */
export function rewriteUrl(url: string, visit: Visit): string {
  const [whole = '', scheme = '', person = ''] = inUrl.exec(url) ?? [];
  const [, path = '', query = '', fragment = ''] =
    /^([^?#]*)(\?[^#]*)?(#.*)?$/s.exec(url.slice(whole.length)) ?? [];
  const shownPerson = person === '' ? '' : `${visit(decoded(person.slice(0, -1)), ['credentials'])}@`;
  const segments = path.split('/').map((segment) => {
    const value = decoded(segment);
    const visited = visit(value, []);
    return visited === value ? segment : encoded(visited);
  });
  const [first = '', ...rest] = [query, fragment].map(
    (part) => part.slice(0, 1) + rewritePairs(part.slice(1), visit),
  );
  return [scheme, shownPerson, segments.join('/'), first, ...rest].join('');
}

/** Undefined for what is no JSON. What nothing was done to keeps its form. */
function rewriteJson(text: string, visit: Visit, names: readonly string[] = []): string | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  function scalar(value: string | number, path: readonly string[]): unknown {
    const spelled = String(value);
    const rewritten = rewriteValue(spelled, path, visit);
    return rewritten === spelled ? value : rewritten;
  }
  function walk(value: unknown, path: readonly string[]): unknown {
    if (typeof value === 'string' || typeof value === 'number') return scalar(value, path);
    if (Array.isArray(value)) return value.map((item) => walk(item, path));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [name, walk(inner, [...path, ...namesOf(name)])]),
    );
  }
  const rewritten = JSON.stringify(walk(parsed, names));
  // An escape may spell a name that nobody recognises in the text.
  return rewritten === JSON.stringify(parsed) && !text.includes('\\u') ? text : rewritten;
}

/** A field of a form in parts: its head, its name, its content. */
const inParts =
  /(content-disposition:\s*form-data;[^\r\n]*?\bname="?([^";\r\n]*)"?[^\r\n]*(?:\r?\n[^\r\n]+)*\r?\n\r?\n)([\s\S]*?)(?=\r?\n--|$)/gi;
const inElements = /<([\w:-]+)(\s[^<>]*)?>([^<]*)<\/\1>/g;
/** A name and its value, with any quotes, such as they are left in what is cut off or misspelt. */
const inAnything =
  /((?<![\w.[\]\\-])\\*["']?([\w.[\]-]+)(?:\\*["'])?\s*[:=]\s*)(?:"((?:[^"\\]|\\.)*)(?:"|$)|'([^']*)(?:'|$)|\\+"([\s\S]*?)(?:\\+"|$)|([^\s,;&}\]"'\\<{[][^\s,;&}\]"'\\]*))/g;

/** A text of no form in particular, or of one that is broken. */
function rewriteLoose(text: string, visit: Visit): string {
  return text
    .replace(inElements, (whole: string, name: string, attributes: string | undefined, value: string) => {
      const visited = visit(value, namesOf(name));
      return visited === value ? whole : `<${name}${attributes ?? ''}>${visited}</${name}>`;
    })
    .replace(inAnything, (whole: string, before: string, name: string, ...groups: (string | undefined)[]) => {
      const value = groups.slice(0, 4).find((group) => group !== undefined) ?? '';
      const visited = visit(value, namesOf(name));
      if (visited === value) return whole;
      const quote =
        groups[0] !== undefined ? '"' : groups[1] !== undefined ? "'" : groups[2] !== undefined ? '\\"' : '';
      return `${before}${quote}${visited}${quote}`;
    });
}

/** A body, whatever it is and whatever it says that it is. */
export function rewriteBody(body: string, visit: Visit): string {
  const parts = body.replace(inParts, (whole: string, head: string, name: string, content: string) => {
    const rewritten = rewriteValue(content, namesOf(name), visit);
    return rewritten === content ? whole : head + rewritten;
  });
  if (parts !== body || /content-disposition:\s*form-data/i.test(body)) return parts;
  const json = rewriteJson(body, visit);
  if (json !== undefined) return rewriteLoose(json, visit);
  const pairs = /^[^\s{[<"']+=/.test(body) ? rewritePairs(body, visit) : body;
  return rewriteLoose(pairs, visit);
}

/** The value of a header. */
export function rewriteHeader(name: string, value: string, visit: Visit): string {
  return rewriteLoose(rewriteValue(value, [name], visit), visit);
}
