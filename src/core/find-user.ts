import type { Deps } from './deps';
import { readAbroad } from './identifiers';
import type { User } from './model';
import { readTypedIdentifier } from './rules';
import { findUsersByIdentifier } from './store/users';

/**
 * The user whom a typed identifier names, with the password hash. A phone number is read for the default region, and
 * failing that for any country, if only one user has it so. Null when it names nobody, after the same one statement.
 */
export async function findTypedIdentifier(
  { db, settings }: Deps,
  typed: string,
): Promise<{ user: User; passwordHash: string | null } | null> {
  const { kind, key } = readTypedIdentifier(typed, settings.phoneRegion);
  const abroad = kind === 'phone' ? readAbroad(typed) : [];
  const found = await findUsersByIdentifier(db.knex, kind, key === undefined ? abroad : [key, ...abroad]);
  if (kind !== 'phone') return found[0] ?? null;
  const atHome = found.find(({ user }) => user.phone === key);
  return atHome ?? (found.length === 1 ? (found[0] ?? null) : null);
}
