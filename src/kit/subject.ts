import type { Contract } from '../contract';
import { declareByDefault, type Declaration, type Dialect } from '../dialect';

/** A dialect as the kit sees it: what its clients are promised, and how they speak. */
export interface Subject {
  name: string;
  declaration: Declaration;
  contract: Contract;
}

/** What is known of where a dialect is served. `variables`: those of the dialects, as the environment has them. */
export interface Site {
  publicUrl: string;
  phoneRegion: string;
  variables?: Readonly<Record<string, string>>;
}

/** The dialect as it is declared on a target, or where nothing is set. */
export function subjectOf(dialect: Dialect, contract: Contract, site: Site): Subject {
  const { publicUrl, phoneRegion, variables } = site;
  const declaration = declareByDefault(dialect, variables, { publicUrl, phoneRegion, corsOrigins: [] });
  return { name: dialect.name, declaration, contract };
}
