import type { Contract } from '../contract';
import type { Declaration, Dialect } from '../dialect';

/** A dialect as the kit sees it: what its clients are promised, and how they speak. */
export interface Subject {
  name: string;
  declaration: Declaration;
  contract: Contract;
}

/** The dialect as it is declared where nothing is set: the kit reads its client's side only. */
export function subjectOf(
  dialect: Dialect,
  contract: Contract,
  site: { publicUrl: string; phoneRegion: string },
): Subject {
  const settings = dialect.settings.validate({}) as { value: Record<string, unknown> };
  const declaration = dialect.declare({ ...site, corsOrigins: [] }, settings.value);
  return { name: dialect.name, declaration, contract };
}
