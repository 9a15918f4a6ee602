import { clustersOf } from '../graph/clusters';
import { rolloutOf } from '../graph/rollouts';
import { scalersIn } from '../graph/scalers';
import { isPlainRecord } from '../manifest/data';
import { groupOf, identityKey, type Manifest } from '../manifest/manifest';
import { ManifestSet } from '../manifest/set';
import type { Deployment } from './target';

/** Fields of an object that the manifest sets and something in the cluster changes. */
export interface OwnedFields {
  readonly manifest: Manifest;
  readonly group: string;
  /** As JSON pointers: `/spec/replicas`. */
  readonly pointers: readonly string[];
}

/**
 * The fields that a scaler or controller owns, in the order of the manifests: a deployer that puts them back undoes its work.
 * What a manifest leaves out needs no mention, since nobody puts that back.
 *
 * | field | owned by |
 * |---|---|
 * | `spec.replicas` | the autoscaler of the object; Flagger and Argo Rollouts, which scale the Deployment that they refer to |
 * | weights of HTTPRoutes and VirtualServices | Argo Rollouts |
 * | `caBundle` of webhooks | cert-manager, by its annotation |
 * | `rules` of an aggregated ClusterRole | the controller manager |
 */
export function ownedFields({ manifests, profile }: Deployment): readonly OwnedFields[] {
  const [cluster] = clustersOf(ManifestSet.from(manifests), { profile });
  if (cluster === undefined) return [];
  const scaled = new Set<Manifest>();
  for (const { scaled: target, direction } of scalersIn(cluster))
    if (direction === 'horizontal') scaled.add(target).add(rolloutOf(cluster, target)?.manifest ?? target);
  const routes = routesOfRollouts(manifests);
  return cluster.set.manifests.flatMap((manifest): OwnedFields[] => {
    const { object, id } = manifest;
    const isScaled = scaled.has(manifest) || rolloutOf(cluster, manifest) !== undefined;
    const pointers = [
      ...(isScaled ? pointersTo(object, (path) => path === '/spec/replicas') : []),
      ...(routes.has(identityKey(id)) ? pointersTo(object, (path) => path.endsWith('/weight')) : []),
      ...(isInjected(manifest) ? pointersTo(object, (path) => path.endsWith('/clientConfig/caBundle')) : []),
      ...('aggregationRule' in object && 'rules' in object ? ['/rules'] : []),
    ];
    return pointers.length === 0 ? [] : [{ manifest, group: groupOf(id.apiVersion), pointers }];
  });
}

/** The keys of the routes whose weights a Rollout of Argo sets. */
function routesOfRollouts(manifests: readonly Manifest[]): ReadonlySet<string> {
  const keys = new Set<string>();
  const add = (apiVersion: string, kind: string, name: unknown, namespace: string | undefined): void => {
    if (typeof name !== 'string') return;
    keys.add(identityKey({ apiVersion, kind, name, ...(namespace !== undefined && { namespace }) }));
  };
  for (const { object, id } of manifests) {
    if (id.kind !== 'Rollout' || groupOf(id.apiVersion) !== 'argoproj.io') continue;
    const routing = at(object, 'spec', 'strategy', 'canary', 'trafficRouting');
    for (const name of namesIn(at(routing, 'plugins', 'argoproj-labs/gatewayAPI')))
      add('gateway.networking.k8s.io/v1', 'HTTPRoute', name, id.namespace);
    for (const name of namesIn(at(routing, 'istio')))
      add('networking.istio.io/v1', 'VirtualService', name, id.namespace);
  }
  return keys;
}

/** The names of routes in what a Rollout says of its traffic: `httpRoute`, `httpRoutes`, `virtualService`, `virtualServices`. */
function namesIn(routing: unknown): unknown[] {
  const found = ['httpRoute', 'virtualService'].flatMap((key): unknown[] => {
    const many: unknown = at(routing, `${key}s`);
    return [at(routing, key), ...(Array.isArray(many) ? (many as unknown[]) : [])];
  });
  return found.map((each) => (isPlainRecord(each) ? each['name'] : each));
}

/** cert-manager writes its certificates into webhooks and conversions. */
function isInjected({ object }: Manifest): boolean {
  const keys = Object.keys(object.metadata.annotations ?? {});
  return keys.some((key) => /^cert-manager\.io\/inject-(?:ca-from|ca-from-secret|apiserver-ca)$/.test(key));
}

function at(value: unknown, ...keys: readonly string[]): unknown {
  let here = value;
  for (const key of keys) here = isPlainRecord(here) ? here[key] : undefined;
  return here;
}

/** The JSON pointers (RFC 6901) of the values in `value` whose pointer is `wanted`. */
function pointersTo(value: unknown, wanted: (pointer: string) => boolean, above = ''): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => {
    const pointer = `${above}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    return wanted(pointer) ? [pointer] : pointersTo(each, wanted, pointer);
  });
}
