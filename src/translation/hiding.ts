import type { Identified } from './identify';
import type { CapturedRequest } from './inputs/captured';
import type { Visit } from './rewrite';
import { visitRequest, type IsSecretName } from './secret-names';
import { capturedSource, hideInside, isOnlyVariables, secretsIn, type Secret } from './secrets';

/** What must not be repeated of a request, by what the dialect makes of it and by the names of its members. */
export function secretsOf(
  captured: CapturedRequest,
  identified: Identified,
  { tokenText, isSecretName }: { tokenText: string; isSecretName: IsSecretName },
): Secret[] {
  const secrets: Secret[] = [];
  const keep = (secret: Secret): void => {
    if (!secrets.some(({ value }) => value === secret.value)) secrets.push(secret);
  };
  if (identified.kind === 'command') {
    const { token, command } = identified;
    if (token !== undefined) keep({ value: token, text: tokenText, source: 'the captured request' });
    secretsIn(command).forEach(keep);
  }
  visitRequest(captured, (value, names) => {
    const name = names.findLast(isSecretName);
    if (name !== undefined && value !== '' && !isOnlyVariables(value))
      keep({ value, text: `<${name}>`, source: capturedSource });
    return value;
  });
  return secrets;
}

const jwt = /(?<![\w-])eyJ[\w-]+\.[\w-]+\.[\w-]*(?![\w-])/g;

/** What is done to the values of a request before anybody sees it: secrets by value, by name, and tokens by their form. */
export function hiding(secrets: readonly Secret[], isSecretName: IsSecretName): Visit {
  const made = new Set<string>();
  const make = (blank: string): string => {
    made.add(blank);
    return blank;
  };
  return (value, names) => {
    if (value === '' || made.has(value) || isOnlyVariables(value)) return value;
    const known = secrets.find((secret) => secret.value === value);
    if (known !== undefined) return make(known.text);
    const name = names.findLast(isSecretName);
    if (name !== undefined) return make(`<${name}>`);
    return secrets.reduce(hideInside, value).replace(jwt, () => '<token>');
  };
}
