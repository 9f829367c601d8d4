import { secretVariables } from '../platform/config';

/** What an inbox command finds in its environment: all but the gateway's own secrets and `tokens`, whatever name they go by. */
export function inboxEnvironment(
  environment: NodeJS.ProcessEnv,
  tokens: readonly (string | undefined)[],
): NodeJS.ProcessEnv {
  const known = [...tokens, ...secretVariables.map((name) => environment[name])];
  const secrets = new Set(known.filter((secret) => secret !== undefined && secret !== ''));
  const kept = Object.entries(environment).filter(
    ([name, value]) => !secretVariables.includes(name) && !secrets.has(value),
  );
  return Object.fromEntries(kept);
}
