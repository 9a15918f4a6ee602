import { limitRangeItem } from '../apiserver/defaults/limits';
import { isPlainRecord, ownValue, type PlainRecord } from '../manifest/data';
import { knownOf } from './objects';
import { push } from '../kube/grouped';
import type { Cluster } from './cluster';

/**
 * Whether a LimitRange of the namespace sets a default request or limit for containers.
 *
 * Source: the LimitRanger admission plugin, and SetDefaults_LimitRangeItem of kubernetes `pkg/apis/core/v1`: `max` is
 * the default of `default`, and `default`, then `min`, that of `defaultRequest`.
 */
export function givesDefaults(
  cluster: Cluster,
  namespace: string,
  resource: string,
  what: 'request' | 'limit',
): boolean {
  return cluster.derived(defaults).has(`${namespace} ${resource} ${what}`);
}

function defaults(cluster: Cluster): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { root, namespace } of knownOf(cluster, '/LimitRange')) {
    for (const limit of root.child('spec').child('limits').items) {
      if (limit.child('type').text !== 'Container') continue;
      const names = (...fields: string[]): string[] =>
        fields.flatMap((field) => limit.child(field).entries.map(({ name }) => name));
      for (const name of names('default', 'max')) found.add(`${namespace} ${name} limit`);
      for (const name of names('default', 'max', 'defaultRequest', 'min'))
        found.add(`${namespace} ${name} request`);
    }
  }
  return found;
}

/**
 * The spec of a pod with the resources that the server gives its containers: requests of their limits, and what the
 * LimitRanges of the namespace set by default.
 *
 * @source k8s.io/kubernetes plugin/pkg/admission/limitranger/admission.go mergeContainerResources 1.36
 */
export function withDefaultResources(cluster: Cluster, namespace: string, spec: PlainRecord): PlainRecord {
  const ranges = cluster.derived(containerDefaults).get(namespace) ?? [];
  const container = (each: unknown): unknown => {
    if (!isPlainRecord(each)) return each;
    const given = ownValue(each, 'resources');
    let limits = recordOf(ownValue(given, 'limits'));
    let requests: PlainRecord = { ...limits, ...recordOf(ownValue(given, 'requests')) };
    for (const range of ranges) {
      limits = { ...recordOf(range['default']), ...limits };
      requests = { ...recordOf(range['defaultRequest']), ...requests };
    }
    return { ...each, resources: { ...recordOf(given), limits, requests } };
  };
  const lists = ['containers', 'initContainers'].flatMap((name): [string, unknown][] => {
    const list = spec[name];
    return Array.isArray(list) ? [[name, list.map(container)]] : [];
  });
  return { ...spec, ...Object.fromEntries(lists) };
}

/** The items of LimitRanges about containers, with their own defaults, by namespace. */
function containerDefaults(cluster: Cluster): ReadonlyMap<string, readonly PlainRecord[]> {
  const found = new Map<string, PlainRecord[]>();
  for (const { root, namespace } of knownOf(cluster, '/LimitRange')) {
    for (const { value } of root.list('spec', 'limits')) {
      if (!isPlainRecord(value) || value['type'] !== 'Container') continue;
      const item = { ...value };
      limitRangeItem(item);
      push(found, namespace, item);
    }
  }
  return found;
}

function recordOf(value: unknown): PlainRecord {
  return isPlainRecord(value) ? value : {};
}
