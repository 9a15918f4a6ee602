import { objectsOf } from '../../../graph/objects';
import type { Rule } from '../../rule';

/** Annotations that configure certificates of cloud load balancers. */
const CERTIFICATE = /certificate|pre-shared-cert|ssl-cert|appgw-ssl/;

export const ingressTls: Rule = {
  name: 'policy/ingress-tls',
  severity: 'warning',
  strict: true,
  about: 'Finds Ingresses without TLS.',
  why: 'Requests and responses can be read and changed in transit.',
  run(cluster, report) {
    for (const { manifest, root } of objectsOf(cluster, 'networking.k8s.io/Ingress')) {
      const tls = root.child('spec').child('tls');
      const annotations = root.child('metadata').child('annotations').entries;
      if (tls.size > 0 || annotations.some(({ name }) => CERTIFICATE.test(name))) continue;
      report(manifest, tls.path, 'has no TLS', 'Add spec.tls with the Secret of a certificate.');
    }
  },
};
