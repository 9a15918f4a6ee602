import { podsOf } from '../../../graph/pods';
import type { Rule } from '../../rule';
import { policiesByPods } from '../../../graph/policies';

export const networkPolicy: Rule = {
  name: 'policy/network-policy',
  severity: 'warning',
  strict: true,
  about: 'Finds pods that no NetworkPolicy selects.',
  why: 'Every pod of the cluster reaches them, and they reach everything.',
  run(cluster, report) {
    const selected = policiesByPods(cluster);
    for (const pod of podsOf(cluster)) {
      // A policy does not hold what is on the network of its node.
      if (selected.has(pod) || pod.spec.child('hostNetwork').isTrue) continue;
      report(
        pod.manifest,
        '',
        'no NetworkPolicy says who may reach its pods',
        'Add one that names their callers.',
      );
    }
  },
};
