import { objectsOf } from '../../../graph/objects';
import type { Rule } from '../../rule';

export const externalIps: Rule = {
  name: 'policy/external-ips',
  severity: 'warning',
  about: 'Finds Services with externalIPs.',
  why: 'Nodes send all traffic for these addresses to the Service, whoever owns them (CVE-2020-8554).',
  run(cluster, report) {
    for (const { manifest, root } of objectsOf(cluster, '/Service')) {
      const addresses = root.child('spec').child('externalIPs');
      if (addresses.size === 0) continue;
      const message = `takes traffic for external IPs ${addresses.texts.join(', ')}`;
      report(manifest, addresses.path, message, 'Use type LoadBalancer, or a Gateway.');
    }
  },
};
