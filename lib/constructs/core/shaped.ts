import type { IConstruct } from 'constructs';
import type { UnplacedProblem } from './problems';
import { refuseShape, report } from './problems';
import type { Shape } from './shape';
import { Look } from './shape';
import type { RecordShape } from './shapes';
import { inspectProp } from './shapes';

/** Props that have been looked at. */
export interface Inspected<T> {
  /** The props, without those that are not of their shape: whoever reads them can rely on their types. */
  readonly props: T;
  /** Unknown props, and values that are not of their shape. */
  readonly problems: readonly UnplacedProblem[];
  /** Whether a prop was taken away. */
  readonly misshapen: boolean;
}

/** What is known about the place of props. */
export interface PropsPlace {
  /** Prefix of their paths. @default none */
  readonly at?: string;
  /** What to do with a prop that there is not. @default what the shape says */
  readonly elsewhere?: (key: string) => string | undefined;
}

/** Looks at `given`, what a program passed to a constructor as props. */
export function inspectProps<T>(
  given: unknown,
  shape: RecordShape<T>,
  { at, elsewhere }: PropsPlace = {},
): Inspected<T> {
  const problems: UnplacedProblem[] = [];
  const look = new Look((problem) => problems.push(problem), ...(at === undefined ? [] : [at]));
  if (given === undefined) return { props: {} as T, problems, misshapen: false };
  if (!shape.takes(given)) {
    look.inspect(shape, given);
    return { props: {} as T, problems, misshapen: true };
  }
  const options = elsewhere === undefined ? shape.options : { ...shape.options, elsewhere };
  const known = { known: shape.shapes, options };
  const all = given as Readonly<Record<string, unknown>>;
  let wrong: Set<string> | undefined;
  for (const key in all) {
    const before = look.misshapen;
    inspectProp(key, all[key], known, look);
    if (look.misshapen > before) (wrong ??= new Set()).add(key);
  }
  if (wrong === undefined) return { props: all as T, problems, misshapen: false };
  const fine = Object.entries(all).filter(([key]) => !wrong.has(key));
  return { props: Object.fromEntries(fine) as T, problems, misshapen: true };
}

/**
 * Reports what `inspectProps` found. A construct whose props are not of their shape is not rendered, and what else is wrong
 * with it is not reported: it would mostly follow from the props that are missing now.
 */
export function settle(
  construct: IConstruct,
  { problems, misshapen }: Pick<Inspected<unknown>, 'problems' | 'misshapen'>,
): void {
  if (misshapen) refuseShape(construct, problems);
  else for (const problem of problems) report(construct, problem);
}

/** The props of `construct`, inspected and settled. */
export function shaped<T>(
  construct: IConstruct,
  given: unknown,
  shape: RecordShape<T>,
  place?: PropsPlace,
): T {
  const inspected = inspectProps(given, shape, place);
  settle(construct, inspected);
  return inspected.props;
}

/**
 * Whether an argument of a method of `construct` is of its shape; reports one that is not.
 *
 * @param at the call, as problems name it: `expose('public')`
 */
export function isShaped(construct: IConstruct, at: string, value: unknown, shape: Shape): boolean {
  const problems: UnplacedProblem[] = [];
  const look = new Look((problem) => problems.push(problem), at);
  look.inspect(shape, value);
  settle(construct, { problems, misshapen: look.misshapen > 0 });
  return look.misshapen === 0;
}
