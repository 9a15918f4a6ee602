import type { CheckedField } from '../../checked-field';
import { volumeFilePath } from '../files';
import { labelSelector } from '../selectors';
import {
  certificateLifetime,
  signerName,
  signerOfTrustBundle,
  trustBundleName,
  userAnnotations,
} from '../signers';

const KEY_TYPES = ['RSA3072', 'RSA4096', 'ECDSAP256', 'ECDSAP384', 'ECDSAP521', 'ED25519'];
const FILES = ['credentialBundlePath', 'keyPath', 'certificateChainPath'];

/** Reports a path of the volume that two files have. */
type Claim = (path: string) => void;

/**
 * The trust anchors of one ClusterTrustBundle, or of all bundles of a signer with certain labels.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateProjectionSources 1.37
 */
export function clusterTrustBundle(source: CheckedField, claim: Claim): void {
  const [name, signer, selector, path] = ['name', 'signerName', 'labelSelector', 'path'].map((each) =>
    source.child(each),
  ) as [CheckedField, CheckedField, CheckedField, CheckedField];
  if (name.isSet && signer.isSet) source.invalid('must have name or signerName, not both');
  else if (name.isSet) {
    if (name.text === '') name.required('must be the name of a ClusterTrustBundle');
    trustBundleName(name, signerOfTrustBundle(name.text));
    if (selector.isSet) selector.invalid('must not be set together with name');
  } else if (signer.isSet) {
    signerName(signer);
    labelSelector(selector);
  } else source.required('must have name or signerName');
  if (path.needs()) volumeFilePath(path);
  claim(path.text);
}

/**
 * A key and a certificate that a signer makes for the pod.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateProjectionSources 1.37
 */
export function podCertificate(source: CheckedField, claim: Claim): void {
  const [signer, lifetime] = [source.child('signerName'), source.child('maxExpirationSeconds')];
  signerName(signer);
  userAnnotations(source.child('userAnnotations'));
  source.child('keyType').mustBeOneOf(KEY_TYPES);
  if (lifetime.isSet) certificateLifetime(lifetime, signer.text);
  const files = FILES.map((name) => source.child(name)).filter(({ text }) => text !== '');
  for (const file of files) {
    volumeFilePath(file);
    claim(file.text);
  }
  if (files.length === 0) source.required(`must have one of ${FILES.join(', ')}`);
}
