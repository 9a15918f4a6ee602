import type { Cluster } from '../../../graph/cluster';
import { folderDoubt } from '../../../graph/folders';
import { knownOf, objectsOf, type Entry } from '../../../graph/objects';
import { allocationsOf } from '../../../graph/service-allocations';
import { formatId, isGenerated } from '../../../manifest/manifest';
import type { Rule } from '../../rule';

export const servicesCollide: Rule = {
  name: 'wiring/services-collide',
  severity: 'error',
  about:
    'Finds two Services that ask for one node port, be it by `healthCheckNodePort` or for another protocol, or for one cluster IP.',
  why: 'The API server gives each to one Service of the cluster, and rejects the other. A warning for files of different folders, which may be for different clusters.',
  run(cluster, report) {
    const first = new Map<string, Entry>();
    for (const entry of existing(cluster))
      for (const { key } of allocationsOf(entry)) if (!first.has(key)) first.set(key, entry);
    for (const entry of objectsOf(cluster, '/Service')) {
      for (const { key, at, what } of allocationsOf(entry)) {
        const other = first.get(key);
        if (other === undefined) first.set(key, entry);
        // wiring/duplicate-identity reports copies of one Service.
        else if (keyOf(other) !== keyOf(entry)) {
          const taken = `provided ${what} is already allocated`;
          const message = `Invalid value: ${shown(at.value)}: ${taken} to ${formatId(other.manifest.id)}`;
          const doubt = folderDoubt(other.manifest, entry.manifest);
          const hint = `Use another ${what}, or leave it to the API server.`;
          if (doubt === undefined) report(entry.manifest, at.path, message, hint);
          else report(entry.manifest, at.path, `${message}, but ${doubt}`, hint, 'warning');
        }
      }
    }
  },
};

/** The Services that are in the cluster already, and that the set leaves as they are. */
function existing(cluster: Cluster): readonly Entry[] {
  const services = objectsOf(cluster, '/Service');
  const changed = new Set(services.map(keyOf));
  return knownOf(cluster, '/Service')
    .slice(services.length)
    .filter((entry) => !changed.has(keyOf(entry)));
}

/** With generateName the server gives each a different name. */
function keyOf({ manifest, namespace }: Entry): unknown {
  return isGenerated(manifest.object) ? manifest : `${namespace}/${manifest.id.name}`;
}

function shown(value: unknown): string {
  return typeof value === 'string' ? `"${value}"` : String(value);
}
