/** Where messages are posted, read from `SMS_WEBHOOK_URL`. */
export interface WebhookTarget {
  /** Without user and password. */
  url: URL;
  /** The value of the `Authorization` header. */
  authorization: string | null;
}

/** Reads `http[s]://[user:password@]host[:port][/path][?query]`; undefined for any other form. */
export function parseWebhookUrl(text: string): WebhookTarget | undefined {
  if (/\s/.test(text) || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined;
  if (url.username === '' && url.password === '') return { url, authorization: null };
  try {
    const credentials = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
    url.username = '';
    url.password = '';
    return { url, authorization: `Basic ${Buffer.from(credentials).toString('base64')}` };
  } catch {
    // A stray percent sign: which characters are meant cannot be known.
    return undefined;
  }
}
