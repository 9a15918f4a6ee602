import { atLeast } from '../kube/at-least';
import { grouped } from '../kube/grouped';
import { isPodLevelResource } from '../kube/pod-resources';
import { isPlainRecord, ownValue, type PlainRecord } from '../manifest/data';
import type { Cluster } from './cluster';
import { withDefaultResources } from './limit-ranges';
import { isInScope } from './quota-scopes';
import { allQuotas, type Quota } from './quotas';

/** Resources that every container has to name where a quota limits them. */
const DEMANDED = ['cpu', 'limits.cpu', 'limits.memory', 'memory', 'requests.cpu', 'requests.memory'];

/** The containers of a pod that do not name what a quota limits. */
export interface QuotaDemand {
  readonly quota: Quota;
  /** By resource, as the quota calls it, the names of the containers. */
  readonly missing: ReadonlyMap<string, readonly string[]>;
}

/**
 * What the quotas of a namespace demand of a pod and it does not say, nor a LimitRange for it: the API server rejects it
 * for the first of them.
 *
 * @source k8s.io/kubernetes pkg/quota/v1/evaluator/core/pods.go podEvaluator.Constraints 1.36
 */
export function unmetDemand(cluster: Cluster, namespace: string, spec: PlainRecord): QuotaDemand | undefined {
  const quotas = cluster.derived(demanding).get(namespace) ?? [];
  if (quotas.length === 0) return undefined;
  if (atLeast(cluster.kubernetes, '1.34') && hasPodResources(spec)) return undefined;
  const given = withDefaultResources(cluster, namespace, spec);
  for (const quota of quotas) {
    if (!quota.scopes.every((scope) => isInScope(scope, given))) continue;
    const missing = missingIn(given, quota);
    if (missing.size > 0) return { quota, missing };
  }
  return undefined;
}

/** By namespace, the quotas that demand something: of those that demand the same of the same pods, the first. */
function demanding(cluster: Cluster): ReadonlyMap<string, readonly Quota[]> {
  const firsts = new Map<string, Quota>();
  for (const quota of allQuotas(cluster)) {
    const demands = DEMANDED.filter((name) => quota.hard.has(name));
    const key = JSON.stringify([quota.namespace, demands, quota.scopes]);
    if (demands.length > 0 && !firsts.has(key)) firsts.set(key, quota);
  }
  return grouped([...firsts.values()], ({ namespace }) => namespace);
}

/** In the words of the API server: `failed quota: compute: must specify limits.cpu for: app`. */
export function demandText({ quota, missing }: QuotaDemand): string {
  const each = [...missing].map(([resource, names]) => `${resource} for: ${names.join(',')}`);
  return `failed quota: ${quota.manifest.id.name}: must specify ${each.join('; ')}`;
}

/** Since `spec.resources` of a pod exists (KEP-2837), its containers need not say theirs next to it. */
function hasPodResources(spec: PlainRecord): boolean {
  return ['requests', 'limits'].some((side) => {
    const amounts = ownValue(spec['resources'], side);
    return isPlainRecord(amounts) && Object.keys(amounts).some(isPodLevelResource);
  });
}

function missingIn(spec: PlainRecord, { hard }: Quota): ReadonlyMap<string, readonly string[]> {
  const containers = ['containers', 'initContainers'].flatMap((list): PlainRecord[] => {
    const all = spec[list];
    return Array.isArray(all) ? all.filter(isPlainRecord) : [];
  });
  const found = new Map<string, readonly string[]>();
  for (const resource of DEMANDED) {
    if (!hard.has(resource)) continue;
    const names = containers.filter((each) => !isNamed(each, resource)).map(({ name }) => String(name));
    if (names.length > 0) found.set(resource, [...new Set(names)].sort());
  }
  return found;
}

/** Whether a container says its request or limit. */
function isNamed(container: PlainRecord, resource: string): boolean {
  const side = resource.startsWith('limits.') ? 'limits' : 'requests';
  const amounts = ownValue(container['resources'], side);
  return isPlainRecord(amounts) && amounts[resource.replace(/^.*\./, '')] !== undefined;
}
