import type { FunctionSet } from '../functions/overload';
import type { Type } from './type';

/** What names mean in an expression. */
export interface Declarations {
  readonly functions: FunctionSet;
  /** The type of a variable, or of a name with dots, such as a type. */
  variable(name: string): Type | undefined;
  /** The type of a field of the struct called `struct`. */
  field(struct: string, field: string): Type | undefined;
}
