import { SeaworthyError, type Problem } from '../../errors';

/** Runs `work`; what it finds wrong names the environment as well. */
export function ofEnvironment<T>(environment: string | undefined, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof SeaworthyError) || environment === undefined) throw error;
    const [first, ...others] = error.problems.map((problem): Problem => {
      const { place } = problem;
      return { ...problem, place: `environment ${environment}${place === undefined ? '' : `, ${place}`}` };
    });
    throw first === undefined ? error : new SeaworthyError(first, ...others);
  }
}
