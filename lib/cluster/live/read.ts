import { SeaworthyError } from '../../errors';
import { identityKey, type KubeObject, type ObjectId } from '../../manifest/manifest';
import type { Cluster } from '../client/cluster';
import { getObject, pagesOf } from '../client/objects';
import { Resources, type ApiResource } from '../client/resources';

/** Objects of a kind in a namespace that the user may not read, so that nothing is known of them. */
export interface Unread {
  readonly apiVersion: string;
  readonly kind: string;
  /** As a Role names it: `secrets`. */
  readonly plural: string;
  /** Absent for a kind without namespaces. */
  readonly namespace?: string;
  /** The objects that were asked for. */
  readonly ids: readonly ObjectId[];
}

/** Objects of a cluster as the server has them, with `managedFields`. */
export interface LiveObjects {
  /** By `identityKey` of the identity that was asked for; one that does not exist is not there. */
  readonly objects: ReadonlyMap<string, KubeObject>;
  /** By kind and namespace; empty for a user who may read all that was asked for. */
  readonly unread: readonly Unread[];
}

/** Up to how many objects of a kind in a namespace each is asked for itself: at once, which takes as long as one list. */
const FEW = 8;

/** Objects of one kind in one namespace. */
interface Group {
  readonly resource: ApiResource;
  readonly namespace: string | undefined;
  readonly ids: ObjectId[];
}

/**
 * Reads objects by their identities, in the version that each names: one list for each kind and namespace of which many
 * are asked for, one request for each object where few are. Without a namespace, that of the kubeconfig's context counts.
 * A kind that the server does not serve has no objects.
 *
 * @throws SeaworthyError CLUSTER_UNREACHABLE, CLUSTER_UNAUTHORIZED, CLUSTER_FAILED
 */
export async function readLive(
  cluster: Cluster,
  ids: Iterable<ObjectId>,
  signal?: AbortSignal,
  resources = new Resources(cluster),
): Promise<LiveObjects> {
  const objects = new Map<string, KubeObject>();
  const groups = await groupsOf(cluster, ids, resources);
  const unread = await Promise.all(
    groups.map(async (group): Promise<Unread[]> => {
      const forbidden = await readGroup(cluster, group, objects, signal);
      return forbidden.length === 0 ? [] : [unreadOf(group, forbidden)];
    }),
  );
  return { objects, unread: unread.flat() };
}

async function groupsOf(
  cluster: Cluster,
  ids: Iterable<ObjectId>,
  resources: Resources,
): Promise<readonly Group[]> {
  const groups = new Map<string, Group>();
  const kinds = new Map<string, ApiResource | undefined>();
  for (const id of ids) {
    const kind = `${id.apiVersion} ${id.kind}`;
    if (!kinds.has(kind)) kinds.set(kind, await resources.of(id));
    const resource = kinds.get(kind);
    if (resource === undefined) continue;
    const namespace = resource.namespaced ? (id.namespace ?? cluster.namespace) : undefined;
    const key = `${kind} ${namespace ?? ''}`;
    const group = groups.get(key) ?? { resource, namespace, ids: [] };
    group.ids.push(id);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** Reads the objects of a group into `objects`, and returns those that the user may not read. */
async function readGroup(
  cluster: Cluster,
  group: Group,
  objects: Map<string, KubeObject>,
  signal: AbortSignal | undefined,
): Promise<readonly ObjectId[]> {
  const sought = new Map(group.ids.map((id) => [id.name, id]));
  if (sought.size > FEW && (await list(cluster, group, sought, objects, signal))) return [];
  const read = [...sought.values()].map(async (id) => {
    const found = await getObject(cluster, group.resource, within(id, group), signal);
    if (found.refusal !== undefined) return [id];
    if (found.object !== undefined) objects.set(identityKey(id), found.object);
    return [];
  });
  return (await Promise.all(read)).flat();
}

/** Reads by lists until all are found; false where the user may not list: perhaps single objects may be read. */
async function list(
  cluster: Cluster,
  { resource, namespace }: Group,
  sought: ReadonlyMap<string, ObjectId>,
  objects: Map<string, KubeObject>,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  let missing = sought.size;
  try {
    for await (const page of pagesOf(cluster, resource, { namespace }, signal)) {
      for (const object of page.objects) {
        const id = sought.get(object.metadata.name ?? '');
        if (id === undefined) continue;
        objects.set(identityKey(id), object);
        missing--;
      }
      if (missing === 0) break;
    }
    return true;
  } catch (error) {
    if (error instanceof SeaworthyError && error.code === 'CLUSTER_FORBIDDEN') return false;
    throw error;
  }
}

function within(id: ObjectId, { namespace }: Group): ObjectId {
  return namespace === undefined ? id : { ...id, namespace };
}

function unreadOf({ resource, namespace }: Group, ids: readonly ObjectId[]): Unread {
  const { apiVersion, kind, plural } = resource;
  return { apiVersion, kind, plural, ids, ...(namespace !== undefined && { namespace }) };
}
