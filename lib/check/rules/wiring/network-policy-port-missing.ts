import type { Rule } from '../../rule';
import { policyPorts } from '../../../graph/policy-ports';
import { declaredPorts } from '../../../graph/ports';
import { makersOf } from '../../../graph/selections';
import { listObjects } from '../../../graph/describe';

export const networkPolicyPortMissing: Rule = {
  name: 'wiring/network-policy-port-missing',
  severity: 'error',
  about:
    'Finds NetworkPolicy ports that no container of the affected pods has: policies use ports of pods, not of Services.',
  why: 'The intended port stays blocked.',
  run(cluster, report) {
    for (const { policy, at, pods } of policyPorts(cluster)) {
      const protocol = at.beside('protocol')?.text || 'TCP';
      const who = listObjects(makersOf(pods));
      const message = `no container of ${who} has ${protocol} port "${String(at.value)}"`;
      report(policy.manifest, at.path, message, declaredPorts(pods).hint);
    }
  },
};
