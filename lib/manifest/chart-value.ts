/** What a value of a chart can be. */
export type ValueScalar = string | number | boolean;

/** A value that users of a chart may set, as an app declares it. */
export interface ChartValue {
  /** Where it is in `values.yaml`: `api.replicas`. */
  readonly path: string;
  /** What it is where nobody sets it. */
  readonly initial: ValueScalar;
  /** One sentence for `values.yaml`. @default none */
  readonly description?: string;
  /** All that it can be. @default anything of its type */
  readonly enum?: readonly ValueScalar[];
  /** Of a number. @default there is no least */
  readonly minimum?: number;
  /** Of a number. @default there is no greatest */
  readonly maximum?: number;
  /** Of a string, in the syntax of Go. @default any string */
  readonly pattern?: string;
  /** Other things that it can be. @default some are made up from the initial one */
  readonly examples?: readonly ValueScalar[];
  /** Where in the user's code: `apps/shop/shop.ts:42`. @default unknown */
  readonly source?: string;
}

/** What an app is to take for a value, to see what depends on it. */
export interface Substitute {
  readonly path: string;
  readonly initial: ValueScalar;
  readonly value: ValueScalar;
}

/**
 * The property of `globalThis` that holds the substitute. The symbol is registered: the app may run another installed copy of
 * the package than the command line.
 */
const SUBSTITUTE = Symbol.for('seaworthy.value');

/** What is taken for a value in this process: its initial one, unless there is a substitute. */
export function substituted<T extends ValueScalar>(path: string, initial: T): T {
  const { [SUBSTITUTE]: found } = globalThis as { readonly [SUBSTITUTE]?: Substitute };
  return found?.path === path && found.initial === initial ? (found.value as T) : initial;
}

/** Takes a substitute for a value in this process. @returns takes it away again */
export function substitute(found: Substitute): () => void {
  Object.defineProperty(globalThis, SUBSTITUTE, { value: found, configurable: true });
  return () => void Reflect.deleteProperty(globalThis, SUBSTITUTE);
}
