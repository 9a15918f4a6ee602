import { dnsSubdomain } from '../../../../kube/names';
import type { CheckedField } from '../../checked-field';
import type { KindRule } from '../kind-rule';
import { certificateLifetime, signerName, userAnnotations } from '../signers';

const LONGEST_UID = 128;
/** In bytes. */
const LONGEST_REQUEST = 10 * 1024;
const SEQUENCE = 0x30;

/** @source k8s.io/kubernetes pkg/apis/certificates/validation/validation.go ValidatePodCertificateRequestCreate, validateStubPKCS10Request 1.37 */
export const podCertificateRequest: KindRule = {
  kind: 'certificates.k8s.io/PodCertificateRequest',
  about: 'Signer, the pod with its ServiceAccount and node, lifetime.',
  beyond: 'The key and the signature in the request; whether there is such a pod.',
  check(object) {
    const spec = object.child('spec');
    signerName(spec.child('signerName'));
    userAnnotations(spec.child('unverifiedUserAnnotations'));
    for (const whose of ['pod', 'serviceAccount', 'node']) {
      spec.child(`${whose}Name`).must(dnsSubdomain);
      identity(spec.child(`${whose}UID`));
    }
    const lifetime = spec.child('maxExpirationSeconds');
    if (!lifetime.isSet) return lifetime.required('must be set');
    certificateLifetime(lifetime, spec.child('signerName').text);
    request(spec);
  },
};

function identity(uid: CheckedField): void {
  if (uid.text === '') uid.holding('').invalid('must not be empty');
  if (uid.text.length > LONGEST_UID) uid.tooLong(LONGEST_UID);
}

/** A request in PKCS#10 is a sequence in DER. */
function request(spec: CheckedField): void {
  const stub = spec.child('stubPKCS10Request');
  if (stub.text === '') return spec.invalid('must have stubPKCS10Request');
  const der = Buffer.from(stub.text, 'base64');
  if (der.length > LONGEST_REQUEST) return stub.tooLong(LONGEST_REQUEST);
  if (der[0] !== SEQUENCE) stub.invalid('must be a valid PKCS#10 CSR');
}
