import type { Contract } from '../contract';
import type { NamedDeclaration } from '../dialect';

/** A dialect as translation needs it. */
export interface Side extends NamedDeclaration {
  contract: Contract;
}
