import path from 'node:path';
import type { Foundation } from '../foundation';
import { curlLine, quoteForShell, requestOf } from '../contract';
import { actionsOf } from '../dialect';
import type { Config } from '../platform/config';

/** Somebody to sign in as. Nobody has this password unless the first of the two lines was run. */
const example = { identifier: 'ada', password: 'correct horse' };

/** How this very program is called from where it was started. */
function programName(): string {
  const file = process.argv[1] ?? 'idiom';
  if (path.basename(file) === 'idiom') return 'idiom';
  const relative = path.relative(process.cwd(), file);
  return `node ${quoteForShell(relative.startsWith('..') ? file : relative)}`;
}

/** Signs the example user in through the first dialect that says how its clients do that. */
function signInLine(url: string, served: Foundation['served']): string | undefined {
  for (const { declaration } of served) {
    for (const route of declaration.routes) {
      for (const action of actionsOf(route)) {
        const said = action.operation === 'signIn' ? action.say?.(example) : undefined;
        if (said === undefined || said === null) continue;
        const { method, target, headers, body } = requestOf(
          { route, access: 'public', said },
          declaration,
          undefined,
        );
        return curlLine({ method, url: `${url}${target}`, headers, ...(body !== undefined && { body }) });
      }
    }
  }
  return undefined;
}

/**
 * Two lines for a shell that work as they stand, in this order: one makes a user, one signs in as that user. None in
 * production, where nobody should make a user whose password is known from a banner.
 */
export function tryIt(url: string, served: Foundation['served'], config: Config): readonly string[] {
  const signIn = signInLine(url, served);
  if (config.environment === 'production' || signIn === undefined) return [];
  // A command beside this gateway must find the same database.
  const folder = (process.env['DATA_DIR'] ?? '') === '' ? '' : `DATA_DIR=${quoteForShell(config.dataDir)} `;
  return [
    `echo ${quoteForShell(example.password)} | ${folder}${programName()} user create --username ${example.identifier} --password-stdin`,
    signIn,
  ];
}
