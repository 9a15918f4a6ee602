import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster } from '../client/cluster';
import { Observation } from '../client/observe';
import { CrashLogs } from './log';
import { statusOf } from './of';
import { isForgivable, LISTED, scopeOf, selectionOf, type StatusOptions } from './scope';
import type { ClusterStatus } from './types';

/** Milliseconds in which changes are gathered: a rollout changes several objects at once. */
const GATHERED = 300;

/**
 * What `status` tells, at first and at every change until `signal` ends it.
 *
 * @param tick milliseconds after which it is told anew without a change, for the ages
 * @throws SeaworthyError as `status`
 */
export async function* followStatus(
  cluster: Cluster,
  options: StatusOptions,
  signal: AbortSignal,
  tick?: number,
): AsyncGenerator<ClusterStatus> {
  const { namespaces, choice } = scopeOf(cluster, options);
  const ended = new AbortController();
  const end = AbortSignal.any([signal, ended.signal]);
  const sought = namespaces.flatMap((namespace) =>
    LISTED.map((kind) => ({
      kind,
      selection: selectionOf(kind.kind, namespace),
      isNeeded: !isForgivable(kind.kind),
    })),
  );
  const observed = new Observation(cluster, sought, { signal: end });
  const logs = new CrashLogs(cluster);
  try {
    while (!end.aborted) {
      await observed.changed(observed.isWhole ? tick : undefined);
      if (end.aborted) return;
      await sleep(GATHERED, undefined, { signal: end }).catch(() => undefined);
      const objects = observed.objects();
      const workloads = statusOf(objects, Date.now(), choice);
      const told = options.logs === false ? undefined : await logs.added(workloads, objects);
      const forbidden = [...observed.forbidden.keys(), ...(told?.isForbidden === true ? ['pods/log'] : [])];
      yield { workloads: told?.workloads ?? workloads, forbidden: forbidden.sort() };
    }
  } finally {
    ended.abort();
  }
}
