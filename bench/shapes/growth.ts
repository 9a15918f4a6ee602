import { check, ManifestSet, plan, SeaworthyError } from 'seaworthy';
import { slope } from '../measure';
import type { Shape } from './shape';

/** What is done with a shape: `check` with every rule, `plan` from one side to the other. */
export const WORK = ['check', 'plan'] as const;
export type Work = (typeof WORK)[number];

/** Sentences with whole lists in them are longer than others, and still bounded. */
const LONGEST_LISTING = 20_100;

/** The seconds of processor time that a shape took at each size, and the exponent with which they grow. */
export interface Growth {
  readonly name: string;
  readonly work: Work;
  readonly seconds: readonly number[];
  readonly exponent: number;
  /** The longest message, in characters. */
  readonly longest: number;
}

/**
 * Measures how the time for a shape grows. Of several runs the shortest counts: a busy machine and the collection of
 * garbage only ever add to it.
 */
export function growthOf(shape: Shape, work: Work, sizes: readonly number[], runs: number): Growth {
  let longest = 0;
  const seconds = sizes.map((size) => {
    const times = Array.from({ length: runs }, () => {
      const { time, messages } = timeOf(shape, work, size);
      longest = messages.reduce((most, { length }) => Math.max(most, length), longest);
      return time;
    });
    return Math.min(...times);
  });
  const byCount = new Map(sizes.map((size, index) => [size, seconds[index] ?? NaN]));
  const exponent = slope(sizes, (size) => byCount.get(size) ?? NaN);
  return { name: shape.name, work, seconds, exponent, longest };
}

function timeOf(shape: Shape, work: Work, size: number): { time: number; messages: readonly string[] } {
  const [a, b] = [ManifestSet.of(shape.objects(size, 'a')), ManifestSet.of(shape.objects(size, 'b'))];
  const start = process.cpuUsage();
  const messages = work === 'check' ? checked(b) : planned(a, b);
  const { user, system } = process.cpuUsage(start);
  return { time: (user + system) / 1e6, messages };
}

function checked(set: ManifestSet): readonly string[] {
  return check(set, { preset: 'strict' }).map(({ message, hint = '' }) => message + hint);
}

function planned(before: ManifestSet, after: ManifestSet): readonly string[] {
  try {
    const { changes } = plan(before, after);
    return changes.flatMap(({ consequences }) =>
      consequences.map(({ message, brief = message }) =>
        message.length > LONGEST_LISTING ? message : brief,
      ),
    );
  } catch (error) {
    // A set that holds an object twice has no plan, which takes its time as well.
    if (error instanceof SeaworthyError) return [];
    throw error;
  }
}
