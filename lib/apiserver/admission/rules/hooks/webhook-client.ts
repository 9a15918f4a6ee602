import { dns1035Label, dnsSubdomain } from '../../../../kube/names';
import type { CheckedField } from '../../checked-field';
import { show } from '../../error-body';
import { mustBePort } from '../pod/containers';

const REVIEW_VERSIONS = ['v1', 'v1beta1'];

/**
 * The address of a webhook: a URL or a Service, not both.
 *
 * @source k8s.io/kubernetes pkg/apis/admissionregistration/validation/validation.go validateValidatingWebhook 1.36
 */
export function webhookClient(client: CheckedField): void {
  const [url, service] = [client.child('url'), client.child('service')];
  if (url.isSet === service.isSet) return client.required('exactly one of url or service is required');
  if (url.isSet) return webhookUrl(url);
  // The server swaps the two paths, so each error is at the path of the other field and its message names the right
  // one.
  for (const [name, path] of [
    ['name', 'namespace'],
    ['namespace', 'name'],
  ] as const) {
    if (service.child(name).text === '') service.child(path).required();
  }
  mustBePort(service.child('port'));
  if (service.child('path').isSet) servicePath(service.child('path'));
}

/** @source k8s.io/apiserver pkg/util/webhook/validation.go ValidateWebhookURL 1.36 */
function webhookUrl(field: CheckedField): void {
  // The scheme, authority, query and fragment of RFC 3986, appendix B.
  const [, scheme = '', authority = '', query, fragment] =
    /^(?:([^:/?#]+):)?(?:\/\/([^/?#]*))?[^?#]*(\?[^#]*)?(#.*)?$/s.exec(field.text) ?? [];
  if (
    /[\x00-\x1f\x7f]/.test(field.text) ||
    /%(?![0-9a-fA-F]{2})/.test(field.text) ||
    field.text.startsWith(':')
  ) {
    return field.required('must be a URL such as https://host/path');
  }
  if (scheme.toLowerCase() !== 'https') field.invalid('must begin with https://');
  const at = authority.lastIndexOf('@');
  if (authority.slice(at + 1) === '') field.invalid('must name a host');
  if (at >= 0) field.invalid('must not have a user');
  if (fragment !== undefined && fragment !== '#') field.invalid('must not have a fragment');
  if (query !== undefined && query !== '?') field.invalid('must not have a query');
}

/** @source k8s.io/apiserver pkg/util/webhook/validation.go ValidateWebhookService 1.36 */
function servicePath(field: CheckedField): void {
  const { text } = field;
  if (text === '' || text === '/') return;
  if (text === '//') return field.invalid('must not have an empty part');
  if (!text.startsWith('/')) field.invalid("must start with a '/'");
  for (const part of text.slice(1).replace(/\/$/, '').split('/')) {
    if (part === '') field.invalid('must not have an empty part');
    else if (dnsSubdomain(part) !== undefined)
      field.invalid(`the segment ${show(part)} ${dnsSubdomain(part) ?? ''}`);
  }
}

/**
 * Review versions that a webhook supports; the server must support one of them.
 *
 * @source k8s.io/kubernetes pkg/apis/admissionregistration/validation/validation.go validateAdmissionReviewVersions, isAcceptedAdmissionReviewVersion 1.36
 */
export function reviewVersions(list: CheckedField, repeated: 'invalid' | 'duplicate' = 'invalid'): void {
  if (!list.needs(`must specify one of ${REVIEW_VERSIONS.join(', ')}`)) return;
  const seen = new Set<string>();
  for (const version of list.items) {
    if (seen.has(version.text)) version.report(repeated, repeated === 'duplicate' ? '' : 'must be unique');
    else version.must(dns1035Label);
    seen.add(version.text);
  }
  if (!REVIEW_VERSIONS.some((version) => seen.has(version))) {
    list.invalid(`must include at least one of ${REVIEW_VERSIONS.join(', ')}`);
  }
}
