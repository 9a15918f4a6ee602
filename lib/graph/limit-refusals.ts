import { grouped } from '../kube/grouped';
import { aggregate, isPodLevelResource, type Amounts } from '../kube/pod-resources';
import { canonical, compareQuantities, type Quantity } from '../kube/quantity';
import { isPlainRecord, ownValue, type PlainRecord } from '../manifest/data';
import type { Manifest } from '../manifest/manifest';
import type { Cluster } from './cluster';
import { withDefaultResources } from './limit-ranges';
import { knownOf } from './objects';
import { amountsOf } from './pod-requests';

/** Why a LimitRange refuses a pod. */
export interface LimitRefusal {
  readonly range: Manifest;
  /** The container that it is about; absent for one about the whole pod. */
  readonly container?: string;
  /** In the words of the API server: `maximum cpu usage per Container is 1, but limit is 2`. */
  readonly message: string;
}

/** The least or the most that the LimitRanges of a namespace allow of a resource: of several, the tightest. */
interface Bound {
  readonly range: Manifest;
  readonly type: 'Pod' | 'Container';
  readonly rule: Rule;
  readonly resource: string;
  readonly amount: Quantity;
}

type Rule = (typeof RULES)[number];
const RULES = ['min', 'max', 'maxLimitRequestRatio'] as const;

/**
 * Why the LimitRanges of a namespace refuse a pod, with the resources that they give its containers by default. Of several
 * that bound the same, the tightest refuses what any of them does.
 *
 * @source k8s.io/kubernetes plugin/pkg/admission/limitranger/admission.go PodValidateLimitFunc 1.36
 */
export function limitRefusals(cluster: Cluster, namespace: string, spec: PlainRecord): LimitRefusal[] {
  const bounds = cluster.derived(boundsByNamespace).get(namespace) ?? [];
  if (bounds.length === 0) return [];
  const given = withDefaultResources(cluster, namespace, spec);
  const whole = podSides(given);
  const containers = ['containers', 'initContainers'].flatMap((list) => {
    const all = given[list];
    return Array.isArray(all) ? all.filter(isPlainRecord) : [];
  });
  const parts = containers.map((container) => ({
    container: String(container['name']),
    sides: sidesOf(container),
  }));
  return bounds.flatMap((bound): LimitRefusal[] => {
    const { range } = bound;
    if (bound.type === 'Pod') {
      const message = refusalOf(bound, whole);
      return message === undefined ? [] : [{ range, message }];
    }
    return parts.flatMap(({ container, sides }) => {
      const message = refusalOf(bound, sides);
      return message === undefined ? [] : [{ range, container, message }];
    });
  });
}

function boundsByNamespace(cluster: Cluster): ReadonlyMap<string, readonly Bound[]> {
  const tightest = new Map<string, Bound & { readonly namespace: string }>();
  for (const { root, namespace, manifest: range } of knownOf(cluster, '/LimitRange')) {
    for (const { record: limit } of root.list('spec', 'limits')) {
      const { type } = limit;
      if (type !== 'Pod' && type !== 'Container') continue;
      for (const rule of RULES) {
        for (const [resource, amount] of amountsOf(recordOf(limit[rule]))) {
          const key = JSON.stringify([namespace, type, rule, resource]);
          const other = tightest.get(key);
          if (other === undefined || isTighter(rule, amount, other.amount))
            tightest.set(key, { namespace, range, type, rule, resource, amount });
        }
      }
    }
  }
  return grouped([...tightest.values()], ({ namespace }) => namespace);
}

function isTighter(rule: Rule, amount: Quantity, other: Quantity): boolean {
  const order = compareQuantities(amount, other);
  return rule === 'min' ? order > 0 : order < 0;
}

/** What a container or a pod asks for. */
interface Sides {
  readonly requests: Amounts;
  readonly limits: Amounts;
}

function sidesOf(container: PlainRecord): Sides {
  const side = (name: string): Amounts => amountsOf(recordOf(ownValue(container['resources'], name)));
  return { requests: side('requests'), limits: side('limits') };
}

function podSides(spec: PlainRecord): Sides {
  const side = (name: 'requests' | 'limits'): Amounts => {
    const own = amountsOf(recordOf(ownValue(spec['resources'], name)));
    return new Map([
      ...aggregate(spec, name),
      ...[...own].filter(([resource]) => isPodLevelResource(resource)),
    ]);
  };
  return { requests: side('requests'), limits: side('limits') };
}

function refusalOf({ type, rule, resource, amount }: Bound, { requests, limits }: Sides): string | undefined {
  const [request, limit] = [requests.get(resource), limits.get(resource)];
  if (rule === 'min') {
    const told = `minimum ${resource} usage per ${type} is ${canonical(amount)}`;
    if (request === undefined) return `${told}.  No request is specified`;
    if (compareQuantities(request, amount) < 0) return `${told}, but request is ${canonical(request)}`;
    const isBelow = limit !== undefined && compareQuantities(limit, amount) < 0;
    return isBelow ? `${told}, but limit is ${canonical(limit)}` : undefined;
  }
  if (rule === 'max') {
    const told = `maximum ${resource} usage per ${type} is ${canonical(amount)}`;
    if (limit === undefined) return `${told}.  No limit is specified`;
    if (compareQuantities(limit, amount) > 0) return `${told}, but limit is ${canonical(limit)}`;
    const isAbove = request !== undefined && compareQuantities(request, amount) > 0;
    return isAbove ? `${told}, but request is ${canonical(request)}` : undefined;
  }
  const [asked, most] = [request?.nanos ?? 0n, limit?.nanos ?? 0n];
  const told = `${resource} max limit to request ratio per ${type} is ${canonical(amount)}`;
  if (asked === 0n) return `${told}, but no request is specified or request is 0`;
  if (most === 0n) return `${told}, but no limit is specified or limit is 0`;
  const isOver = most * 10n ** 9n > amount.nanos * asked;
  return isOver ? `${told}, but provided ratio is ${(Number(most) / Number(asked)).toFixed(6)}` : undefined;
}

function recordOf(value: unknown): PlainRecord {
  return isPlainRecord(value) ? value : {};
}
