/** An element of an XML document. */
export interface Element {
  name: string;
  attributes: Readonly<Record<string, string>>;
  children: Element[];
  text: string;
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function decode(text: string): string {
  return text.replace(/&(#x?[\da-f]+|\w+);/gi, (whole, name: string) => {
    if (name.startsWith('#x')) return String.fromCodePoint(Number.parseInt(name.slice(2), 16));
    if (name.startsWith('#')) return String.fromCodePoint(Number(name.slice(1)));
    const character = entities[name];
    if (character === undefined) throw new Error(`${whole} is no entity of XML`);
    return character;
  });
}

function readAttributes(text: string): Record<string, string> {
  const found = [...text.matchAll(/\s+([\w:.-]+)="([^"<]*)"/g)];
  if (found.map(([whole]) => whole).join('') !== text.trimEnd().replace(/\/$/, '').trimEnd())
    throw new Error(`these are no attributes: ${text}`);
  return Object.fromEntries(found.map(([, name = '', value = '']) => [name, decode(value)]));
}

/** Reads a document of elements, attributes, texts and CDATA, and refuses everything that XML does not allow there. */
export function readXml(document: string): Element {
  // eslint-disable-next-line no-control-regex -- control characters are what it looks for
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(document))
    throw new Error('a character that XML does not allow');
  const root: Element = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  const token =
    /<\?[\s\S]*?\?>|<!\[CDATA\[([\s\S]*?)\]\]>|<\/([\w:.-]+)\s*>|<([\w:.-]+)((?:\s+[\w:.-]+="[^"<]*")*\s*\/?)>|([^<]+)/y;
  let end = 0;
  for (let match = token.exec(document); match !== null; match = token.exec(document)) {
    end = token.lastIndex;
    const [, data, closed, opened, attributes = '', text] = match;
    const top = open.at(-1) as Element;
    if (data !== undefined) top.text += data;
    if (text !== undefined) top.text += decode(text);
    if (closed !== undefined && open.pop()?.name !== closed) throw new Error(`</${closed}> closes nothing`);
    if (opened === undefined) continue;
    const element = { name: opened, attributes: readAttributes(attributes), children: [], text: '' };
    top.children.push(element);
    if (!attributes.endsWith('/')) open.push(element);
  }
  const [only] = root.children;
  if (end !== document.length || open.length !== 1 || only === undefined || root.children.length !== 1)
    throw new Error(`no XML from ${document.slice(end, end + 40)}`);
  return only;
}
