import { secretVariables } from '../platform/config';

/**
 * What an inbox command finds in its environment: all of `environment` but the gateway's own secrets, and but what holds one of
 * `tokens` under another name.
 */
export function inboxEnvironment(
  environment: NodeJS.ProcessEnv,
  tokens: readonly (string | undefined)[],
): NodeJS.ProcessEnv {
  const given = new Set(tokens.filter((token) => token !== undefined && token !== ''));
  const kept = Object.entries(environment).filter(
    ([name, value]) => !secretVariables.includes(name) && !given.has(value),
  );
  return Object.fromEntries(kept);
}
