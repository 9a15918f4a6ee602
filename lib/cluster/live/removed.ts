import { SeaworthyError } from '../../errors';
import { APPLYSET } from '../../kube/applyset';
import { identify, identityKey, type KubeObject } from '../../manifest/manifest';
import type { ManifestSet } from '../../manifest/set';
import type { Cluster } from '../client/cluster';
import { listObjects } from '../client/objects';
import { Resources } from '../client/resources';
import { openApplySet, type ApplySet } from '../owned/apply-set';
import { prunable } from '../owned/prunable';
import { appNameOf, SECRETS } from '../owned/record';
import { appliedLast } from '../revisions/applied';
import { unusedDefinitions } from '../owned/unused';

/** What the record of an application says of its objects in a cluster. */
export interface RemovedObjects {
  /** Objects as the cluster has them that the application no longer has, and that are deleted. */
  readonly gone: readonly KubeObject[];
  /** A copy of an object with the label that the application gives its objects. */
  readonly label: (object: KubeObject) => KubeObject;
  /** What was applied last, by `identityKey`, if that is known. */
  readonly recorded?: ReadonlyMap<string, KubeObject>;
}

/**
 * The objects that an application had and no longer has, by the label of those that it has, and the record of the set. Nothing
 * where none has such a label, where the objects are of several sets, or where the user may not read the record.
 *
 * @param live objects of the cluster that `set` has, too
 * @param manager who applies the set
 * @throws SeaworthyError CLUSTER_UNREACHABLE, CLUSTER_UNAUTHORIZED, CLUSTER_FAILED
 */
export async function removedObjects(
  cluster: Cluster,
  live: readonly KubeObject[],
  set: ManifestSet,
  manager: string,
  signal?: AbortSignal,
): Promise<RemovedObjects | undefined> {
  const [id, ...others] = new Set(live.flatMap(({ metadata }) => metadata.labels?.[APPLYSET.partOf] ?? []));
  if (id === undefined || others.length > 0) return undefined;
  const resources = new Resources(cluster);
  try {
    const applySet = await setOf(id, cluster, resources, set, signal);
    if (applySet === undefined) return undefined;
    const [members, recorded] = await Promise.all([
      applySet.members(),
      appliedLast(cluster, applySet.application, signal),
    ]);
    const current = new Set([...set].map((manifest) => identityKey(manifest.id)));
    const absent = members.filter((object) => !current.has(identityKey(identify(object))));
    const unused = await unusedDefinitions(cluster, resources, absent, signal);
    const rules = { manager, mayLose: () => false, home: applySet.record.namespace, unused };
    const gone = prunable(absent, set, rules).gone.map(({ object }) => object);
    return { gone, label: (object) => applySet.label(object), ...(recorded && { recorded }) };
  } catch (error) {
    if (error instanceof SeaworthyError && error.code === 'CLUSTER_FORBIDDEN') return undefined;
    throw error;
  }
}

/** The set of an id, whose record is in one of the namespaces of its objects. */
async function setOf(
  id: string,
  cluster: Cluster,
  resources: Resources,
  set: ManifestSet,
  signal: AbortSignal | undefined,
): Promise<ApplySet | undefined> {
  const labelSelector = `${APPLYSET.id}=${id}`;
  const namespaces = new Set([
    cluster.namespace,
    ...[...set].flatMap((manifest) => manifest.id.namespace ?? []),
  ]);
  for (const namespace of namespaces) {
    const [record] = await listObjects(cluster, SECRETS, { namespace, labelSelector }, signal);
    const name = record && appNameOf(record);
    if (name !== undefined) return openApplySet(cluster, { name, namespace, resources, signal });
  }
  return undefined;
}
