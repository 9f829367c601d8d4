import type { Fields } from './identify';

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

/** Where whoever sends the translated call finds the value. */
export const capturedSource = 'the captured request, which is not repeated here';

export function secretsIn(command: Fields): Secret[] {
  return Object.entries(command).flatMap(([name, value]): Secret[] => {
    const text = secretMembers[name];
    if (text !== undefined && typeof value === 'string' && value !== '')
      return [{ value, text, source: capturedSource }];
    if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) return [];
    return secretsIn(value as Fields);
  });
}

/** Nothing but variables of whoever wrote the request down, with the word of a scheme before them at most. */
export const isOnlyVariables = (value: string): boolean => /^(?:[A-Za-z]+ )?(?:\{\{[^{}]*\}\})+$/.test(value);

/** A shorter one may stand in a text by chance. */
const shortestInside = 8;

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** A value with a secret in the middle of it hidden. */
export function hideInside(text: string, { value, text: blank }: Pick<Secret, 'value' | 'text'>): string {
  if (value.length < shortestInside || !text.includes(value)) return text;
  return text.replace(new RegExp(`(?<![\\p{L}\\p{N}])${escape(value)}(?![\\p{L}\\p{N}])`, 'gu'), () => blank);
}
