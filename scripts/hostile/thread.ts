/** Runs the inputs of one lane in a thread, so that an input that never ends can be ended from outside. */
import { parentPort, workerData } from 'node:worker_threads';
import { runBatch } from './batch';
import { AT, STOP, type FromLane, type LaneData } from './lane';
import type { Target } from './target';
import type { Count } from './tally';

const { names, registry, shared, ...batch } = workerData as LaneData;
const state = new Int32Array(shared);
const send = (message: FromLane): void => parentPort?.postMessage(message);

/** Counts are sent in bundles: a thread that is ended loses what it has not sent. */
const BUNDLE = 500;

async function run(): Promise<void> {
  const { TARGETS } = (await import(registry)) as { readonly TARGETS: readonly Target[] };
  let last = new Map<string, Count>();
  let unsent = 0;
  const flush = (): void => {
    send({ counts: Object.fromEntries(last) });
    last.clear();
    unsent = 0;
  };
  await runBatch(
    { ...batch, targets: TARGETS.filter(({ name }) => names.includes(name)) },
    {
      next(index) {
        Atomics.store(state, AT, index);
        return Atomics.load(state, STOP) === 0;
      },
      fault: (fault) => send({ fault }),
      counted(counts) {
        last = counts;
        unsent++;
        if (unsent >= BUNDLE) flush();
      },
    },
  );
  flush();
  send({ done: true });
}

void run();
