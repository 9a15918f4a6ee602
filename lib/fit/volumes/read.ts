import type { Cluster } from '../../graph/cluster';
import { knownOf } from '../../graph/objects';
import type { Field } from '../../manifest/field';
import { claimAt, classAt, volumeAt } from './claim';
import { Volumes } from './volumes';

/** @source k8s.io/component-helpers storage/volume/pv_helpers.go AnnBindCompleted 1.36 */
const BIND_COMPLETED = 'pv.kubernetes.io/bind-completed';

const DEFAULT_CLASS = 'storageclass.kubernetes.io/is-default-class';

/** The claims, volumes and classes of a cluster, and how many volumes its nodes take. */
export function volumesOf(cluster: Cluster): Volumes {
  const roots = (kind: string): Field[] => knownOf(cluster, kind).map(({ root }) => root);
  const volumes = new Volumes(
    roots('/PersistentVolume').map(volumeAt),
    roots('storage.k8s.io/StorageClass').map(classAt),
    new Map(
      roots('storage.k8s.io/CSINode').map((root) => [root.at('metadata', 'name').text, limitsIn(root)]),
    ),
    new Set(Object.values(cluster.profile.storageClasses ?? {})),
  );
  const defaultClass = defaultClassOf(cluster);
  for (const { root, namespace, manifest } of knownOf(cluster, '/PersistentVolumeClaim')) {
    const isBound = root.at('metadata', 'annotations').key(BIND_COMPLETED).isSet;
    volumes.addClaim(claimAt(root.child('spec'), namespace, manifest.id.name, defaultClass, isBound));
  }
  return volumes;
}

/** The class of claims that name none; empty where the cluster has no default. */
export function defaultClassOf(cluster: Cluster): string {
  const isDefault = (root: Field): boolean =>
    root.at('metadata', 'annotations').key(DEFAULT_CLASS).text === 'true';
  const classes = knownOf(cluster, 'storage.k8s.io/StorageClass').filter(({ root }) => isDefault(root));
  return classes[0]?.manifest.id.name ?? '';
}

/** A driver without a count takes any number. */
function limitsIn(root: Field): Map<string, number> {
  return new Map(
    root.list('spec', 'drivers').flatMap((driver) => {
      const count = driver.at('allocatable', 'count');
      return count.isSet ? [[driver.child('name').text, count.number] as const] : [];
    }),
  );
}
