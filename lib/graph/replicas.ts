import type { Field } from '../manifest/field';
import { knownOf } from './objects';
import type { Pods } from './pods';
import type { Cluster } from './cluster';

/** How many pods of a workload there are at a time. */
export interface Replicas {
  readonly min: number;
  readonly max: number;
}

const REPLICATED = ['apps/Deployment', 'apps/StatefulSet', 'apps/ReplicaSet', '/ReplicationController'];

/** How many pods `pod` stands for, by its workload or what scales that; nothing where neither says. */
export function replicasOf(
  cluster: Cluster,
  { kind, root, manifest: { id }, namespace }: Pods,
): Replicas | undefined {
  if (!REPLICATED.includes(kind)) return undefined;
  const scaled = cluster.derived(scalers).get(`${namespace}/${id.kind}/${id.name}`);
  if (scaled !== undefined) return scaled;
  const replicas = root.child('spec').child('replicas');
  const count = replicas.isSet ? replicas.number : 1;
  return { min: count, max: count };
}

/** What scales a workload, by namespace, kind and name. Defaults are those of HorizontalPodAutoscaler and of KEDA. */
function scalers(cluster: Cluster): ReadonlyMap<string, Replicas> {
  const found = new Map<string, Replicas>();
  for (const { root, namespace } of knownOf(cluster, 'autoscaling/HorizontalPodAutoscaler')) {
    const spec = root.child('spec');
    const target = spec.child('scaleTargetRef');
    const range = {
      min: numberOr(spec.child('minReplicas'), 1),
      max: numberOr(spec.child('maxReplicas'), 1),
    };
    found.set(`${namespace}/${target.child('kind').text}/${target.child('name').text}`, range);
  }
  for (const { root, namespace } of knownOf(cluster, 'keda.sh/ScaledObject')) {
    const spec = root.child('spec');
    const target = spec.child('scaleTargetRef');
    const range = {
      min: numberOr(spec.child('minReplicaCount'), 0),
      max: numberOr(spec.child('maxReplicaCount'), 100),
    };
    found.set(
      `${namespace}/${target.child('kind').text || 'Deployment'}/${target.child('name').text}`,
      range,
    );
  }
  return found;
}

function numberOr(field: Field, otherwise: number): number {
  return field.isSet ? field.number : otherwise;
}
