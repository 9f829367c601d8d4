import type { Contract } from '../contract';
import { captureExchange } from './examples';
import { identify, type Wire } from './identify';
import { rewriteBody, rewriteHeader, rewriteUrl, type Visit } from './rewrite';
import { secretsIn } from './secrets';
import type { CapturedRequest } from './inputs/captured';

/** Whether what goes by a name must not be repeated. */
export type IsSecretName = (name: string) => boolean;

/** What names give away by themselves, whoever's they are. */
const telling =
  /passw|passcode|pwd|token|secret|cookie|session|credential|signature|(?:api|access|private)[-_]?key|^(?:sid|otp|pin)$|^(?:.*(?:verif|auth|sms|mail|login|captcha).*)?code$|^x-.*key|-key(?:$|-)|(?:^|-)auth(?:$|[-_]|entication|orization)/i;

/** Every value of a request with the names that lead to it, through `visit`. */
export function visitRequest({ url, query, headers, body }: CapturedRequest, visit: Visit): void {
  rewriteUrl(url, visit);
  rewriteUrl(`?${query}`, visit);
  rewriteBody(body.toString('utf8'), visit);
  for (const [name, value] of Object.entries(headers)) rewriteHeader(name, value, visit);
}

/**
 * The names that a dialect has for secrets: those whose values in its documented requests are, more often than not, secrets of the
 * commands that the dialect reads from them; and those that tell by themselves.
 */
export function secretNamesOf(wire: Wire, { exchanges }: Pick<Contract, 'exchanges'>): IsSecretName {
  const votes = new Map<string, number>();
  for (const exchange of exchanges) {
    const captured = captureExchange(exchange, wire);
    const identified = identify(wire, captured);
    if (identified.kind !== 'command') continue;
    const secrets = new Set(secretsIn(identified.command).map(({ value }) => value));
    visitRequest(captured, (value, names) => {
      const name = names.at(-1)?.toLowerCase();
      if (name !== undefined && value !== '')
        votes.set(name, (votes.get(name) ?? 0) + (secrets.has(value) ? 1 : -1));
      return value;
    });
  }
  return (name) => telling.test(name) || (votes.get(name.toLowerCase()) ?? 0) > 0;
}
