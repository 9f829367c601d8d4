import type { Declaration, Dialect, Site } from './dialect';

/** A gateway of which nothing is configured. */
const plainSite: Site = { publicUrl: 'http://127.0.0.1:3000', phoneRegion: 'CN', corsOrigins: [] };

/** The dialect as it is declared where nothing is set. */
export function declareByDefault(dialect: Dialect, site: Site = plainSite): Declaration {
  const { value } = dialect.settings.validate({}) as { value: Record<string, unknown> };
  return dialect.declare(site, value);
}
