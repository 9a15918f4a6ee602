import { SeaworthyError } from '../../errors';
import { isMadeByCluster } from '../../graph/cluster-made';
import { identify, type KubeObject, type Manifest } from '../../manifest/manifest';
import { ManifestSet } from '../../manifest/set';
import { asWritten } from '../../apiserver/update/as-written';
import { recordsAt, textAt } from '../fields';
import type { Cluster } from '../client/cluster';
import { listObjects } from '../client/objects';
import { failed } from '../client/refusal';
import { rootOf, type ApiResource } from '../client/resources';
import { readLive } from './read';

/** Which objects of a cluster are meant. */
export interface LiveSelection {
  /** @default that of the kubeconfig's context */
  readonly namespace?: string;
  /** Only objects with these labels, as `kubectl -l` takes it: `app=shop,tier!=cache`. @default all */
  readonly selector?: string;
  /** Only the objects that these manifests have, in all of their namespaces. @default all of the namespace */
  readonly set?: ManifestSet;
  /** Ends it. */
  readonly signal?: AbortSignal;
}

/** Objects of a cluster as manifests, and what the user may not read. */
export interface LiveManifests {
  readonly set: ManifestSet;
  /** As a Role names it: `secrets`. */
  readonly unread: readonly string[];
}

/** What changes by itself all the time, and says nothing of a manifest. */
const NOISE = /^(Event|Endpoints|EndpointSlice|Lease|ControllerRevision|PodMetrics)$/;

/**
 * Objects of a cluster as manifests: without what others made of them, such as pods and ReplicaSets, and without the fields
 * that only servers write. Defaults are in them.
 *
 * @throws SeaworthyError CLUSTER_UNREACHABLE, CLUSTER_UNAUTHORIZED, CLUSTER_FAILED
 */
export async function liveManifests(
  cluster: Cluster,
  { namespace = cluster.namespace, selector, set, signal }: LiveSelection = {},
): Promise<LiveManifests> {
  const { objects, unread } =
    set === undefined
      ? await listAll(cluster, namespace, selector, signal)
      : await readSet(cluster, set, signal);
  const manifests = objects
    .map((object): Manifest => ({ object, id: identify(object) }))
    .filter((manifest) => !isMadeByCluster(manifest) && !NOISE.test(manifest.id.kind))
    .map(({ object, id }) => ({ object: asWritten(object) as KubeObject, id }));
  return { set: ManifestSet.from(manifests), unread: [...new Set(unread)].sort() };
}

interface Read {
  readonly objects: readonly KubeObject[];
  readonly unread: readonly string[];
}

async function readSet(cluster: Cluster, set: ManifestSet, signal: AbortSignal | undefined): Promise<Read> {
  const ids = set.manifests.map(({ id }) => id);
  const { objects, unread } = await readLive(cluster, ids, signal);
  return { objects: [...objects.values()], unread: unread.map(({ plural }) => plural) };
}

async function listAll(
  cluster: Cluster,
  namespace: string,
  labelSelector: string | undefined,
  signal: AbortSignal | undefined,
): Promise<Read> {
  const unread: string[] = [];
  const lists = (await listable(cluster, signal)).map(async (resource) => {
    try {
      return await listObjects(cluster, resource, { namespace, labelSelector }, signal);
    } catch (error) {
      if (!(error instanceof SeaworthyError) || error.code !== 'CLUSTER_FORBIDDEN') throw error;
      unread.push(resource.plural);
      return [];
    }
  });
  return { objects: (await Promise.all(lists)).flat(), unread };
}

/** The kinds with namespaces that can be listed, each in the version that the server prefers. */
async function listable(cluster: Cluster, signal: AbortSignal | undefined): Promise<ApiResource[]> {
  const groups = await cluster.request({ method: 'GET', path: '/apis', signal });
  if (groups.refusal !== undefined) return failed(groups.refusal, 'list the API groups');
  const versions = recordsAt(groups.body, 'groups').map((group) =>
    textAt(group, 'preferredVersion', 'groupVersion'),
  );
  const lists = ['v1', ...versions].map(async (apiVersion): Promise<ApiResource[]> => {
    const answer = await cluster.request({ method: 'GET', path: rootOf(apiVersion), signal });
    // An API server of somebody else that is down hides nothing of the rest.
    if (answer.refusal !== undefined) return [];
    return recordsAt(answer.body, 'resources').flatMap(({ name, kind, namespaced, verbs }) => {
      const isListed = namespaced === true && Array.isArray(verbs) && verbs.includes('list');
      if (!isListed || typeof name !== 'string' || typeof kind !== 'string' || NOISE.test(kind)) return [];
      return [{ apiVersion, kind, plural: name, namespaced: true }];
    });
  });
  return (await Promise.all(lists)).flat();
}
