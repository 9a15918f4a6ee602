import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Io } from './terminal';

/**
 * Runs `work`, which must not be stopped in the middle: a signal ends the command after it.
 *
 * @throws the name of the signal
 */
export async function uninterrupted<T>({ signal, holdSignals }: Io, work: () => T | Promise<T>): Promise<T> {
  const release = holdSignals?.();
  try {
    const result = await work();
    // A signal that arrived while the work kept the process busy is heard in the next turn.
    await nextTurn();
    signal?.throwIfAborted();
    return result;
  } finally {
    release?.();
  }
}
