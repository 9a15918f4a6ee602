import { SeaworthyError } from '../../errors';
import { identify, identityKey, type KubeObject, type Manifest } from '../../manifest/manifest';
import type { Cluster } from '../client/cluster';
import { listObjects } from '../client/objects';
import type { ApiResource } from '../client/resources';
import type { Target } from './targets';

const QUOTAS: ApiResource = {
  apiVersion: 'v1',
  kind: 'ResourceQuota',
  plural: 'resourcequotas',
  namespaced: true,
};
const LIMITS: ApiResource = { apiVersion: 'v1', kind: 'LimitRange', plural: 'limitranges', namespaced: true };

/** What decides which pods a namespace lets in, and how many objects. */
export interface Bounds {
  /** Quotas and limits that are not applied themselves. */
  readonly manifests: readonly Manifest[];
  /** Whether a namespace has a quota, or may have one that the user may not list. */
  readonly mayCount: (namespace: string) => boolean;
}

/** Quotas and limits of the namespaces with objects; none where the user may not list them. */
export async function boundsOf(
  cluster: Cluster,
  targets: readonly Target[],
  signal: AbortSignal | undefined,
): Promise<Bounds> {
  const own = new Set(targets.map(({ key }) => key));
  const namespaces = [...new Set(targets.flatMap(({ manifest: { id } }) => id.namespace ?? []))];
  const list = (resource: ApiResource, namespace: string): Promise<KubeObject[] | undefined> =>
    listObjects(cluster, resource, { namespace }, signal).catch((error: unknown) => {
      if (error instanceof SeaworthyError && error.code === 'CLUSTER_FORBIDDEN') return undefined;
      throw error;
    });
  const counted = new Set(
    targets.flatMap(({ manifest: { id } }) => (id.kind === QUOTAS.kind ? (id.namespace ?? []) : [])),
  );
  const found = await Promise.all(
    namespaces.map(async (namespace) => {
      const [quotas, limits] = await Promise.all([list(QUOTAS, namespace), list(LIMITS, namespace)]);
      if (quotas === undefined || quotas.length > 0) counted.add(namespace);
      return [...(quotas ?? []), ...(limits ?? [])];
    }),
  );
  return {
    manifests: found
      .flat()
      .map((object) => ({ object, id: identify(object) }))
      .filter(({ id }) => !own.has(identityKey(id))),
    mayCount: (namespace) => counted.has(namespace),
  };
}
