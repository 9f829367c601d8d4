/** One sender or recipient. */
export interface Mailbox {
  /** `''` when only the address is known. */
  name: string;
  address: string;
}

const address = /^[^\s<>"(),:;@[\]\\]+@[^\s<>"(),:;@[\]\\]+$/;
const named = /^(?:"([^"\\]*)"|([^"<>]*?))\s*<([^<>]*)>$/;

/** Reads `address`, `Name <address>` or `"Name" <address>`; undefined for anything else, and for several of them. */
export function parseMailbox(text: string): Mailbox | undefined {
  const trimmed = text.trim();
  // eslint-disable-next-line no-control-regex -- a control character in a header is what this refuses
  if (/[\u0000-\u001f\u007f]/.test(trimmed)) return undefined;
  if (address.test(trimmed)) return { name: '', address: trimmed };
  const [, quoted, plain, inside = ''] = named.exec(trimmed) ?? [];
  if (!address.test(inside)) return undefined;
  return { name: (quoted ?? plain ?? '').trim(), address: inside };
}
