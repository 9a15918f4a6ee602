import { parseIp } from '../../../../kube/ip';
import {
  dns1035Label,
  dnsLabel,
  dnsSubdomain,
  pathSegment,
  portName,
  SUBDOMAIN_MAX_LENGTH,
} from '../../../../kube/names';
import type { CheckedField } from '../../checked-field';
import type { KindRule } from '../kind-rule';
import { mustBePort } from '../pod/containers';

const PATH_TYPES = ['Exact', 'ImplementationSpecific', 'Prefix'];
const BAD_SEQUENCES = ['//', '/./', '/../', '%2f', '%2F'];
const BAD_SUFFIXES = ['/..', '/.'];
const CLASS_ANNOTATION = 'kubernetes.io/ingress.class';

/** @source k8s.io/kubernetes pkg/apis/networking/validation/validation.go ValidateIngressCreate, ValidateIngressSpec, validateIngressTLS 1.36 */
export const ingress: KindRule = {
  kind: 'networking.k8s.io/Ingress',
  about: 'Rules with their hosts and paths, backends, certificates.',
  check(object) {
    const spec = object.child('spec');
    const [rules, backend, className] = [
      spec.child('rules'),
      spec.child('defaultBackend'),
      spec.child('ingressClassName'),
    ];
    if (rules.size === 0 && !backend.isSet)
      spec.invalid('either `defaultBackend` or `rules` must be specified');
    if (backend.isSet) ingressBackend(backend);
    for (const rule of rules.items) ingressRule(rule);
    for (const tls of spec.child('tls').items) {
      for (const host of tls.child('hosts').items) host.must(hostName);
      const secret = tls.child('secretName');
      if (secret.text !== '') secret.must(dnsSubdomain);
    }
    if (className.isSet) className.must(dnsSubdomain);
    const annotation = object.child('metadata').child('annotations').key(CLASS_ANNOTATION);
    if (annotation.isSet && className.isSet && annotation.text !== className.text) {
      // The server leaves `metadata` out of the path.
      object.child('annotations').child(CLASS_ANNOTATION).invalid('must match ingressClassName');
    }
  },
};

/** @source k8s.io/kubernetes pkg/apis/networking/validation/validation.go validateIngressRules 1.36 */
function ingressRule(rule: CheckedField): void {
  const [host, http] = [rule.child('host'), rule.child('http')];
  if (host.text !== '') {
    if (parseIp(host.text) !== undefined) host.invalid('must be a DNS name, not an IP address');
    host.must(hostName);
  }
  if (!http.isSet) return;
  http.child('paths').needs('must have at least one path');
  for (const path of http.child('paths').items) ingressPath(path);
}

/**
 * A DNS name whose first label can be a wildcard.
 *
 * @source k8s.io/kubernetes pkg/apis/networking/validation/validation.go validateIngressRules 1.36
 */
function hostName(host: string): string | undefined {
  if (!host.includes('*')) return dnsSubdomain(host);
  if (host.length > SUBDOMAIN_MAX_LENGTH) return `must be at most ${SUBDOMAIN_MAX_LENGTH} characters`;
  return host.startsWith('*.') && dnsSubdomain(host.slice(2)) === undefined
    ? undefined
    : 'must have "*." in front of a DNS name, and no other asterisk';
}

/** @source k8s.io/kubernetes pkg/apis/networking/validation/validation.go validateHTTPIngressPath 1.36 */
function ingressPath(path: CheckedField): void {
  const [type, text] = [path.child('pathType'), path.child('path')];
  if (!type.isSet) return type.required();
  if (type.mustBeOneOf(PATH_TYPES)) {
    const isFree = type.text === 'ImplementationSpecific';
    const needsSlash = isFree ? text.text !== '' : true;
    if (needsSlash && !text.text.startsWith('/')) text.invalid('must be an absolute path');
    if (!isFree) {
      for (const bad of BAD_SEQUENCES) if (text.text.includes(bad)) text.invalid(`must not contain '${bad}'`);
      for (const bad of BAD_SUFFIXES) if (text.text.endsWith(bad)) text.invalid(`cannot end with '${bad}'`);
    }
  }
  ingressBackend(path.child('backend'));
}

/** @source k8s.io/kubernetes pkg/apis/networking/validation/validation.go validateIngressBackend, allowRelaxedServiceNameValidation 1.36 */
function ingressBackend(backend: CheckedField): void {
  const [resource, service] = [backend.child('resource'), backend.child('service')];
  if (resource.isSet && service.isSet)
    return backend.invalid('cannot set both resource and service backends');
  if (resource.isSet) return typedReference(resource);
  if (!service.isSet) return backend.invalid('resource or service backend is required');
  const name = service.child('name');
  if (name.needs()) name.must(name.isOn('RelaxedServiceNameValidation') ? dnsLabel : dns1035Label);
  const [byName, byNumber] = [service.child('port').child('name'), service.child('port').child('number')];
  if (byName.text !== '' && byNumber.number !== 0) backend.invalid('cannot set both port name & port number');
  else if (byName.text !== '') byName.must(portName);
  else if (byNumber.number !== 0) mustBePort(byNumber);
  else backend.required('port name or number is required');
}

/**
 * A reference to an object of any kind by group, kind and name.
 *
 * @source k8s.io/kubernetes pkg/apis/networking/validation/validation.go validateIngressTypedLocalObjectReference 1.36
 */
export function typedReference(reference: CheckedField): void {
  const group = reference.child('apiGroup');
  if (group.isSet) group.must(dnsSubdomain);
  for (const field of [reference.child('kind'), reference.child('name')]) {
    if (field.needs()) field.must(pathSegment);
  }
}
