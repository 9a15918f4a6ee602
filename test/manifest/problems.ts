import { SeaworthyError, type Problem } from '../../lib/errors';

/** The problems that `run` throws; it must throw some. */
export function problemsOf(run: () => unknown): readonly Problem[] {
  try {
    run();
  } catch (error) {
    if (error instanceof SeaworthyError) return error.problems;
    throw error;
  }
  throw new Error('nothing was thrown');
}

/** The one problem that `run` throws. */
export function problemOf(run: () => unknown): Problem {
  const [problem, ...more] = problemsOf(run);
  if (problem === undefined || more.length > 0)
    throw new Error(`expected one problem, got ${more.length + 1}`);
  return problem;
}
