import { slope } from '../measure';
import type { Work } from './work';

/** The seconds of processor time that a piece of work took at each size, and the exponent with which they grow. */
export interface Growth {
  readonly seconds: readonly number[];
  readonly exponent: number;
  /** The longest message, in characters. */
  readonly longest: number;
}

/**
 * Measures how the time of a piece of work grows. Of several runs the shortest counts: a busy machine and the collection
 * of garbage only ever add to it.
 */
export function growthOf(work: Work, sizes: readonly number[], runs: number): Growth {
  let longest = 0;
  const seconds = sizes.map((size) => {
    const times = Array.from({ length: runs }, () => {
      const { time, messages } = timeOf(work, size);
      longest = messages.reduce((most, { length }) => Math.max(most, length), longest);
      return time;
    });
    return Math.min(...times);
  });
  const byCount = new Map(sizes.map((size, index) => [size, seconds[index] ?? NaN]));
  const exponent = slope(sizes, (size) => byCount.get(size) ?? NaN);
  return { seconds, exponent, longest };
}

function timeOf(work: Work, size: number): { time: number; messages: readonly string[] } {
  const run = work.prepared(size);
  const start = process.cpuUsage();
  const messages = run();
  const { user, system } = process.cpuUsage(start);
  return { time: (user + system) / 1e6, messages };
}
