import type { FunctionSet } from '../functions/overload';
import type { Type } from './type';

/** The names that an expression can use. */
export interface Declarations {
  readonly functions: FunctionSet;
  /** The type of a variable, or of a qualified name, such as a type. */
  variable(name: string): Type | undefined;
  /** The type of a field of the struct called `struct`. */
  field(struct: string, field: string): Type | undefined;
}
