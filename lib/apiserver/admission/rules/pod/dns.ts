import { ipProblem } from '../../../../kube/ip';
import { dnsSubdomain, SUBDOMAIN_MAX_LENGTH } from '../../../../kube/names';
import type { CheckedField } from '../../checked-field';

const POLICIES = ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None'];
const MOST_NAMESERVERS = 3;
const MOST_SEARCHES = 32;
const LONGEST_SEARCHES = 2048;
const LOOSE = /^_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?(\._?[a-z0-9]([-_a-z0-9]*[a-z0-9])?)*$/;

/**
 * `dnsPolicy`, `dnsConfig` and `hostAliases` of a pod.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateDNSPolicy, validatePodDNSConfig, ValidateHostAliases 1.36
 */
export function dns(spec: CheckedField): void {
  const policy = spec.child('dnsPolicy');
  policy.mustBeOneOf(POLICIES);
  dnsConfig(spec.child('dnsConfig'), policy.text === 'None');
  for (const alias of spec.child('hostAliases').items) {
    // Until 1.29 the server does not report which one.
    const at = (name: string, field: CheckedField): CheckedField =>
      spec.since('1.30') ? field : spec.child('hostAliases').child(name).holding(field.value);
    at('ip', alias.child('ip')).must((text) => ipProblem(text, spec.gates));
    for (const name of alias.child('hostnames').items) at('hostnames', name).must(dnsSubdomain);
  }
}

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validatePodDNSConfig 1.36 */
function dnsConfig(config: CheckedField, isAll: boolean): void {
  const [servers, searches] = [config.child('nameservers'), config.child('searches')];
  if (isAll && !config.isSet) return config.required('must be set with the policy None');
  if (isAll && servers.size === 0) return servers.required('must be set with the policy None');
  if (servers.size > MOST_NAMESERVERS) servers.invalid(`must be at most ${MOST_NAMESERVERS}`);
  for (const server of servers.items) server.must((text) => ipProblem(text, config.gates));
  if (searches.size > MOST_SEARCHES) searches.invalid(`must be at most ${MOST_SEARCHES}`);
  if (searches.texts.join(' ').length > LONGEST_SEARCHES) {
    searches.invalid(`must be at most ${LONGEST_SEARCHES} characters together, with a space between them`);
  }
  for (const search of searches.items)
    search.must(config.isOn('RelaxedDNSSearchValidation') ? relaxedSearch : strictSearch);
  for (const option of config.child('options').items) {
    if (option.child('name').text === '') option.required('must have a name');
  }
}

function strictSearch(search: string): string | undefined {
  return dnsSubdomain(search.replace(/\.$/, ''));
}

/**
 * RelaxedDNSSearchValidation (KEP-4427) allows underscores and a single dot.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validatePodDNSConfig 1.36
 * @source k8s.io/apimachinery pkg/util/validation/validation.go IsDNS1123SubdomainWithUnderscore 1.36
 */
function relaxedSearch(search: string): string | undefined {
  const domain = search.replace(/\.$/, '');
  if (search === '.' || (LOOSE.test(domain) && domain.length <= SUBDOMAIN_MAX_LENGTH)) return undefined;
  return 'must be a DNS domain, in which "_" may stand as well';
}
