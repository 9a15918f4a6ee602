import type { PodPort } from '../graph/connections';
import { PodSet } from '../graph/pod-set';
import type { Pods } from '../graph/pods';
import { policiesOf } from '../graph/policies';
import { Reach } from '../graph/reach';
import type { ClusterPair } from '../graph/clusters';
import { identityKey } from '../manifest/manifest';
import { lastingPods } from '../plan/consequences/traffic/connection-causes';
import { MOST_CALLERS, MOST_PODS } from './allowed-connections';

/** A connection between two workloads, by their keys. */
export interface ChangedConnection {
  readonly from: string;
  readonly to: string;
  readonly change: 'gained' | 'lost';
}

/**
 * The connections between workloads of both sides that policies allowed on some port and allow on none any more, or the
 * other way round. Of many callers that one workload loses or gains, the first are told.
 */
export function changedConnections({ before, after }: ClusterPair): ChangedConnection[] {
  if (![before, after].some((cluster) => policiesOf(cluster).length > 0)) return [];
  const lasting = lastingPods({ before, after });
  if (lasting.length > MOST_PODS) return [];
  const [was, now] = [
    new Reach(
      before,
      lasting.map((pods) => pods.was),
    ),
    new Reach(
      after,
      lasting.map((pods) => pods.now),
    ),
  ];
  const keyAt = (place: number): string => identityKey(lasting[place]?.now.manifest.id ?? NOBODY);
  return lasting.flatMap((pods, to) => {
    const old = callersOf(was, pods.was, pods.ports.was);
    const current = callersOf(now, pods.now, pods.ports.now);
    const found = (callers: PodSet, change: ChangedConnection['change']): ChangedConnection[] =>
      [...callers]
        .filter((from) => from !== to)
        .slice(0, MOST_CALLERS)
        .map((from) => ({ from: keyAt(from), to: keyAt(to), change }));
    return [...found(old.without(current), 'lost'), ...found(current.without(old), 'gained')];
  });
}

const NOBODY = { apiVersion: '', kind: '', name: '' };

/** Who may connect to any of the ports. */
function callersOf(reach: Reach, to: Pods, ports: readonly PodPort[]): PodSet {
  const callers = new PodSet(reach.pods.length);
  for (const { port, protocol } of ports) callers.join(reach.callersOf(to, { number: port, protocol }));
  return callers;
}
