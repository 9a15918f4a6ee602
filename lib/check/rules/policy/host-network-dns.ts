import type { Rule } from '../../rule';
import { podsOf } from '../../../graph/pods';

/** Source: GetPodDNS of the kubelet, `pkg/kubelet/network/dns/dns.go`; the default is `ClusterFirst`. */
export const hostNetworkDns: Rule = {
  name: 'policy/host-network-dns',
  severity: 'warning',
  about: 'Finds pods with hostNetwork that use the DNS of the node instead of cluster DNS.',
  why: 'With hostNetwork, dnsPolicy ClusterFirst falls back to Default, so Service names do not resolve.',
  run(cluster, report) {
    for (const { manifest, spec } of podsOf(cluster)) {
      const policy = spec.child('dnsPolicy');
      if (!spec.child('hostNetwork').isTrue) continue;
      if (policy.isSet && policy.text !== 'ClusterFirst') continue;
      const message = 'uses hostNetwork with dnsPolicy ClusterFirst, so Service names do not resolve';
      report(
        manifest,
        policy.path,
        message,
        'Set dnsPolicy: ClusterFirstWithHostNet, or Default if it uses no Service names.',
      );
    }
  },
};
