import type { Cluster } from '../../../graph/cluster';
import { formatId } from '../../../manifest/manifest';
import type { Field } from '../../../manifest/field';
import { knownOf } from '../../../graph/objects';
import { claimTemplates, podsOf, type Pods } from '../../../graph/pods';
import { replicasOf } from '../../../graph/replicas';
import { runTogether } from '../../../graph/scheduling';
import type { Rule } from '../../rule';

/** Source: access modes of PersistentVolumes; `ReadWriteOnce` allows one node, `ReadWriteOncePod` one pod. */
export const exclusiveClaim: Rule = {
  name: 'policy/exclusive-claim',
  severity: 'warning',
  about:
    'Finds ReadWriteOnce claims that several pods share, of one workload or of several, or the old and the new pod of a rollout. An error for ReadWriteOncePod and several pods.',
  why: 'A pod on another node cannot mount the volume, and a rollout waits for a new pod that waits for the old one.',
  run(cluster, report) {
    for (const pod of podsOf(cluster)) {
      const who = sharing(cluster, pod);
      for (const { name, claim } of mountsOf(cluster, pod)) {
        if (who !== undefined) {
          const message = `${who.text} share claim "${name.text}", which only one ${placeOf(claim)} can mount at a time`;
          const hint = 'Use strategy Recreate with one replica, a StatefulSet, or access mode ReadWriteMany.';
          const isError = claim.isForOnePod && who.atOnce;
          report(pod.manifest, name.path, message, hint, isError ? 'error' : undefined);
        }
        const other = firstOther(cluster, pod, claim);
        if (other === undefined) continue;
        const message = `shares claim "${name.text}" with ${formatId(other.manifest.id)}, which only one ${placeOf(claim)} can mount at a time`;
        const hint = 'Use access mode ReadWriteMany, or run the pods on one node by a required podAffinity.';
        report(pod.manifest, name.path, message, hint, claim.isForOnePod ? 'error' : undefined);
      }
    }
  },
};

/** A claim that one node or one pod can mount. */
interface Exclusive {
  readonly isForOnePod: boolean;
  /** The StatefulSet that makes it for one of its replicas. */
  readonly owner?: Pods;
}

interface Mount {
  /** The field that names the claim. */
  readonly name: Field;
  readonly key: string;
  readonly claim: Exclusive;
}

function placeOf({ isForOnePod }: Exclusive): string {
  return isForOnePod ? 'pod' : 'node';
}

/** The exclusive claims that the pods of a workload mount by name. */
function mountsOf(cluster: Cluster, pod: Pods): readonly Mount[] {
  if (replicasOf(cluster, pod.manifest)?.max === 0) return [];
  return pod.spec.child('volumes').items.flatMap((volume) => {
    const name = volume.child('persistentVolumeClaim').child('claimName');
    const key = `${pod.namespace}/${name.text}`;
    const claim = cluster.derived(claims).get(key);
    return claim === undefined ? [] : [{ name, key, claim }];
  });
}

/** Another workload that mounts the claim, and comes before `pod` in the set; its pods may run on another node. */
function firstOther(cluster: Cluster, pod: Pods, claim: Exclusive): Pods | undefined {
  const all = cluster.derived(mountersByClaim).get(claim) ?? [];
  const earlier = all.slice(0, Math.max(0, all.indexOf(pod)));
  return earlier.find((other) => claim.isForOnePod || !runTogether(pod, other));
}

function mountersByClaim(cluster: Cluster): ReadonlyMap<Exclusive, readonly Pods[]> {
  const found = new Map<Exclusive, Pods[]>();
  for (const pod of podsOf(cluster))
    for (const { claim } of mountsOf(cluster, pod)) {
      const owner = claim.owner === undefined ? [] : [claim.owner];
      const pods = found.get(claim) ?? owner;
      if (!pods.includes(pod)) found.set(claim, [...pods, pod]);
    }
  return found;
}

/** The pods of a workload that have its volumes at the same time; `undefined` if only one pod at a time does. */
function sharing(
  cluster: Cluster,
  pod: Pods,
): { readonly text: string; readonly atOnce: boolean } | undefined {
  const { max = 1 } = replicasOf(cluster, pod.manifest) ?? {};
  if (max > 1) return { text: `${max} pods`, atOnce: true };
  const strategy = pod.root.child('spec').child('strategy');
  const surges = strategy.child('rollingUpdate').child('maxSurge').value;
  if (pod.kind !== 'apps/Deployment' || strategy.child('type').text === 'Recreate' || max === 0)
    return undefined;
  if (surges === 0 || surges === '0%') return undefined;
  return { text: 'the old and the new pod of a rollout', atOnce: false };
}

/** Replicas of a StatefulSet whose claims are looked for. */
const MOST_REPLICAS = 100;

/** The exclusive claims, by namespace and name: those of the set, and those that StatefulSets make for their replicas. */
function claims(cluster: Cluster): ReadonlyMap<string, Exclusive> {
  const found = new Map<string, Exclusive>();
  for (const pods of podsOf(cluster))
    for (const template of claimTemplates(pods)) {
      const isForOnePod = exclusiveness(template);
      if (isForOnePod === undefined) continue;
      const first = pods.root.at('spec', 'ordinals', 'start');
      const start = first.isSet ? first.number : 0;
      const { max = 1 } = replicasOf(cluster, pods.manifest) ?? {};
      for (let number = start; number < start + Math.min(max, MOST_REPLICAS); number++) {
        const name = `${template.at('metadata', 'name').text}-${pods.manifest.id.name}-${number}`;
        found.set(`${pods.namespace}/${name}`, { isForOnePod, owner: pods });
      }
    }
  for (const { namespace, manifest, root } of knownOf(cluster, '/PersistentVolumeClaim')) {
    const isForOnePod = exclusiveness(root);
    const key = `${namespace}/${manifest.id.name}`;
    if (isForOnePod !== undefined && !found.has(key)) found.set(key, { isForOnePod });
  }
  return found;
}

/** Whether a claim is for one pod, or else for one node; `undefined` where several nodes may mount it. */
function exclusiveness(claim: Field): boolean | undefined {
  const modes = claim.at('spec', 'accessModes').texts;
  if (modes.length === 0) return undefined;
  if (!modes.every((mode) => mode === 'ReadWriteOnce' || mode === 'ReadWriteOncePod')) return undefined;
  return modes.every((mode) => mode === 'ReadWriteOncePod');
}
