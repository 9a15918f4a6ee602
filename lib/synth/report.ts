import type { Problem } from '../errors';
import { SeaworthyError } from '../errors';

/** Takes a problem; the steps continue, so that all problems are reported at once. */
export type Report = (problem: Problem) => void;

/** Throws one error with all `problems`, sorted by place and field; does nothing if there are none. */
export function throwAll(problems: readonly Problem[]): void {
  const [first, ...more] = [...problems].sort(byPlace);
  if (first !== undefined) throw new SeaworthyError(first, ...more);
}

function byPlace(a: Problem, b: Problem): number {
  return (
    compare(a.place ?? '', b.place ?? '') ||
    compare(a.path ?? '', b.path ?? '') ||
    compare(a.message, b.message)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
