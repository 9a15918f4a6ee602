import { X509Certificate } from 'node:crypto';
import type { CheckedField } from '../../checked-field';
import type { KindRule } from '../kind-rule';
import { signerName, trustBundleName } from '../signers';

/** In bytes. */
const LONGEST_BUNDLE = 1024 * 1024;
const BLOCK = /^-----BEGIN ([^\n]*?)-----[ \t\r]*\n([^]*?)^-----END \1-----[ \t\r]*$/gm;

/** @source k8s.io/kubernetes pkg/apis/certificates/validation/validation.go ValidateClusterTrustBundle 1.37 */
export const clusterTrustBundle: KindRule = {
  kind: 'certificates.k8s.io/ClusterTrustBundle',
  about: 'The name that belongs to its signer, and the certificates of authorities in PEM.',
  check(object) {
    const [name, spec] = [object.child('metadata').child('name'), object.child('spec')];
    const signer = spec.child('signerName');
    if (name.text !== '') trustBundleName(name, signer.text);
    if (signer.text !== '') signerName(signer);
    trustAnchors(spec.child('trustBundle'));
  },
};

/** @source k8s.io/kubernetes pkg/apis/certificates/validation/validation.go validateTrustBundle 1.37 */
function trustAnchors(bundle: CheckedField): void {
  // The server leaves the value out.
  const at = bundle.holding('<value omitted>');
  if (Buffer.byteLength(bundle.text) > LONGEST_BUNDLE) return at.tooLong(LONGEST_BUNDLE);
  const blocks = [...bundle.text.matchAll(BLOCK)];
  if (blocks.length === 0) return at.invalid('at least one trust anchor must be provided');
  const seen = new Set<string>();
  for (const [index, [whole, type = '', body = '']] of blocks.entries()) {
    const problem = anchorProblem(whole, type, body);
    if (problem !== undefined) at.invalid(`entry ${index} ${problem}`);
    const bytes = body.replace(/\s/g, '');
    if (problem === undefined && seen.has(bytes)) at.invalid(`entry ${index} is a duplicate trust anchor`);
    seen.add(bytes);
  }
}

function anchorProblem(pem: string, type: string, body: string): string | undefined {
  if (type !== 'CERTIFICATE') return `has bad block type: ${type}`;
  if (body.includes(':')) return 'has PEM block headers';
  try {
    return new X509Certificate(pem).ca ? undefined : 'does not have the CA bit set';
  } catch {
    return 'does not parse as X.509';
  }
}
