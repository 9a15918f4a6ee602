/** Time as a controller sees it: tests pass one that they move themselves. */
export interface Clock {
  /** Milliseconds since 1970, for what people read: somebody may set the clock while the process runs. */
  now(): number;
  /** Milliseconds since some time, to tell how long something has taken: nobody sets that clock. */
  elapsed(): number;
  /** Calls once, after so many milliseconds; what it returns calls that off. */
  after(milliseconds: number, call: () => void): () => void;
}

/** The longest that a timer of Node waits; a longer one would fire at once. */
const LONGEST = 2 ** 31 - 1;

/** The clock of the machine. */
export const MACHINE_CLOCK: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  after: (milliseconds, call) => {
    const timer = setTimeout(call, Math.min(milliseconds, LONGEST));
    return () => clearTimeout(timer);
  },
};

/** Resolves after so many milliseconds, or as soon as `signal` ends it. */
export function pause(clock: Clock, milliseconds: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const end = (): void => {
      callOff();
      signal.removeEventListener('abort', end);
      resolve();
    };
    const callOff = clock.after(milliseconds, end);
    signal.addEventListener('abort', end, { once: true });
  });
}
