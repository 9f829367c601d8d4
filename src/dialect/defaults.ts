import type { Declaration, Dialect, Site } from './dialect';

/** A gateway of which nothing is configured. */
const plainSite: Site = { publicUrl: 'http://127.0.0.1:3000', phoneRegion: 'CN', corsOrigins: [] };

/** The dialect as it is declared where nothing is set, or where only these variables of its own are. */
export function declareByDefault(
  dialect: Dialect,
  environment: Readonly<Record<string, string>> = {},
): Declaration {
  const { value } = dialect.settings.validate(environment) as { value: Record<string, unknown> };
  return dialect.declare(plainSite, value);
}
