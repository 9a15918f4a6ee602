import type { Cluster } from '../../cluster/client/cluster';
import { followStatus } from '../../cluster/status/follow';
import type { StatusOptions } from '../../cluster/status/scope';
import type { ClusterStatus } from '../../cluster/status/types';
import type { Context } from '../terminal/context';

/** Milliseconds after which a terminal shows new ages, if nothing else has changed. */
const TICK = 1000;

/** Moves to the top of the screen, and clears it. */
const CLEAR = '\u001b[H\u001b[2J\u001b[3J';

/**
 * Shows the status at every change until the user stops it: on a terminal in place of the last one, elsewhere below it, and
 * there only if more than ages has changed.
 */
export async function watchStatus(
  cluster: Cluster,
  options: StatusOptions,
  render: (status: ClusterStatus) => string,
  { io, terminal }: Context,
): Promise<number> {
  const isScreen = io.stdout.isTTY === true && io.env['TERM'] !== 'dumb';
  const interrupt = io.signal ?? new AbortController().signal;
  const release = io.holdSignals?.();
  let last: string | undefined;
  try {
    for await (const status of followStatus(cluster, options, interrupt, isScreen ? TICK : undefined)) {
      const seen = withoutAges(status);
      if (!isScreen && seen === last) continue;
      const gap = last === undefined ? '' : '\n';
      await terminal.print(`${isScreen ? CLEAR : gap}${render(status)}`);
      last = seen;
    }
  } finally {
    release?.();
  }
  return 0;
}

function withoutAges(status: ClusterStatus): string {
  return JSON.stringify(status, (key, value: unknown) => (key === 'age' ? undefined : value));
}
