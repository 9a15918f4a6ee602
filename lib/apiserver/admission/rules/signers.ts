import { dnsLabel, dnsSubdomain, LABEL_MAX_LENGTH, SUBDOMAIN_MAX_LENGTH } from '../../../kube/names';
import { ANNOTATIONS_MAX_BYTES, annotationsSize, labelKey } from '../../../kube/labels';
import type { Labels } from '../../../kube/labels';
import type { CheckedField } from '../checked-field';

/** A domain, a slash, and a path with enough length for a namespace and a name. */
const LONGEST_SIGNER = SUBDOMAIN_MAX_LENGTH + 1 + SUBDOMAIN_MAX_LENGTH + LABEL_MAX_LENGTH + 1;

/** An hour, 24 hours and 91 days, in seconds: how long the certificates of pods may be valid. */
const SHORTEST_LIFE = 3600;
const LONGEST_LIFE_OF_KUBERNETES = 86_400;
const LONGEST_LIFE = 7_862_400;

/**
 * The name of a signer of certificates: a domain of at least two parts, and a path.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/names.go ValidateSignerName 1.36
 */
export function signerName(field: CheckedField): void {
  if (!field.needs()) return;
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

/**
 * How long a certificate of a pod may be valid; signers of Kubernetes itself allow a day.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/names.go IsKubernetesSignerName 1.37
 */
export function certificateLifetime(seconds: CheckedField, signer: string): void {
  const [domain = ''] = signer.split('/');
  const isOfKubernetes = domain === 'kubernetes.io' || domain.endsWith('.kubernetes.io');
  seconds.mustBeWithin(SHORTEST_LIFE, isOfKubernetes ? LONGEST_LIFE_OF_KUBERNETES : LONGEST_LIFE);
}

/**
 * Annotations that a signer may read, whose keys have a domain in small letters or capitals.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidateUserAnnotations 1.37
 */
export function userAnnotations(map: CheckedField): void {
  for (const { name } of map.entries) {
    const problem = domainKey(name.toLowerCase());
    if (problem !== undefined) map.holding(name).invalid(problem);
  }
  if (annotationsSize((map.value ?? {}) as Labels) !== undefined) map.tooLong(ANNOTATIONS_MAX_BYTES);
}

/** @source k8s.io/apimachinery pkg/util/validation/validation.go IsDomainPrefixedKey 1.37 */
function domainKey(key: string): string | undefined {
  return key.includes('/') ? labelKey(key) : 'must be a domain and a name, such as example.com/team';
}

/**
 * The name of a ClusterTrustBundle: one of a signer begins with it, colons instead of slashes.
 *
 * @param signer of the bundle; empty for one without
 * @source k8s.io/kubernetes pkg/apis/core/validation/names.go ValidateClusterTrustBundleName 1.37
 */
export function trustBundleName(name: CheckedField, signer: string): void {
  if (signer === '') {
    if (name.text.includes(':')) name.invalid('must not have ":" without a signerName');
    else name.must(dnsSubdomain);
    return;
  }
  const prefix = `${signer.replaceAll('/', ':')}:`;
  if (!name.text.startsWith(prefix)) return name.invalid(`must begin with ${prefix}, for its signerName`);
  const problem = dnsSubdomain(name.text.slice(prefix.length));
  if (problem !== undefined) name.invalid(problem);
}

/**
 * The signer in the name of a ClusterTrustBundle; empty where there is none.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/names.go extractSignerNameFromClusterTrustBundleName 1.37
 */
export function signerOfTrustBundle(name: string): string {
  return name.slice(0, Math.max(0, name.lastIndexOf(':'))).replaceAll(':', '/');
}
