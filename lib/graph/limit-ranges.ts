import { limitRangeItem } from '../apiserver/defaults/limits';
import { isPlainRecord, ownValue, type PlainRecord } from '../manifest/data';
import { knownOf } from './objects';
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
  const byDefault = cluster.derived(containerDefaults).get(namespace);
  const container = (each: unknown): unknown => {
    if (!isPlainRecord(each)) return each;
    const given = ownValue(each, 'resources');
    const own = recordOf(ownValue(given, 'limits'));
    const limits = { ...byDefault?.limits, ...own };
    const requests = { ...byDefault?.requests, ...own, ...recordOf(ownValue(given, 'requests')) };
    return { ...each, resources: { ...recordOf(given), limits, requests } };
  };
  const lists = ['containers', 'initContainers'].flatMap((name): [string, unknown][] => {
    const list = spec[name];
    return Array.isArray(list) ? [[name, list.map(container)]] : [];
  });
  return { ...spec, ...Object.fromEntries(lists) };
}

interface Defaults {
  readonly limits: PlainRecord;
  readonly requests: PlainRecord;
}

/** What the LimitRanges of a namespace give a container by default; of several, the first that names a resource counts. */
function containerDefaults(cluster: Cluster): ReadonlyMap<string, Defaults> {
  const found = new Map<string, Defaults>();
  for (const { root, namespace } of knownOf(cluster, '/LimitRange')) {
    for (const { value } of root.list('spec', 'limits')) {
      if (!isPlainRecord(value) || value['type'] !== 'Container') continue;
      const item = { ...value };
      limitRangeItem(item);
      const first = found.get(namespace);
      found.set(namespace, {
        limits: { ...recordOf(item['default']), ...first?.limits },
        requests: { ...recordOf(item['defaultRequest']), ...first?.requests },
      });
    }
  }
  return found;
}

function recordOf(value: unknown): PlainRecord {
  return isPlainRecord(value) ? value : {};
}
