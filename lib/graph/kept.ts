import { keptObject } from '../apiserver/kept';
import type { KubeObject, Manifest } from '../manifest/manifest';
import type { Cluster } from './cluster';
import { featureGatesOf } from './feature-gates';

/**
 * The object of a manifest as the API server of the cluster keeps it, without the fields of features that are off there:
 * controllers and the scheduler see no others.
 */
export function keptIn(cluster: Cluster, { object }: Manifest): KubeObject {
  const known = cluster.derived(keptObjects);
  const found = known.get(object) ?? keptObject(object, featureGatesOf(cluster));
  known.set(object, found);
  return found;
}

/** By the object that was written. */
function keptObjects(): WeakMap<KubeObject, KubeObject> {
  return new WeakMap();
}
