import { SeaworthyError } from '../../errors';
import { Pattern } from '../../kube/pattern';
import { substituted, type ChartValue, type ValueScalar } from '../../manifest/chart-value';
import { lineOf } from './call-site';
import { optional } from './props';

/** What a value of a chart can be, for those who set it. */
export interface ValueOptions<T extends ValueScalar = ValueScalar> {
  /** What it is for, in a sentence: a comment in `values.yaml`. @default none */
  readonly description?: string;
  /** All that it can be. @default anything of its type */
  readonly enum?: readonly T[];
  /** The least number. @default there is none */
  readonly minimum?: number;
  /** The greatest number. @default there is none */
  readonly maximum?: number;
  /** A regular expression in the syntax of Go that a string has to match. @default any string */
  readonly pattern?: string;
  /**
   * Other things that it can be. The target renders the app with each, to see what depends on it.
   * @default the least, the greatest and other numbers; for a string, the initial one with another digit, or more letters
   */
  readonly examples?: readonly T[];
}

/** A name that templates take after a dot. */
const PATH = /^[A-Za-z][A-Za-z0-9_]*(?:\.[A-Za-z][A-Za-z0-9_]*)*$/;

/** What has been declared in this process, by path and initial value. */
const declared = new Map<string, ChartValue>();

/**
 * A value that users of the Helm chart can set: with `seaworthy synth --target helm`, `value('api.replicas', 3)` becomes
 * `.Values.api.replicas` in the templates, and an entry of `values.yaml` and `values.schema.json`. Everywhere else it is
 * `initial`. It has to reach fields of objects unchanged, or as a part of their text: Helm cannot compute with it.
 *
 * @param path names with dots between them: `api.replicas`
 * @param initial a number, string or boolean, also the default of the chart
 * @returns `initial`
 * @throws SeaworthyError INVALID_VALUE for a path that is none, or where the options do not allow `initial`
 */
export function value(path: string, initial: number, options?: ValueOptions<number>): number;
export function value(path: string, initial: boolean, options?: ValueOptions<boolean>): boolean;
export function value<T extends string = string>(
  path: string,
  initial: NoInfer<T>,
  options?: ValueOptions<NoInfer<T>>,
): T;
export function value(path: string, initial: ValueScalar, options: ValueOptions = {}): ValueScalar {
  const source = lineOf(value);
  const wrong = faultOf(path, initial, options);
  if (wrong !== undefined) {
    const [message, hint] = wrong;
    throw new SeaworthyError({
      code: 'INVALID_VALUE',
      path: `value(${JSON.stringify(path)})`,
      message,
      hint,
      ...optional('source', source),
    });
  }
  const key = JSON.stringify([path, initial]);
  declared.set(key, { ...optional('source', source), ...declared.get(key), ...options, path, initial });
  return substituted(path, initial);
}

/** The values that have been declared in this process. */
export function declaredValues(): readonly ChartValue[] {
  return [...declared.values()];
}

/** What is wrong with a value, and the way out. */
function faultOf(
  path: unknown,
  initial: unknown,
  { enum: all, examples, minimum, maximum, pattern }: ValueOptions,
): readonly [message: string, hint: string] | undefined {
  if (typeof path !== 'string' || !PATH.test(path))
    return [
      'Invalid value: must be names of letters, digits and "_" that begin with a letter, with dots between them',
      "For example: value('api.replicas', 3).",
    ];
  if (!isScalar(initial))
    return ['expected a number, a string, true or false as the second argument', 'Declare each field apart.'];
  const other = [...(all ?? []), ...(examples ?? [])].find((each) => typeof each !== typeof initial);
  if (other !== undefined)
    return [`${JSON.stringify(other)} is not a ${typeof initial}`, 'enum and examples are of the same type.'];
  const bounds = [minimum, maximum].some((bound) => bound !== undefined);
  if (bounds && typeof initial !== 'number')
    return ['minimum and maximum are for numbers', 'Leave them out.'];
  if (pattern !== undefined) {
    if (typeof initial !== 'string') return ['pattern is for strings', 'Leave it out.'];
    const { problem } = new Pattern(pattern);
    if (problem !== undefined)
      return [`Invalid value: ${JSON.stringify(pattern)}: ${problem}`, 'Helm reads it as Go does.'];
  }
  const refused = [initial, ...(examples ?? [])].find(
    (each) => !isAllowed(each, { all, minimum, maximum, pattern }),
  );
  if (refused !== undefined)
    return [`its own options do not allow ${JSON.stringify(refused)}`, 'Change the value or its options.'];
  return undefined;
}

function isScalar(initial: unknown): initial is ValueScalar {
  return typeof initial === 'string' || typeof initial === 'boolean' || Number.isFinite(initial);
}

interface Limits {
  readonly all: readonly ValueScalar[] | undefined;
  readonly minimum: number | undefined;
  readonly maximum: number | undefined;
  readonly pattern: string | undefined;
}

function isAllowed(each: ValueScalar, { all, minimum, maximum, pattern }: Limits): boolean {
  if (all?.includes(each) === false) return false;
  if (typeof each === 'number') return each >= (minimum ?? -Infinity) && each <= (maximum ?? Infinity);
  return typeof each !== 'string' || pattern === undefined || new Pattern(pattern).test(each);
}
