import type { Route, Site } from '../../../src/dialect';
import { createContactRoutes } from './contacts';
import { providerRoutes } from './providers';
import { createProfileRoutes } from './profile';
import { securityRoutes } from './security';
import { createSessionRoutes } from './sessions';

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
