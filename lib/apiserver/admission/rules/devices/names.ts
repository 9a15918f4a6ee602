import { dnsLabel, dnsSubdomain, SUBDOMAIN_MAX_LENGTH } from '../../../../kube/names';
import type { CheckedField } from '../../checked-field';

const LONGEST_DRIVER = 63;
const LONGEST_IDENTIFIER = 32;

/**
 * The name of a driver: a DNS subdomain in which capitals are allowed.
 *
 * @source k8s.io/kubernetes pkg/apis/resource/validation/validation.go validateDriverName 1.36
 */
export function driverName(field: CheckedField): void {
  if (field.needs()) driverNameAt(field.text, field);
}

function driverNameAt(name: string, at: CheckedField): void {
  if (name.length > LONGEST_DRIVER) at.tooLong(LONGEST_DRIVER);
  const problem = dnsSubdomain(name.toLowerCase());
  if (problem !== undefined) at.invalid(problem);
}

/**
 * The name of a pool: DNS subdomains between slashes.
 *
 * @source k8s.io/kubernetes pkg/apis/resource/validation/validation.go validatePoolName 1.36
 */
export function poolName(field: CheckedField): void {
  if (!field.needs()) return;
  if (field.text.length > SUBDOMAIN_MAX_LENGTH) field.tooLong(SUBDOMAIN_MAX_LENGTH);
  for (const part of field.text.split('/')) {
    const problem = dnsSubdomain(part);
    if (problem !== undefined) field.invalid(problem);
  }
}

/**
 * The name of an attribute or a capacity: an identifier, with or without a domain prefix.
 *
 * @source k8s.io/kubernetes pkg/apis/resource/validation/validation.go validateQualifiedName 1.36
 */
export function attributeName(name: string, at: CheckedField): void {
  const [first = '', second, ...more] = name.split('/');
  // The server does not check a name with more slashes.
  if (more.length > 0) return;
  if (second === undefined) return identifier(first, at);
  if (first === '') at.invalid('must have a domain before the "/"');
  else driverNameAt(first, at);
  if (second === '') at.invalid('must have a name after the "/"');
  else identifier(second, at);
}

/**
 * The name of an attribute in full.
 *
 * @source k8s.io/kubernetes pkg/apis/resource/validation/validation.go validateFullyQualifiedName 1.36
 */
export function fullAttributeName(field: CheckedField): void {
  attributeName(field.text, field);
  const [domain = ''] = field.text.split('/');
  if (field.since('1.37') && domain !== domain.toLowerCase())
    field.invalid('must have a domain without capitals');
  if (!field.text.includes('/')) field.invalid('must be a domain and a name, such as example.com/model');
}

/** @source k8s.io/kubernetes pkg/apis/resource/validation/validation.go validateCIdentifier 1.36 */
function identifier(name: string, at: CheckedField): void {
  if (name.length > LONGEST_IDENTIFIER) at.tooLong(LONGEST_IDENTIFIER);
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name))
    at.invalid('must be letters, digits and "_", and not begin with a digit');
}

/**
 * Requires unique names, which `nameOf` reads from an item.
 *
 * @source k8s.io/kubernetes pkg/apis/resource/validation/validation.go validateSet 1.36
 */
export function unique(list: CheckedField, nameOf: (item: CheckedField) => string): void {
  const seen = new Set<string>();
  for (const item of list.items) {
    const name = nameOf(item);
    if (seen.has(name)) item.holding(name).duplicate();
    seen.add(name);
  }
}

/**
 * Whether a list is short enough to be checked.
 *
 * @source k8s.io/kubernetes pkg/apis/resource/validation/validation.go validateSlice 1.36
 */
export function isWithin(list: CheckedField, most: number): boolean {
  if (list.size <= most) return true;
  list.tooMany(most);
  return false;
}

/** @source k8s.io/kubernetes pkg/apis/resource/validation/validation.go validateRequestName 1.36 */
export function requestName(field: CheckedField): void {
  field.must(dnsLabel);
}
