import { availableParallelism } from 'node:os';
import { SeaworthyError } from '../../../errors';
import { MUCH } from '../../terminal/heap';

/** Sets how many threads a check takes, whatever its size. */
export const THREADS_VARIABLE = 'SEAWORTHY_THREADS';

/** More than that win nothing: what rules share has to be found by each thread, or waited for. */
const MOST = 8;

/** By default: each thread has all objects in memory once more, so that much is held once. */
const MOST_UNASKED = 2;

/** Characters of manifests from which on a second thread wins more than it takes to load the rules there: some 2,000 objects. */
const LEAST = 2_000_000;

/**
 * How many threads to use for manifests of a size.
 *
 * @param size characters
 * @throws SeaworthyError USAGE for a variable that is no such number
 */
export function threadsFor(size: number, env: NodeJS.ProcessEnv): number {
  const { [THREADS_VARIABLE]: asked = '' } = env;
  if (asked !== '') return read(asked);
  return size < LEAST || size > MUCH ? 1 : Math.min(MOST_UNASKED, availableParallelism());
}

function read(text: string): number {
  const count = Number(text);
  if (/^\d+$/.test(text) && count >= 1 && count <= MOST) return count;
  throw new SeaworthyError({
    code: 'USAGE',
    path: THREADS_VARIABLE,
    message: `expected a whole number from 1 to ${MOST}, not "${text}"`,
    hint: 'Leave it out to use as many threads as the manifests are worth.',
  });
}
