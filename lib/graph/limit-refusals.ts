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

/**
 * Why the LimitRanges of a namespace refuse a pod, with the resources that they give its containers by default.
 *
 * @source k8s.io/kubernetes plugin/pkg/admission/limitranger/admission.go PodValidateLimitFunc 1.36
 */
export function limitRefusals(cluster: Cluster, namespace: string, spec: PlainRecord): LimitRefusal[] {
  const ranges = knownOf(cluster, '/LimitRange').filter((entry) => entry.namespace === namespace);
  if (ranges.length === 0) return [];
  const given = withDefaultResources(cluster, namespace, spec);
  const containers = ['containers', 'initContainers'].flatMap((list) => {
    const all = given[list];
    return Array.isArray(all) ? all.filter(isPlainRecord) : [];
  });
  return ranges.flatMap(({ root, manifest: range }) =>
    root.list('spec', 'limits').flatMap((item): LimitRefusal[] => {
      const limit = item.record;
      if (limit['type'] === 'Pod')
        return refusalsOf('Pod', limit, podSides(given)).map((message) => ({ range, message }));
      if (limit['type'] !== 'Container') return [];
      return containers.flatMap((container) =>
        refusalsOf('Container', limit, sidesOf(container)).map((message) => ({
          range,
          container: String(container['name']),
          message,
        })),
      );
    }),
  );
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

function refusalsOf(type: string, limit: PlainRecord, { requests, limits }: Sides): string[] {
  const amounts = (field: string): [string, Quantity][] => [...amountsOf(recordOf(limit[field]))];
  const first = (...messages: readonly (string | false)[]): string[] =>
    messages.filter((each) => each !== false).slice(0, 1);
  const isAbove = (one: Quantity | undefined, other: Quantity): boolean =>
    one !== undefined && compareQuantities(one, other) > 0;
  const isBelow = (one: Quantity | undefined, other: Quantity): boolean =>
    one !== undefined && compareQuantities(one, other) < 0;
  const least = amounts('min').flatMap(([name, bound]) => {
    const [request, own] = [requests.get(name), limits.get(name)];
    const rule = `minimum ${name} usage per ${type} is ${canonical(bound)}`;
    return first(
      request === undefined && `${rule}.  No request is specified`,
      isBelow(request, bound) && `${rule}, but request is ${text(request)}`,
      isBelow(own, bound) && `${rule}, but limit is ${text(own)}`,
    );
  });
  const most = amounts('max').flatMap(([name, bound]) => {
    const [request, own] = [requests.get(name), limits.get(name)];
    const rule = `maximum ${name} usage per ${type} is ${canonical(bound)}`;
    return first(
      own === undefined && `${rule}.  No limit is specified`,
      isAbove(own, bound) && `${rule}, but limit is ${text(own)}`,
      isAbove(request, bound) && `${rule}, but request is ${text(request)}`,
    );
  });
  const ratios = amounts('maxLimitRequestRatio').flatMap(([name, ratio]) => {
    const [request, own] = [requests.get(name)?.nanos ?? 0n, limits.get(name)?.nanos ?? 0n];
    const rule = `${name} max limit to request ratio per ${type} is ${canonical(ratio)}`;
    return first(
      request === 0n && `${rule}, but no request is specified or request is 0`,
      own === 0n && `${rule}, but no limit is specified or limit is 0`,
      own * 10n ** 9n > ratio.nanos * request &&
        `${rule}, but provided ratio is ${(Number(own) / Number(request)).toFixed(6)}`,
    );
  });
  return [...least, ...most, ...ratios];
}

function text(amount: Quantity | undefined): string {
  return amount === undefined ? '' : canonical(amount);
}

function recordOf(value: unknown): PlainRecord {
  return isPlainRecord(value) ? value : {};
}
