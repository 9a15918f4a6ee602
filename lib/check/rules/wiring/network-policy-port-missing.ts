import type { Rule } from '../../rule';
import { policyPorts } from '../../../graph/policies';
import { listPorts } from '../../../graph/ports';
import { listObjects } from '../../../graph/words';

export const networkPolicyPortMissing: Rule = {
  name: 'wiring/network-policy-port-missing',
  severity: 'error',
  about:
    'Finds ports of NetworkPolicies that no container has of the pods which they are opened of: ports of pods, not those of a Service.',
  why: 'The port that was meant stays closed.',
  run(cluster, report) {
    for (const { policy, at, pods } of policyPorts(cluster)) {
      const protocol = at.beside('protocol')?.text || 'TCP';
      const who = listObjects(pods.map(({ manifest }) => manifest));
      const message = `no container of ${who} has the ${protocol} port "${String(at.value)}"`;
      report(policy.of, at.path, message, listPorts(pods));
    }
  },
};
