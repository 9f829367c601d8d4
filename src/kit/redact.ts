import type { Difference } from './compare';
import { quotePattern } from './pattern';
import type { Known } from './stage';
import type { Subject } from './subject';

/** Takes what nobody should read out of a report. */
export interface Redact {
  /** A text, such as a body or a header. */
  text(text: string): string;
  /** The value of a header. A cookie loses its value, whatever it is. */
  header(name: string, line: string): string;
  /** A JSON value, at any depth; a member that is named like a secret loses a long value, whatever it is. */
  value(value: unknown): unknown;
  difference(difference: Difference): Difference;
}

/** Placeholders whose values let somebody in, or did. */
const secretNames = /token|password|code|secret|credential|bearer|key|proof|captcha|session/;
/** Members of answers and of requests that hold such values. */
const secretMembers = /token|secret|passw|apikey|(?:^|[_-])key$|ticket/i;
const shortestSecret = 4;
const shortestMember = 16;

/** Whether a member holds a secret by its name; a short value is a word such as `bearer`. */
export function isSecretMember(name: string, value: string): boolean {
  return secretMembers.test(name) && value.length >= shortestMember && !/^<[a-z _]+>$/.test(value);
}

const jwt = /(?<![\w-])eyJ[\w-]+\.[\w-]+\.[\w-]+(?![\w-])/g;
const basic = /(?<=\bBasic )[A-Za-z0-9+/]{8,}={0,2}/g;

/** What no placeholder stands for, and is a token of this wire by its form. */
function tokenForm({ accessToken: { format } }: Subject['declaration']): RegExp | undefined {
  if (format.kind !== 'opaque') return undefined;
  const letters = format.alphabet.replace(/[\\\]^-]/g, '\\$&');
  return new RegExp(`(?<![\\w-])[${letters}]{${format.length}}(?![\\w-])`, 'g');
}

const isCookieHeader = (name: string): boolean => /^(?:set-)?cookie$/i.test(name);
/** What else stands with an equals sign in `Set-Cookie`. */
const cookieAttribute = /^(?:domain|expires|max-age|path|priority|samesite|version)$/i;
/** A name and its value; a comma belongs to the value unless another cookie begins behind it. */
const cookiePair = /(^|[;,]\s*)([^=;,\s]+)\s*=\s*(.*?)(?=\s*;|\s*,\s*[^=;,\s]+=|\s*$)/gs;

/** The values of `Cookie`, and of one or more `Set-Cookie` with commas between them. */
function hideCookies(line: string): string {
  return line.replace(cookiePair, (whole: string, before: string, name: string, value: string) => {
    const isShown =
      (before !== '' && cookieAttribute.test(name)) || value === '' || /^<[a-z _]+>$/.test(value);
    return isShown ? whole : `${before}${name}=<a cookie>`;
  });
}

/** A value as it stands in a text, in a path, in a query and in JSON. */
export function spellingsOf(value: string): string[] {
  const inQuery = new URLSearchParams({ value }).toString().slice('value='.length);
  return [...new Set([value, encodeURIComponent(value), inQuery, JSON.stringify(value).slice(1, -1)])];
}

/** Values of the run that are secret, with the placeholders to put in their places; the longest come first. */
function secretsOf(known: Known): [RegExp, string][] {
  return Object.entries(known)
    .filter(
      ([name, value]) => name.startsWith('<') && secretNames.test(name) && value.length >= shortestSecret,
    )
    .flatMap(([name, value]) => spellingsOf(value).map((spelled): [string, string] => [spelled, name]))
    .sort(([one], [other]) => other.length - one.length)
    .map(([value, name]) => [
      new RegExp(`(?:(?<![\\p{L}\\p{N}%])|(?<=%[\\dA-F]{2}))${quotePattern(value)}(?![\\p{L}\\p{N}])`, 'gu'),
      name,
    ]);
}

/**
 * Replaces the secrets among what is known by the names of their placeholders. Tokens that nobody knew are told by their form, and
 * by the members that hold them.
 */
export function redactWith(subject: Pick<Subject, 'declaration'>, known: Known): Redact {
  const secrets = secretsOf(known);
  const form = tokenForm(subject.declaration);

  function text(original: string): string {
    const spoken = secrets.reduce((result, [secret, name]) => result.replace(secret, () => name), original);
    const unsigned = spoken.replace(jwt, '<a token>').replace(basic, '<credentials>');
    return form === undefined ? unsigned : unsigned.replace(form, '<a token>');
  }

  function header(name: string, line: string): string {
    return isCookieHeader(name) ? hideCookies(text(line)) : text(line);
  }

  function member(name: string, original: unknown): unknown {
    if (typeof original === 'string' && isCookieHeader(name)) return header(name, original);
    const plain = value(original);
    return typeof plain === 'string' && isSecretMember(name, plain) ? '<redacted>' : plain;
  }

  function value(original: unknown): unknown {
    if (typeof original === 'string') return text(original);
    if (Array.isArray(original)) return original.map(value);
    if (typeof original !== 'object' || original === null) return original;
    return Object.fromEntries(Object.entries(original).map(([name, inner]) => [name, member(name, inner)]));
  }

  function difference({ at, kind, ...sides }: Difference): Difference {
    const name = at.slice(at.lastIndexOf('.') + 1);
    const shown = Object.entries(sides).map(([side, inner]) => [side, member(name, inner)]);
    return { at, kind, ...(Object.fromEntries(shown) as Pick<Difference, 'expected' | 'received'>) };
  }

  return { text, header, value, difference };
}
