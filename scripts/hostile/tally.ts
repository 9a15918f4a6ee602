import type { PlainRecord } from '../../lib/manifest/data';
import type { Failure } from './attempt';

/** A failure with what it takes to see it again. */
export interface Fault extends Failure {
  readonly target: string;
  readonly index: number;
  /** Made smaller; absent where the same cause was seen before, and where nothing could be run any more. */
  readonly input?: PlainRecord;
}

/** The inputs of one target. */
export interface Count {
  readonly inputs: number;
  /** Milliseconds for all of them. */
  readonly time: number;
  readonly slowest: { readonly took: number; readonly index: number };
}

export type Counts = Readonly<Record<string, Count>>;

const NONE: Count = { inputs: 0, time: 0, slowest: { took: 0, index: 0 } };

export function countOf(took: number, index: number): Count {
  return { inputs: 1, time: took, slowest: { took, index } };
}

/** Both counts as one. */
export function added(one: Count = NONE, other: Count = NONE): Count {
  return {
    inputs: one.inputs + other.inputs,
    time: one.time + other.time,
    slowest: one.slowest.took >= other.slowest.took ? one.slowest : other.slowest,
  };
}

export function allOf(counts: Counts): Count {
  return Object.values(counts).reduce(added, NONE);
}
