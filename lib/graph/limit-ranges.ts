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
