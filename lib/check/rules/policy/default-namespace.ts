import { podsOf } from '../../../graph/pods';
import type { Rule } from '../../rule';

export const defaultNamespace: Rule = {
  name: 'policy/default-namespace',
  severity: 'warning',
  strict: true,
  about: 'Finds workloads in the namespace default.',
  why: 'Everybody lands there who forgets to say where; quotas, policies and rights cannot tell one application from another.',
  run(cluster, report) {
    for (const { manifest } of podsOf(cluster)) {
      if (manifest.id.namespace !== 'default') continue;
      report(
        manifest,
        'metadata.namespace',
        'is in the namespace "default"',
        'Give the application a namespace of its own.',
      );
    }
  },
};
