import { closedDns } from '../../../graph/dns';
import type { Rule } from '../../rule';

export const networkPolicyBlocksClusterDns: Rule = {
  name: 'wiring/network-policy-blocks-cluster-dns',
  severity: 'error',
  about:
    'Finds ingress policies for the DNS servers of the cluster, the pods k8s-app=kube-dns in namespace kube-system, that do not let the pods of all namespaces ask them.',
  why: 'No pod that is left out can resolve a name, whatever it connects to.',
  run(cluster, report) {
    const judged = new Set(cluster.set);
    for (const { policy, isOpenToSome } of closedDns(cluster)) {
      if (!judged.has(policy.manifest)) continue;
      const who = isOpenToSome ? 'only the peers of its rules' : 'no pods';
      const message = `blocks DNS for the cluster: ${who} may connect to the DNS servers in namespace "${policy.namespace}"`;
      report(policy.manifest, 'spec.ingress', message, HINT);
    }
  },
};

const HINT =
  'Allow port 53 over UDP and TCP without peers, here or in a policy for the pods k8s-app=kube-dns.';
