import type { Declaration, Dialect, Site } from './dialect';

/** A gateway of which nothing is configured. */
const plainSite: Site = { publicUrl: 'http://127.0.0.1:3000', phoneRegion: 'CN', corsOrigins: [] };

/** The dialect as it is declared where nothing is set, or where its own of these variables are. */
export function declareByDefault(
  dialect: Dialect,
  variables: Readonly<Record<string, string>> = {},
  site: Site = plainSite,
): Declaration {
  const { keys = {} } = dialect.settings.describe() as { keys?: object };
  const own = Object.entries(variables).filter(([name]) => Object.hasOwn(keys, name));
  const { value } = dialect.settings.validate(Object.fromEntries(own)) as { value: Record<string, unknown> };
  return dialect.declare(site, value);
}
