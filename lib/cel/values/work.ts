/**
 * Steps that have been taken since somebody last asked. Some of what is cheap for the API server's reckoning is work
 * all the same: comparing lists of long lists, copying them. It is counted here, so that no expression is for ever at
 * it; evaluation is not concurrent, so one count is enough.
 */
let steps = 0;

export function work(count: number): void {
  steps += count;
}

/** The steps since the last call, and begins anew. */
export function takeWork(): number {
  const taken = steps;
  steps = 0;
  return taken;
}
