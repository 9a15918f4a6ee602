import { canonicalIpProblem, endpointIpProblem, ipProblem, isIpv6, parseIp } from '../../../../kube/ip';
import { labelValue } from '../../../../kube/labels';
import { dnsLabel, dnsSubdomain, qualifiedName } from '../../../../kube/names';
import type { Check } from '../../../../kube/names';
import { PROTOCOLS } from '../../../../kube/ports';
import type { CheckedField } from '../../checked-field';
import type { KindRule } from '../kind-rule';

const MOST_PORTS = 20_000;
const MOST_ENDPOINTS = 1_000;
const MOST_ADDRESSES = 100;
const MOST_HINTS = 8;

/** @source k8s.io/kubernetes pkg/apis/discovery/validation/validation.go ValidateEndpointSliceCreate, ValidateEndpointSlice, validateAddressType 1.36 */
export const endpointSlice: KindRule = {
  kind: 'discovery.k8s.io/EndpointSlice',
  about: 'Addresses of one type, ports, hints.',
  check(object) {
    const type = object.child('addressType');
    if (type.needs()) type.mustBeOneOf(['FQDN', 'IPv4', 'IPv6']);
    ports(object.child('ports'));
    const endpoints = object.child('endpoints');
    if (endpoints.size > MOST_ENDPOINTS) return endpoints.tooMany(MOST_ENDPOINTS);
    for (const each of endpoints.items) endpoint(each, type.text);
  },
};

/** @source k8s.io/kubernetes pkg/apis/discovery/validation/validation.go validatePorts 1.36 */
function ports(list: CheckedField): void {
  if (list.size > MOST_PORTS) return list.tooMany(MOST_PORTS);
  const names = new Set<string>();
  for (const port of list.items) {
    const [name, app] = [port.child('name'), port.child('appProtocol')];
    if (name.text !== '') name.must(dnsLabel);
    if (names.has(name.text)) name.duplicate();
    names.add(name.text);
    port.child('protocol').mustBeOneOf(PROTOCOLS);
    if (app.isSet) app.must(qualifiedName);
  }
}

/** @source k8s.io/kubernetes pkg/apis/discovery/validation/validation.go validateEndpoints 1.36 */
function endpoint(field: CheckedField, type: string): void {
  const addresses = field.child('addresses');
  if (addresses.needs('must contain at least 1 address') && addresses.size > MOST_ADDRESSES) {
    addresses.tooMany(MOST_ADDRESSES);
  }
  for (const address of addresses.items) {
    if (type === 'FQDN') fullName(address);
    else if (type === 'IPv4' || type === 'IPv6') ofFamily(address, addresses, type);
  }
  // deprecatedTopology is not validated: the server drops it.
  const [node, host] = [field.child('nodeName'), field.child('hostname')];
  if (node.isSet) node.must(dnsSubdomain);
  if (host.isSet) host.must(dnsLabel);
  hints(field.child('hints').child('forZones'), labelValue);
  hints(field.child('hints').child('forNodes'), dnsSubdomain);
}

function ofFamily(address: CheckedField, list: CheckedField, family: 'IPv4' | 'IPv6'): void {
  // IPv6 addresses have always been validated strictly.
  const check =
    family === 'IPv6' && address.since('1.33')
      ? canonicalIpProblem
      : (text: string) => ipProblem(text, address.gates);
  if (!address.must(check)) return;
  const ip = parseIp(address.text);
  if (ip !== undefined && isIpv6(ip) !== (family === 'IPv6'))
    (address.since('1.33') ? list : address).invalid(`must have addresses of ${family}`);
  address.must(endpointIpProblem);
}

function fullName(address: CheckedField): void {
  if (!address.needs()) return;
  const name = address.text.replace(/\.$/, '');
  const problem = dnsSubdomain(name);
  if (problem !== undefined) return address.invalid(problem);
  const parts = name.split('.');
  if (parts.length < 2) address.invalid('must be a domain of at least two parts');
  else if (parts.some((part) => dnsLabel(part) !== undefined))
    address.invalid('must have parts of at most 63 characters');
}

/** @source k8s.io/kubernetes pkg/apis/discovery/validation/validation.go validateHints 1.36 */
function hints(list: CheckedField, check: Check): void {
  if (list.size > MOST_HINTS) return list.tooMany(MOST_HINTS);
  const seen = new Set<string>();
  for (const hint of list.items) {
    const name = hint.child('name');
    if (seen.has(name.text)) name.duplicate();
    seen.add(name.text);
    name.must(check);
  }
}
