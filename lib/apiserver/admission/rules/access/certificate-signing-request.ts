import type { KindRule } from '../kind-rule';
import { signerName } from '../signers';

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
    if (signer.text === LEGACY_SIGNER) signer.invalid(`must not be ${LEGACY_SIGNER}, which v1 has no more`);
    else signerName(signer);
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
