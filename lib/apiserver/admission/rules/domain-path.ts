import { dnsSubdomain } from '../../../kube/names';
import type { CheckedField } from '../checked-field';

const PATH = /^[A-Za-z0-9/\-._~%!$&'()*+,;=:]+$/;

/**
 * A domain and a path, such as `example.com/controller` (IsDomainPrefixedPath of apimachinery).
 *
 * @source k8s.io/apimachinery pkg/util/validation/validation.go IsDomainPrefixedPath 1.36
 */
export function domainPath(field: CheckedField): void {
  if (!field.needs()) return;
  const slash = field.text.indexOf('/');
  const [domain, path] = [field.text.slice(0, Math.max(0, slash)), field.text.slice(slash + 1)];
  if (domain === '' || path === '' || dnsSubdomain(domain) !== undefined || !PATH.test(path)) {
    field.invalid('must be a domain-prefixed path (such as "acme.io/foo")');
  }
}
