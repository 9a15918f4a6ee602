import { knownOf } from './objects';
import type { Cluster } from './cluster';

/**
 * Whether a LimitRange of the namespace gives containers a request or limit where they have none.
 *
 * Source: the LimitRanger admission plugin; `default` are limits, and stand for requests without a `defaultRequest`.
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
      for (const { name } of limit.child('default').entries) {
        found.add(`${namespace} ${name} limit`);
        found.add(`${namespace} ${name} request`);
      }
      for (const { name } of limit.child('defaultRequest').entries) found.add(`${namespace} ${name} request`);
    }
  }
  return found;
}
