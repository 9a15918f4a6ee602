import { groupOf, type Manifest } from '../../manifest/manifest';
import { objectsOf } from '../../graph/objects';
import type { Cluster } from '../../graph/cluster';

/** A HorizontalPodAutoscaler and the range that it keeps its target in. */
export interface Scaler {
  readonly manifest: Manifest;
  readonly min: number;
  readonly max: number;
}

/** The autoscaler of a workload, where the set has one. */
export function scalerOf(cluster: Cluster, { id }: Manifest): Scaler | undefined {
  return cluster
    .derived(scalersByTarget)
    .get(targetKey(id.namespace, groupOf(id.apiVersion), id.kind, id.name));
}

function scalersByTarget(cluster: Cluster): ReadonlyMap<string, Scaler> {
  const entries = objectsOf(cluster, 'autoscaling/HorizontalPodAutoscaler').map(
    ({ manifest, root }): [string, Scaler] => {
      const spec = root.child('spec');
      const target = spec.child('scaleTargetRef');
      const [min, max] = [spec.child('minReplicas'), spec.child('maxReplicas')];
      const group = groupOf(target.child('apiVersion').text);
      const key = targetKey(
        manifest.id.namespace,
        group,
        target.child('kind').text,
        target.child('name').text,
      );
      return [key, { manifest, min: min.isSet ? min.number : 1, max: max.number }];
    },
  );
  return new Map(entries);
}

function targetKey(namespace = 'default', group: string, kind: string, name: string): string {
  return `${namespace}|${group}|${kind}|${name}`;
}
