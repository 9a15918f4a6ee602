import type { Entry } from '../../../graph/objects';
import { knownOf } from '../../../graph/objects';
import { podsOf } from '../../../graph/pods';
import type { Pods } from '../../../graph/pods';
import type { Rule } from '../../rule';
import type { Cluster } from '../../../graph/cluster';
import { replicasOf } from '../../../graph/replicas';

/** Source: access modes of PersistentVolumes; `ReadWriteOnce` allows one node, `ReadWriteOncePod` one pod. */
export const exclusiveClaim: Rule = {
  name: 'policy/exclusive-claim',
  severity: 'warning',
  about: 'Finds ReadWriteOnce claims that several pods share, or the old and the new pod of a rollout.',
  why: 'A pod on another node cannot mount the volume, and a rollout waits for a new pod that waits for the old one.',
  run(cluster, report) {
    for (const pod of podsOf(cluster)) {
      const who = sharing(cluster, pod);
      if (who === undefined) continue;
      for (const volume of pod.spec.child('volumes').items) {
        const name = volume.child('persistentVolumeClaim').child('claimName');
        const claim = cluster.derived(claims).get(`${pod.namespace}/${name.text}`);
        if (claim === undefined || !isExclusive(claim)) continue;
        const message = `${who} share claim "${name.text}", which only one node can mount at a time`;
        const hint = 'Use strategy Recreate with one replica, a StatefulSet, or access mode ReadWriteMany.';
        report(pod.manifest, name.path, message, hint);
      }
    }
  },
};

/** The pods of a workload that have its volumes at the same time; `undefined` if only one pod at a time does. */
function sharing(cluster: Cluster, pod: Pods): string | undefined {
  const { max = 1 } = replicasOf(cluster, pod.manifest) ?? {};
  if (max > 1) return `${max} pods`;
  const strategy = pod.root.child('spec').child('strategy');
  const surges = strategy.child('rollingUpdate').child('maxSurge').value;
  if (pod.kind !== 'apps/Deployment' || strategy.child('type').text === 'Recreate' || max === 0)
    return undefined;
  return surges === 0 || surges === '0%' ? undefined : 'the old and the new pod of a rollout';
}

function claims(cluster: Cluster): ReadonlyMap<string, Entry> {
  const known = knownOf(cluster, '/PersistentVolumeClaim');
  return new Map(known.map((entry) => [`${entry.namespace}/${entry.manifest.id.name}`, entry]));
}

function isExclusive({ root }: Entry): boolean {
  const modes = root.child('spec').child('accessModes').texts;
  return modes.length > 0 && modes.every((mode) => mode === 'ReadWriteOnce' || mode === 'ReadWriteOncePod');
}
