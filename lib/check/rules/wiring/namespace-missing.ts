import { nearest } from '../../../errors';
import type { Rule } from '../../rule';
import { worldOf } from '../../../graph/references';

/** How many names are compared for a suggestion. */
const MOST_COMPARED = 500;

export const namespaceMissing: Rule = {
  name: 'wiring/namespace-missing',
  severity: 'info',
  about: 'Finds namespaces that objects use and that no Namespace creates. Reports each once.',
  why: 'Objects cannot be created in a missing namespace; but the cluster may have it already.',
  run(cluster, report) {
    const world = worldOf(cluster);
    const kind = { group: '', kind: 'Namespace' };
    const known = [...world.names(kind)].slice(0, MOST_COMPARED);
    const reported = new Set<string>();
    for (const manifest of cluster.set) {
      const { namespace } = manifest.id;
      if (namespace === undefined || reported.has(namespace)) continue;
      if (world.find({ ...kind, name: namespace }) !== undefined) continue;
      reported.add(namespace);
      const near = nearest(namespace, known);
      const hint =
        near === undefined
          ? 'Add a Namespace, or pass it with --assume if the cluster has it.'
          : `Did you mean "${near}"?`;
      report(manifest, 'metadata.namespace', `namespace "${namespace}" not found`, hint);
    }
  },
};
