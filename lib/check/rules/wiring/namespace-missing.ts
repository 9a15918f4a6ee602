import { nearest } from '../../../errors';
import type { Rule } from '../../rule';
import { worldOf } from '../../../graph/references';

export const namespaceMissing: Rule = {
  name: 'wiring/namespace-missing',
  severity: 'info',
  about: 'Finds namespaces that objects use and that no Namespace creates. Reports each once.',
  why: 'Objects cannot be created in a missing namespace; but the cluster may have it already.',
  run(cluster, report) {
    const world = worldOf(cluster);
    const kind = { group: '', kind: 'Namespace' };
    const seen = new Set<string>();
    for (const manifest of cluster.set) {
      const { namespace } = manifest.id;
      if (namespace === undefined || seen.has(namespace)) continue;
      seen.add(namespace);
      if (world.find({ group: '', kind: 'Namespace', name: namespace }) !== undefined) continue;
      const near = nearest(namespace, world.names(kind));
      const hint =
        near === undefined
          ? 'Add a Namespace, or pass it with --assume if the cluster has it.'
          : `Did you mean "${near}"?`;
      report(manifest, 'metadata.namespace', `namespace "${namespace}" not found`, hint);
    }
  },
};
