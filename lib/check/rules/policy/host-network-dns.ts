import type { Rule } from '../../rule';
import { podsOf } from '../../../graph/pods';

/** Source: GetPodDNS of the kubelet, `pkg/kubelet/network/dns/dns.go`; the default is `ClusterFirst`. */
export const hostNetworkDns: Rule = {
  name: 'policy/host-network-dns',
  severity: 'warning',
  about: 'Finds pods on the network of their node that ask the DNS of the node, not that of the cluster.',
  why: 'With hostNetwork, the dnsPolicy ClusterFirst means Default: no Service is found by its name.',
  run(cluster, report) {
    for (const { manifest, spec } of podsOf(cluster)) {
      const policy = spec.child('dnsPolicy');
      if (!spec.child('hostNetwork').isTrue) continue;
      if (policy.isSet && policy.text !== 'ClusterFirst') continue;
      const message =
        'is on the network of its node, where dnsPolicy ClusterFirst does not find Services by name';
      report(
        manifest,
        policy.path,
        message,
        'Write dnsPolicy: ClusterFirstWithHostNet, or Default to mean it.',
      );
    }
  },
};
