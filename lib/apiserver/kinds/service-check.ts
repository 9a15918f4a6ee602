import type { CheckedField } from '../admission/checked-field';

const HINT =
  'Keep it as it is, or delete the Service and apply it again: it is gone in between, and gets a new address.';

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidateServiceUpdate 1.36 */
export function serviceCheck(now: CheckedField, was: CheckedField): void {
  const [spec, before] = [now.child('spec'), was.child('spec')];
  addresses(spec, before);
  const isBalancer =
    spec.child('type').text === 'LoadBalancer' && before.child('type').text === 'LoadBalancer';
  if (!isBalancer) return;
  const [className, oldClass] = [spec, before].map((each) => each.child('loadBalancerClass')) as [
    CheckedField,
    CheckedField,
  ];
  if (className.value !== oldClass.value) className.invalid('may not change once set', HINT);
  const isLocal = [spec, before].every((each) => each.child('externalTrafficPolicy').text === 'Local');
  const [port, oldPort] = [spec, before].map((each) => each.child('healthCheckNodePort')) as [
    CheckedField,
    CheckedField,
  ];
  if (isLocal && port.number !== oldPort.number) port.forbidden('field is immutable', HINT);
}

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateUpgradeDowngradeClusterIPs, validateUpgradeDowngradeIPFamilies 1.36 */
function addresses(spec: CheckedField, before: CheckedField): void {
  if ([spec, before].some((each) => each.child('type').text === 'ExternalName')) return;
  for (const name of ['clusterIPs', 'ipFamilies']) givenUp(spec, before, name);
  const [isHeadless, wasHeadless] = [spec, before].map((each) => each.child('clusterIP').text === 'None');
  if (isHeadless === true && wasHeadless === true) return;
  sameStart(spec.child('clusterIPs'), before.child('clusterIPs'));
  if (isHeadless === wasHeadless) sameStart(spec.child('ipFamilies'), before.child('ipFamilies'));
}

/** In a list of one or two items, the second can be added or removed. */
function givenUp(spec: CheckedField, before: CheckedField, name: string): void {
  const policy = spec.child('ipFamilyPolicy');
  if (policy.text === 'SingleStack' || spec.child(name).size >= before.child(name).size) return;
  policy.invalid(`must be SingleStack to give up the second of ${name}`);
}

/** The first item must not change; the second can only be added or removed. */
function sameStart(list: CheckedField, before: CheckedField): void {
  const [items, old] = [list.items, before.items];
  const compared = items.length === old.length ? items.length : 1;
  for (const [index, item] of items.slice(0, compared).entries()) {
    const was = old[index];
    if (was !== undefined && item.value !== was.value) item.invalid('field is immutable', HINT);
  }
}
