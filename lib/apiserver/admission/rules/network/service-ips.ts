import { ipProblem, isIpv6, parseIp } from '../../../../kube/ip';
import type { CheckedField } from '../../checked-field';

const FAMILIES = ['IPv4', 'IPv6'];
const FAMILY_POLICIES = ['PreferDualStack', 'RequireDualStack', 'SingleStack'];

/** The hint of what a cluster takes that has both families of IPs. */
export const DUAL_STACK = 'A dual-stack cluster takes it; one with the default configuration has IPv4 alone.';

/**
 * The IPs of a Service: those in the manifest, and those that the server adds.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidateServiceClusterIPsRelatedFields 1.36
 */
export function clusterIps(spec: CheckedField): CheckedField {
  const [single, list] = [spec.child('clusterIP'), spec.child('clusterIPs')];
  return single.text !== '' && list.size === 0 ? list.holding([single.text]) : list;
}

/** Whether a Service is headless. */
export function isHeadless(spec: CheckedField): boolean {
  const ips = clusterIps(spec).texts;
  return ips.length === 1 && ips[0] === 'None';
}

/**
 * IPs, families and their policy, which must be consistent.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidateServiceClusterIPsRelatedFields 1.36
 */
export function ipFields(spec: CheckedField): void {
  const [single, ips] = [spec.child('clusterIP'), clusterIps(spec)];
  if (single.text === '' ? ips.size > 0 : ips.texts[0] !== single.text) {
    ips.invalid(single.text === '' ? 'must not be set without clusterIP' : 'must begin with clusterIP');
  }
  const families = spec.child('ipFamilies');
  const seen = new Set<string>();
  for (const family of families.items) {
    family.mustBeOneOf(FAMILIES);
    if (seen.has(family.text)) family.duplicate();
    seen.add(family.text);
  }
  const policy = spec.child('ipFamilyPolicy');
  if (policy.isSet) policy.mustBeOneOf(FAMILY_POLICIES);
  if (!wellFormed(ips)) return;
  if (ips.size > 1 && new Set(ips.texts.map(familyOf)).size === 1)
    ips.invalid('must not have two IPs of one family');
  if (isHeadless(spec)) return;
  for (const [index, ip] of ips.items.entries()) {
    const family = families.texts[index];
    if (family !== undefined && FAMILIES.includes(family) && family !== familyOf(ip.text))
      ip.invalid(`must be an address of ${family}, as ipFamilies say`);
  }
}

function wellFormed(ips: CheckedField): boolean {
  let isFine = true;
  for (const [index, ip] of ips.items.entries()) {
    if (index === 0 && ip.text === 'None') {
      if (ips.size === 1) continue;
      ips.invalid('must not have other items when None is set');
      isFine = false;
    } else if (!ip.must((text) => ipProblem(text, ip.gates))) isFine = false;
  }
  if (ips.size > 2) ips.invalid('must have at most two IPs');
  return isFine;
}

function familyOf(ip: string): string {
  const parsed = parseIp(ip);
  return parsed !== undefined && isIpv6(parsed) ? 'IPv6' : 'IPv4';
}

/**
 * IPs that a cluster with the default configuration, IPv4 only, cannot allocate. The server checks this before it
 * validates the rest, and stops on an error.
 *
 * @source k8s.io/kubernetes pkg/registry/core/service/storage/alloc.go Allocators.initIPFamilyFields 1.36
 */
export function allocateIps(spec: CheckedField): void {
  const before = spec.errorCount;
  ipFields(spec);
  if (spec.errorCount > before) return;
  const [families, policy, ips] = [spec.child('ipFamilies'), spec.child('ipFamilyPolicy'), clusterIps(spec)];
  const isLoose = isHeadless(spec) && spec.child('selector').size === 0;
  const single = policy.text === 'SingleStack' || (!policy.isSet && !isLoose);
  if (single && families.size === 2)
    policy.invalid('must be PreferDualStack or RequireDualStack for two families');
  if (single && ips.size === 2) policy.invalid('must be PreferDualStack or RequireDualStack for two IPs');
  for (const [index, ip] of ips.items.entries()) {
    if (ip.text === 'None' || index < families.size || familyOf(ip.text) === 'IPv4') continue;
    ip.invalid('must be IPv4 on a cluster that has no IPv6', DUAL_STACK);
  }
  if (spec.errorCount > before || isLoose) return;
  if (policy.text === 'RequireDualStack')
    policy.invalid('must not be RequireDualStack on a cluster that has no IPv6', DUAL_STACK);
  for (const family of families.items) {
    if (family.text === 'IPv6') family.invalid('must not be IPv6 on a cluster that has none', DUAL_STACK);
  }
}
