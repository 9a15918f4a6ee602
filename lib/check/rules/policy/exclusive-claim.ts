import type { Entry } from '../../../graph/objects';
import { knownOf } from '../../../graph/objects';
import { podsOf } from '../../../graph/pods';
import type { Pods } from '../../../graph/pods';
import type { Rule } from '../../rule';
import type { Cluster } from '../../../graph/cluster';
import { replicasOf } from '../../../graph/replicas';

/** Source: access modes of PersistentVolumes; `ReadWriteOnce` is for one node, `ReadWriteOncePod` for one pod. */
export const exclusiveClaim: Rule = {
  name: 'policy/exclusive-claim',
  severity: 'warning',
  about:
    'Finds claims for one node at a time that several pods share, or an old pod and the new one in a rollout.',
  why: 'A pod on another node waits for the disk, and in a rollout it waits for a pod that waits for it.',
  run(cluster, report) {
    for (const pod of podsOf(cluster)) {
      const why = sharing(cluster, pod);
      if (why === undefined) continue;
      for (const volume of pod.spec.child('volumes').items) {
        const name = volume.child('persistentVolumeClaim').child('claimName');
        const claim = cluster.derived(claims).get(`${pod.namespace}/${name.text}`);
        if (claim === undefined || !isExclusive(claim)) continue;
        const message = `${why} the claim "${name.text}", which is for one node at a time`;
        const hint =
          'Write the strategy Recreate with one replica, use a StatefulSet, or ask for ReadWriteMany.';
        report(pod.manifest, name.path, message, hint);
      }
    }
  },
};

/** How it comes that several pods of a workload have one volume. */
function sharing(cluster: Cluster, pod: Pods): string | undefined {
  const { max = 1 } = replicasOf(cluster, pod) ?? {};
  if (max > 1) return `shares among ${max} pods`;
  const strategy = pod.root.child('spec').child('strategy');
  const surges = strategy.child('rollingUpdate').child('maxSurge').value;
  if (pod.kind !== 'apps/Deployment' || strategy.child('type').text === 'Recreate' || max === 0)
    return undefined;
  return surges === 0 || surges === '0%' ? undefined : 'hands to a new pod, while the old one still has it,';
}

function claims(cluster: Cluster): ReadonlyMap<string, Entry> {
  const known = knownOf(cluster, '/PersistentVolumeClaim');
  return new Map(known.map((entry) => [`${entry.namespace}/${entry.manifest.id.name}`, entry]));
}

function isExclusive({ root }: Entry): boolean {
  const modes = root.child('spec').child('accessModes').texts;
  return modes.length > 0 && modes.every((mode) => mode === 'ReadWriteOnce' || mode === 'ReadWriteOncePod');
}
