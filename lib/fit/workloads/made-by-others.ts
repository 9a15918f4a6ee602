import type { Cluster } from '../../graph/cluster';
import { podsOf } from '../../graph/pods';
import type { Manifest } from '../../manifest/manifest';
import { workloadKey } from './running';

/** What controllers made for workloads of the set: `kubectl get all` prints a Deployment, its ReplicaSet and their Pods. */
export function madeByOthers(cluster: Cluster): ReadonlySet<Manifest> {
  const owned = podsOf(cluster).flatMap(({ manifest, root, namespace }) => {
    const controller = root
      .list('metadata', 'ownerReferences')
      .find((each) => each.child('controller').isTrue);
    if (controller === undefined) return [];
    const [kind, name] = [controller.child('kind').text, controller.child('name').text];
    return [{ manifest, maker: workloadKey(kind, namespace, name) }];
  });
  if (owned.length === 0) return new Set();
  const makers = new Set(
    podsOf(cluster).map(({ manifest: { id }, namespace }) => workloadKey(id.kind, namespace, id.name)),
  );
  return new Set(owned.filter(({ maker }) => makers.has(maker)).map(({ manifest }) => manifest));
}
