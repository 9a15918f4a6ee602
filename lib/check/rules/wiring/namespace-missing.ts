import { nearest } from '../../../errors';
import type { Rule } from '../../rule';
import { worldOf } from '../../../graph/references';

export const namespaceMissing: Rule = {
  name: 'wiring/namespace-missing',
  severity: 'info',
  about: 'Finds namespaces that objects are in and that nobody creates. Each is told of once.',
  why: 'Objects cannot be created in a namespace that is not there; often it was made before, and by somebody else.',
  run(cluster, report) {
    const world = worldOf(cluster);
    const kind = { group: '', kind: 'Namespace' };
    const told = new Set<string>();
    for (const manifest of cluster.set) {
      const { namespace } = manifest.id;
      if (namespace === undefined || told.has(namespace)) continue;
      if (world.find({ ...kind, name: namespace }) !== undefined) continue;
      told.add(namespace);
      const near = nearest(namespace, world.names(kind));
      const hint =
        near === undefined
          ? 'Add a Namespace, or name it among what the cluster has (--assume).'
          : `Did you mean "${near}"?`;
      report(manifest, 'metadata.namespace', `nobody creates the namespace "${namespace}"`, hint);
    }
  },
};
