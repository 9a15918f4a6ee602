import type { AlertKind } from './alert';
import { inEitherNamespace } from './selectors';

/**
 * How long the certificates of its routes are still valid. Relies on `certmanager_certificate_expiration_timestamp_seconds`
 * of cert-manager, which renews them a third of their life before their end; a Certificate for an Ingress is called like
 * its Secret.
 */
export const certificate: AlertKind = {
  alert: 'CertificateExpiring',
  unit: 'duration',
  fires: '<',
  defaults: { at: '14d', for: '1h' },
  lacks: ({ certificates }) =>
    certificates.length > 0
      ? undefined
      : "an Ingress with `tls: true`, or the Certificates of the Gateway: `{ certificate: { names: ['edge'] } }`",
  query: (target) => {
    const matcher = `name=~"${target.certificates.map((name) => name.replaceAll('.', '[.]')).join('|')}"`;
    return `min by (name) (${inEitherNamespace(target, 'certmanager_certificate_expiration_timestamp_seconds', matcher)}) - time()`;
  },
  summary: 'a certificate expires in less than {at}',
  description: 'Certificate {{ $labels.name }} expires in {{ $value | humanizeDuration }}.',
};
