import type { Field } from '../../manifest/field';
import { secret, type Derived, type Maker } from './maker';

/** Of every certificate (cert-manager, `Certificate.spec.secretName`). */
const KEYS = ['tls.crt', 'tls.key', 'ca.crt'];

/** Annotations by which an Ingress or Gateway asks cert-manager for the certificates that it names. */
const ASKING = ['cert-manager.io/cluster-issuer', 'cert-manager.io/issuer', 'kubernetes.io/tls-acme'];

/** The Secret of a Certificate, with the stores and other forms that it asks for. */
function certManager(object: Field, _name: string, namespace: string): Derived[] {
  const spec = object.at('spec');
  const stores = [
    ...(spec.at('keystores', 'jks').isSet ? ['keystore.jks', 'truststore.jks'] : []),
    ...(spec.at('keystores', 'pkcs12').isSet ? ['keystore.p12', 'truststore.p12'] : []),
    ...(spec.at('additionalOutputFormats').isSet ? ['tls-combined.pem', 'key.der'] : []),
  ];
  const name = spec.at('secretName').text;
  return name === '' ? [] : [{ target: secret(name, namespace), keys: [...KEYS, ...stores] }];
}

/** The key of an ACME account. */
function issuer(object: Field, _name: string, namespace: string): Derived[] {
  const name = object.at('spec', 'acme', 'privateKeySecretRef', 'name').text;
  return name === '' ? [] : [{ target: secret(name, namespace), keys: ['tls.key'] }];
}

/** The Secrets of an Ingress or Gateway that asks for certificates. */
function shimmed(object: Field, _name: string, namespace: string): Derived[] {
  const annotations = object.at('metadata', 'annotations');
  if (!ASKING.some((key) => annotations.at(key).isSet)) return [];
  const names = [
    ...object.list('spec', 'tls').map((tls) => tls.at('secretName').text),
    ...object
      .list('spec', 'listeners')
      .flatMap((listener) => listener.list('tls', 'certificateRefs').map((ref) => ref.at('name').text)),
  ];
  return names.filter((name) => name !== '').map((name) => ({ target: secret(name, namespace), keys: KEYS }));
}

const CERT_MANAGER = 'https://cert-manager.io/docs';

/** What makes the Secrets of certificates, and the ConfigMaps of those that are trusted. */
export const certificateMakers: readonly Maker[] = [
  {
    kind: 'cert-manager.io/Certificate',
    source: `${CERT_MANAGER}/reference/api-docs/#cert-manager.io/v1.CertificateSpec`,
    makes: certManager,
  },
  { kind: 'cert-manager.io/Issuer', source: `${CERT_MANAGER}/configuration/acme/`, makes: issuer },
  {
    kind: 'cert-manager.io/ClusterIssuer',
    source: `${CERT_MANAGER}/configuration/#cluster-resource-namespace`,
    // In the namespace that cert-manager is told to use, by default its own.
    makes: (object, name, namespace) =>
      issuer(object, name, namespace).map(({ target, ...keys }) => ({
        target: { group: '', kind: target.kind, name: target.name },
        ...keys,
      })),
  },
  { kind: 'networking.k8s.io/Ingress', source: `${CERT_MANAGER}/usage/ingress/`, makes: shimmed },
  {
    kind: 'gateway.networking.k8s.io/Gateway',
    source: `${CERT_MANAGER}/usage/gateway/`,
    makes: shimmed,
    // The controller of its class makes its Service and pods (Gateway API, GEP-1762).
    isWhole: false,
  },
  {
    kind: 'trust.cert-manager.io/Bundle',
    source: `${CERT_MANAGER}/trust/trust-manager/api-reference`,
    makes: (object, name) => {
      const target = object.at('spec', 'target');
      const kinds = [['configMap', 'ConfigMap'] as const, ['secret', 'Secret'] as const];
      return kinds.flatMap(([field, kind]) =>
        target.at(field).isSet ? [{ target: { group: '', kind, name } }] : [],
      );
    },
  },
];
