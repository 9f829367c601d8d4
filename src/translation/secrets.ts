import type { Fields, Identified } from './identify';

/** A value of a request that a plan must not repeat. */
export interface Secret {
  value: string;
  /** What stands in its place. */
  text: string;
  source: string;
}

/** Members of commands, at any depth, that are secrets. */
const secretMembers: Readonly<Record<string, string>> = {
  password: '<password>',
  oldPassword: '<old password>',
  code: '<code>',
  proofToken: '<proof token>',
  sudoToken: '<sudo token>',
  refreshToken: '<refresh token>',
  secret: '<secret>',
  apiKey: '<API key>',
  pass: '<captcha pass>',
};

function secretsIn(command: Fields): Secret[] {
  return Object.entries(command).flatMap(([name, value]): Secret[] => {
    const text = secretMembers[name];
    if (text !== undefined && typeof value === 'string' && value !== '')
      return [{ value, text, source: 'the captured request, which is not repeated here' }];
    if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) return [];
    return secretsIn(value as Fields);
  });
}

/** What must not be repeated of a request: passwords, codes, keys, and the token of whoever sent it. */
export function secretsOf(identified: Identified, tokenText: string): Secret[] {
  if (identified.kind !== 'command') return [];
  const { token, command } = identified;
  const own = token === undefined ? [] : [{ value: token, text: tokenText, source: 'the captured request' }];
  return [...own, ...secretsIn(command)];
}

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** A body or an address with these values hidden, each where it stands as the whole of a member. */
export function hideValues(text: string, secrets: readonly Secret[]): string {
  return secrets.reduce((shown, { value, text: blank }) => {
    const spellings = [JSON.stringify(value).slice(1, -1), encodeURIComponent(value)].map(escape);
    const whole = new RegExp(`(?<=:\\s*"|[?&]\\w+=|^\\w+=)(?:${spellings.join('|')})(?=["&]|$)`, 'g');
    return shown.replace(whole, () => blank);
  }, text);
}

const tellingNames = '[\\w.-]*(?:password|passwd|pwd|token|secret|api_?key)[\\w.-]*';
const inJson = new RegExp(`("(${tellingNames})"\\s*:\\s*)"(?!\\{\\{)(?:[^"\\\\]|\\\\.)+"`, 'gi');
const inPairs = new RegExp(`((?:^|[?&])(${tellingNames})=)(?!\\{\\{|<)[^&]+`, 'gi');

/** The same for a request of which no more is known than the names of its members. */
export function hideByName(text: string): string {
  return text
    .replace(inJson, (_, start: string, name: string) => `${start}"<${name}>"`)
    .replace(inPairs, (_, start: string, name: string) => `${start}<${name}>`);
}
