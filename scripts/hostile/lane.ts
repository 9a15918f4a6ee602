import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Batch } from './batch';
import type { Counts, Fault } from './tally';

/** What a thread gets: a batch, with the names of its targets. */
export interface LaneData extends Omit<Batch, 'targets'> {
  readonly names: readonly string[];
  /** The module that exports the targets as `TARGETS`. */
  readonly registry: string;
  /** Two numbers that both sides see: the index that runs, and whether to stop. */
  readonly shared: SharedArrayBuffer;
}

export type FromLane = { readonly fault: Fault } | { readonly counts: Counts } | { readonly done: true };

export const AT = 0;
export const STOP = 1;

/** How long one input may run before its thread is ended, in milliseconds: making it smaller takes less. */
export const PATIENCE = 30_000;
const MEMORY = { maxOldGenerationSizeMb: 2048 };

export interface LaneObserver {
  /** Milliseconds after which an input counts as one that never ends. */
  readonly patience: number;
  fault(fault: Fault): void;
  counts(counts: Counts): void;
  /** Whether time is up. */
  isOver(): boolean;
}

/** Runs a batch in a thread; behind an input that ends the thread, or never ends, another thread goes on. */
export async function runLane(data: Omit<LaneData, 'shared'>, observer: LaneObserver): Promise<void> {
  let { from } = data;
  while (from < data.until && !observer.isOver()) {
    const failed = await runThread({ ...data, from }, observer);
    if (failed === undefined) return;
    observer.fault(failed);
    from = failed.index + data.step;
  }
}

/** @returns the fault that ended the thread, if one did */
async function runThread(data: Omit<LaneData, 'shared'>, observer: LaneObserver): Promise<Fault | undefined> {
  const shared = new SharedArrayBuffer(8);
  const state = new Int32Array(shared);
  Atomics.store(state, AT, -1);
  const thread = new Worker(join(__dirname, 'thread.js'), {
    workerData: { ...data, shared } satisfies LaneData,
    resourceLimits: MEMORY,
  });
  return new Promise((resolve) => {
    let [last, since] = [-1, performance.now()];
    const end = (kind: Fault['kind'], message: string, stack = ''): void => {
      clearInterval(watch);
      const index = Atomics.load(state, AT);
      void thread.terminate();
      resolve({ kind, message, cause: message, stack, target: 'unknown', index });
    };
    const watch = setInterval(() => {
      if (observer.isOver()) Atomics.store(state, STOP, 1);
      const at = Atomics.load(state, AT);
      // To load the code may take longer than any input.
      if (at !== last || at === -1) [last, since] = [at, performance.now()];
      else if (performance.now() - since > observer.patience)
        end('hang', `no end after ${observer.patience / 1000} s`);
    }, 200);
    thread.on('error', (error: Error) => end('crash', `the thread ended: ${error.message}`, error.stack));
    thread.on('message', (message: FromLane) => {
      if ('fault' in message) observer.fault(message.fault);
      else if ('counts' in message) observer.counts(message.counts);
      else {
        clearInterval(watch);
        void thread.terminate();
        resolve(undefined);
      }
    });
  });
}
