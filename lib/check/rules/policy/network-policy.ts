import { podsOf } from '../../../graph/pods';
import type { Rule } from '../../rule';
import { policiesByPods } from '../../../graph/policies';

export const networkPolicy: Rule = {
  name: 'policy/network-policy',
  severity: 'warning',
  strict: true,
  about: 'Finds pods that no NetworkPolicy selects.',
  why: 'Every pod in the cluster can connect to them, and they can connect to everything.',
  run(cluster, report) {
    const selected = policiesByPods(cluster);
    for (const pod of podsOf(cluster)) {
      // NetworkPolicies do not apply to pods on the network of their node.
      if (selected.has(pod) || pod.spec.child('hostNetwork').isTrue) continue;
      report(
        pod.manifest,
        '',
        'no NetworkPolicy selects its pods',
        'Add one that allows only the intended clients.',
      );
    }
  },
};
