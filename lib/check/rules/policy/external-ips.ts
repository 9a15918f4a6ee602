import { objectsOf } from '../../../graph/objects';
import type { Rule } from '../../rule';

export const externalIps: Rule = {
  name: 'policy/external-ips',
  severity: 'warning',
  about: 'Finds Services that take addresses of their choice (externalIPs).',
  why: 'The nodes send them everything that is meant for those addresses, whoever they belong to (CVE-2020-8554).',
  run(cluster, report) {
    for (const { manifest, root } of objectsOf(cluster, '/Service')) {
      const addresses = root.child('spec').child('externalIPs');
      if (addresses.size === 0) continue;
      const message = `takes ${addresses.texts.join(', ')} for itself`;
      report(manifest, addresses.path, message, 'Use the type LoadBalancer, or a Gateway.');
    }
  },
};
