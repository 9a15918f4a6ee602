import { podsOf } from '../../../graph/pods';
import type { Rule } from '../../rule';

export const defaultNamespace: Rule = {
  name: 'policy/default-namespace',
  severity: 'warning',
  strict: true,
  about: 'Finds workloads in namespace default.',
  why: 'Quotas, policies and permissions apply to a namespace; in this one they cannot tell applications apart.',
  run(cluster, report) {
    for (const { manifest } of podsOf(cluster)) {
      if (manifest.id.namespace !== 'default') continue;
      report(
        manifest,
        'metadata.namespace',
        'runs in namespace "default"',
        'Use a separate namespace for each application.',
      );
    }
  },
};
