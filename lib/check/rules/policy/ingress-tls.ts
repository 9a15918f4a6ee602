import { objectsOf } from '../../../graph/objects';
import type { Rule } from '../../rule';

/** Annotations by which load balancers of clouds get their certificates. */
const CERTIFICATE = /certificate|pre-shared-cert|ssl-cert|appgw-ssl/;

export const ingressTls: Rule = {
  name: 'policy/ingress-tls',
  severity: 'warning',
  strict: true,
  about: 'Finds Ingresses without TLS.',
  why: 'What goes through them can be read and changed on its way.',
  run(cluster, report) {
    for (const { manifest, root } of objectsOf(cluster, 'networking.k8s.io/Ingress')) {
      const tls = root.child('spec').child('tls');
      const annotations = root.child('metadata').child('annotations').entries;
      if (tls.size > 0 || annotations.some(({ name }) => CERTIFICATE.test(name))) continue;
      report(manifest, tls.path, 'has no TLS', 'Name a Secret with a certificate under tls.');
    }
  },
};
