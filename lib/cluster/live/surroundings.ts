import { references } from '../../graph/references';
import { identityKey, type Manifest, type ObjectId } from '../../manifest/manifest';
import type { ManifestSet } from '../../manifest/set';
import type { Cluster } from '../client/cluster';
import { definitionFor, DEFINITIONS } from './definition';
import { readPolicies } from './policies';
import { LiveReader } from './reader';
import type { Surroundings } from './surroundings-types';

/** Kinds of a namespace that manifests refer to, or that decide about them. */
const IN_NAMESPACES: readonly (readonly [apiVersion: string, kind: string])[] = [
  ['v1', 'ConfigMap'],
  ['v1', 'Secret'],
  ['v1', 'ServiceAccount'],
  ['v1', 'PersistentVolumeClaim'],
  ['v1', 'Service'],
  ['v1', 'ResourceQuota'],
  ['v1', 'LimitRange'],
  ['networking.k8s.io/v1', 'NetworkPolicy'],
];

/** Kinds without namespaces of which the same is true. */
const OF_THE_CLUSTER: readonly (readonly [apiVersion: string, kind: string])[] = [
  ['storage.k8s.io/v1', 'StorageClass'],
  ['networking.k8s.io/v1', 'IngressClass'],
  ['scheduling.k8s.io/v1', 'PriorityClass'],
  ['node.k8s.io/v1', 'RuntimeClass'],
];

/**
 * What a cluster has that decides about manifests: its release, the definitions of their custom kinds, admission policies
 * with bindings and params, namespaces, classes, quotas and limits, and what they refer to. Only names, types and keys of
 * Secrets and ConfigMaps are kept. It only reads; what the user may not read is told by kind.
 *
 * @param set the manifests, with the namespaces that they get. Without any, all definitions are read
 * @throws SeaworthyError CLUSTER_UNREACHABLE, CLUSTER_UNAUTHORIZED, CLUSTER_FAILED
 */
export async function readSurroundings(
  cluster: Cluster,
  set: ManifestSet,
  options: { readonly namespaces?: readonly string[]; readonly signal?: AbortSignal } = {},
): Promise<Surroundings> {
  const reader = new LiveReader(cluster, options.signal);
  const named = set.manifests.flatMap(({ id }) => id.namespace ?? []);
  const spaces = [...new Set([...named, ...(options.namespaces ?? [])])].sort();
  await Promise.all([
    reader.read(spaces.map((name) => ({ apiVersion: 'v1', kind: 'Namespace', name }))),
    ...OF_THE_CLUSTER.map(([apiVersion, kind]) => reader.list({ apiVersion, kind })),
    ...spaces.flatMap((namespace) =>
      IN_NAMESPACES.map(([apiVersion, kind]) => reader.list({ apiVersion, kind }, { namespace })),
    ),
    readPolicies(reader, spaces),
    readTargets(reader, set),
    ...(set.size === 0 ? [reader.list(DEFINITIONS)] : []),
    ...customKinds(set.manifests).map(async (kind) => reader.add(await definitionFor(reader, kind))),
  ]);
  return reader.found();
}

/** Kinds of manifests that a definition may define: whether one is built in, the reader knows. */
function customKinds(manifests: readonly Manifest[]): Pick<ObjectId, 'apiVersion' | 'kind'>[] {
  const kinds = new Map(
    manifests.map(({ id: { apiVersion, kind } }) => [`${apiVersion} ${kind}`, { apiVersion, kind }]),
  );
  return [...kinds.values()];
}

/** What manifests name and nothing else here lists: in other namespaces, or of other kinds. */
async function readTargets(reader: LiveReader, set: ManifestSet): Promise<void> {
  const listed = new Set([...IN_NAMESPACES, ...OF_THE_CLUSTER].map(([, kind]) => kind));
  const here = new Set(set.manifests.map(({ id }) => id.namespace));
  const sought = new Map<string, ObjectId>();
  for (const reference of references(set).references) {
    if (reference.type !== 'names' || !/^(missing|unknown)$/.test(reference.resolution)) continue;
    const { group, kind, namespace, name } = reference.target;
    if (kind === '' || /[$({]/.test(name + kind)) continue;
    if (listed.has(kind) && (namespace === undefined || here.has(namespace))) continue;
    const apiVersion = await reader.versionOf(group, kind);
    if (apiVersion === undefined) continue;
    const id = { apiVersion, kind, name, ...(namespace !== undefined && { namespace }) };
    sought.set(identityKey(id), id);
  }
  await reader.read([...sought.values()]);
}
