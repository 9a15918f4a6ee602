import { dnsLabel, dnsSubdomain, LABEL_MAX_LENGTH, SUBDOMAIN_MAX_LENGTH } from '../../../../kube/names';
import type { CheckedField } from '../../checked-field';
import type { KindRule } from '../kind-rule';

const USAGES = [
  'signing',
  'digital signature',
  'content commitment',
  'key encipherment',
  'key agreement',
  'data encipherment',
  'cert sign',
  'crl sign',
  'encipher only',
  'decipher only',
  'any',
  'server auth',
  'client auth',
  'code signing',
  'email protection',
  's/mime',
  'ipsec end system',
  'ipsec tunnel',
  'ipsec user',
  'timestamping',
  'ocsp signing',
  'microsoft sgc',
  'netscape sgc',
];
/** Ten minutes, in seconds. */
const SHORTEST_LIFE = 600;
/** The signer of `certificates.k8s.io/v1beta1`. */
const LEGACY_SIGNER = 'kubernetes.io/legacy-unknown';
/** A domain, a slash, and a path with enough length for a namespace and a name. */
const LONGEST_SIGNER = SUBDOMAIN_MAX_LENGTH + 1 + SUBDOMAIN_MAX_LENGTH + LABEL_MAX_LENGTH + 1;

/** @source k8s.io/kubernetes pkg/apis/certificates/validation/validation.go ValidateCertificateSigningRequestCreate, validateCertificateSigningRequest 1.36 */
export const certificateSigningRequest: KindRule = {
  kind: 'certificates.k8s.io/CertificateSigningRequest',
  about: 'Signer, usages, lifetime, and that the request is one of certificates in PEM.',
  beyond: 'What the request itself says, and whether it is for the group system:masters.',
  check(object) {
    const spec = object.child('spec');
    const [request, usages, signer, lifetime] = [
      spec.child('request'),
      spec.child('usages'),
      spec.child('signerName'),
      spec.child('expirationSeconds'),
    ];
    if (!isPemRequest(request.text)) request.invalid('must be a CERTIFICATE REQUEST in PEM');
    usages.needs('must have at least one usage');
    const seen = new Set<string>();
    for (const usage of usages.items) {
      usage.mustBeOneOf(USAGES);
      if (seen.has(usage.text)) usage.duplicate();
      seen.add(usage.text);
    }
    signerName(signer);
    if (lifetime.isSet) lifetime.mustBeAtLeast(SHORTEST_LIFE);
  },
};

/**
 * Whether base64 bytes are PEM with exactly one ASN.1 sequence.
 *
 * @source k8s.io/kubernetes pkg/apis/certificates/validation/validation.go validateCSR 1.36
 * @source k8s.io/kubernetes pkg/apis/certificates/helpers.go ParseCSR 1.36
 */
function isPemRequest(base64: string): boolean {
  const pem = Buffer.from(base64, 'base64').toString('latin1');
  const [, body] =
    /(?:^|\n)-----BEGIN CERTIFICATE REQUEST-----\s*\n([A-Za-z0-9+/=\s]*)\n-----END CERTIFICATE REQUEST-----/.exec(
      pem,
    ) ?? [];
  if (body === undefined) return false;
  const der = Buffer.from(body, 'base64');
  const [tag, first = 0] = der;
  if (tag !== SEQUENCE || der.length < 2) return false;
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
  if (lengthBytes > 4 || der.length < 2 + lengthBytes) return false;
  const length = lengthBytes === 0 ? first : der.readUIntBE(2, lengthBytes);
  return der.length === 2 + lengthBytes + length;
}

const SEQUENCE = 0x30;

/**
 * A domain of at least two parts and a path (ValidateSignerName of kubernetes `pkg/apis/core/validation`).
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/names.go ValidateSignerName 1.36
 */
function signerName(field: CheckedField): void {
  if (!field.needs()) return;
  if (field.text === LEGACY_SIGNER)
    return field.invalid(`must not be ${LEGACY_SIGNER}, which v1 has no more`);
  const [domain = '', path = '', ...more] = field.text.split('/');
  if (path === '' || more.length > 0) return field.invalid('must be a domain and a path: example.com/signer');
  const labels = domain.split('.');
  if (domain.length > SUBDOMAIN_MAX_LENGTH) field.tooLong(SUBDOMAIN_MAX_LENGTH);
  if (labels.length < 2) field.invalid('must have a domain of at least two parts');
  const problem =
    labels.map(dnsLabel).find((each) => each !== undefined) ??
    path
      .split('.')
      .map(dnsSubdomain)
      .find((each) => each !== undefined);
  if (problem !== undefined) field.invalid(`has a part that ${problem}`);
  if (field.text.length > LONGEST_SIGNER) field.tooLong(LONGEST_SIGNER);
}
