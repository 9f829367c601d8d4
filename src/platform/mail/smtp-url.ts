/** Where mail is handed over, read from `SMTP_URL`. */
export interface SmtpServer {
  host: string;
  port: number;
  /** TLS from the first byte; otherwise STARTTLS, when the server offers it. */
  secure: boolean;
  /** Without STARTTLS nothing is sent. */
  requireTLS: boolean;
  auth: { user: string; pass: string } | null;
  tls: { rejectUnauthorized: boolean; servername?: string };
}

const flags = new Map([
  ['true', true],
  ['false', false],
]);

/**
 * Reads `smtp[s]://[user:password@]host[:port][?requireTLS=true&tls.rejectUnauthorized=false&tls.servername=name]`.
 * Undefined for any other form, unknown members of the query included: a misspelt `requireTLS` must not pass for one.
 */
export function parseSmtpUrl(text: string): SmtpServer | undefined {
  if (/\s/.test(text) || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (url.protocol !== 'smtp:' && url.protocol !== 'smtps:') return undefined;
  if (url.hostname === '' || !['', '/'].includes(url.pathname) || url.hash !== '') return undefined;
  const secure = url.protocol === 'smtps:';
  const server: SmtpServer = {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
    secure,
    requireTLS: false,
    auth: null,
    tls: { rejectUnauthorized: true },
  };
  for (const [name, value] of url.searchParams) {
    const flag = flags.get(value);
    if (name === 'requireTLS' && flag !== undefined) server.requireTLS = flag;
    else if (name === 'tls.rejectUnauthorized' && flag !== undefined) server.tls.rejectUnauthorized = flag;
    else if (name === 'tls.servername' && value !== '') server.tls.servername = value;
    else return undefined;
  }
  if (url.username === '' && url.password === '') return server;
  try {
    return {
      ...server,
      auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) },
    };
  } catch {
    // A stray percent sign: which characters are meant cannot be known.
    return undefined;
  }
}
