import type { Route, Site } from '../../src/dialect';
import { createContactRoutes } from './routes/contacts';
import { providerRoutes } from './routes/providers';
import { createProfileRoutes } from './routes/profile';
import { securityRoutes } from './routes/security';
import { createSessionRoutes } from './routes/sessions';

/** Address → operation; reference 3. Whatever is not listed here answers `unimplemented`. */
export function createRoutes(site: Site): readonly Route[] {
  return [
    ...createSessionRoutes(site),
    ...createProfileRoutes(site),
    ...securityRoutes,
    ...createContactRoutes(site),
    ...providerRoutes,
  ];
}
