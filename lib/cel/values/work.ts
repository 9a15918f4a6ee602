/**
 * Counts steps of work since the last call. Some operations are cheap in the API server's cost model but take time:
 * comparing lists of long lists, copying them. They are counted here, so that every expression ends; evaluation is not
 * concurrent, so one counter is enough.
 */
let steps = 0;

export function work(count: number): void {
  steps += count;
}

/** Returns the steps since the last call and resets the counter. */
export function takeWork(): number {
  const taken = steps;
  steps = 0;
  return taken;
}
