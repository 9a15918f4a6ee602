import { attempt, trialOf, type Failure, type Trial } from './attempt';
import { shrunk } from './shrink';
import type { Target } from './target';
import { added, countOf, type Count, type Fault } from './tally';

export interface Batch {
  readonly targets: readonly Target[];
  readonly seed: number;
  /** The first index, the distance to the next, and where to end. */
  readonly from: number;
  readonly step: number;
  readonly until: number;
}

export interface Observer {
  /** Called before each input. @returns false to end early */
  next(index: number): boolean;
  fault(fault: Fault): void;
  /** Called after each input with the counts of its target since the last call of `take`. */
  counted(counts: Map<string, Count>): void;
}

/** Runs the inputs of a batch, one after another. */
export async function runBatch(
  { targets, seed, from, step, until }: Batch,
  observer: Observer,
): Promise<void> {
  const seen = new Set<string>();
  const counts = new Map<string, Count>();
  for (let index = from; index < until; index += step) {
    if (!observer.next(index)) break;
    const trial = trialOf(targets, seed, index);
    const { took, failure } = await attempt(trial);
    const { name } = trial.target;
    counts.set(name, added(counts.get(name), countOf(took, index)));
    observer.counted(counts);
    if (failure !== undefined) observer.fault(await faultOf(trial, failure, index, seen));
  }
}

async function faultOf(trial: Trial, failure: Failure, index: number, seen: Set<string>): Promise<Fault> {
  const { name } = trial.target;
  const key = `${name} ${failure.cause}`;
  if (seen.has(key)) return { ...failure, target: name, index };
  seen.add(key);
  return { ...failure, target: name, index, input: await shrunk(trial, failure) };
}
