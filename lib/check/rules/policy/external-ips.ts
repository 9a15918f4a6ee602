import { objectsOf } from '../../../graph/objects';
import type { Rule } from '../../rule';

const service = (more: string): string => `apiVersion: v1
kind: Service
metadata:
  name: web
  namespace: shop
spec:
  selector:
    app: web
  ports:
    - port: 80
${more}`;

export const externalIps: Rule = {
  name: 'policy/external-ips',
  severity: 'warning',
  about: 'Finds Services that take addresses of their choice (externalIPs).',
  why: 'The nodes send them everything that is meant for those addresses, whoever they belong to (CVE-2020-8554).',
  example: { failing: service('  externalIPs: [203.0.113.7]\n'), passing: service('  type: LoadBalancer\n') },
  run(cluster, report) {
    for (const { manifest, root } of objectsOf(cluster, '/Service')) {
      const addresses = root.child('spec').child('externalIPs');
      if (addresses.size === 0) continue;
      const message = `takes ${addresses.texts.join(', ')} for itself`;
      report(manifest, addresses.path, message, 'Use the type LoadBalancer, or a Gateway.');
    }
  },
};
