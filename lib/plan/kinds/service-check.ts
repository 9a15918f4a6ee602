import type { Field } from '../../check/admission/field';

const HINT =
  'Keep it as it is, or delete the Service and apply it again: it is gone in between, and gets a new address.';

/** Source: ValidateServiceUpdate of kubernetes `pkg/apis/core/validation`. */
export function serviceCheck(now: Field, was: Field): void {
  const [spec, before] = [now.child('spec'), was.child('spec')];
  addresses(spec, before);
  const isBalancer =
    spec.child('type').text === 'LoadBalancer' && before.child('type').text === 'LoadBalancer';
  if (!isBalancer) return;
  const [className, oldClass] = [spec, before].map((each) => each.child('loadBalancerClass')) as [
    Field,
    Field,
  ];
  if (className.value !== oldClass.value) className.invalid('cannot be changed once it is set', HINT);
  const isLocal = [spec, before].every((each) => each.child('externalTrafficPolicy').text === 'Local');
  const [port, oldPort] = [spec, before].map((each) => each.child('healthCheckNodePort')) as [Field, Field];
  if (isLocal && port.number !== oldPort.number) port.forbidden('cannot be changed', HINT);
}

function addresses(spec: Field, before: Field): void {
  if ([spec, before].some((each) => each.child('type').text === 'ExternalName')) return;
  const [isHeadless, wasHeadless] = [spec, before].map((each) => each.child('clusterIP').text === 'None');
  if (isHeadless === true && wasHeadless === true) return;
  sameStart(spec, before, 'clusterIPs');
  if (isHeadless === wasHeadless) sameStart(spec, before, 'ipFamilies');
}

/** A list of one or two: the second may come and go, the first stays. */
function sameStart(spec: Field, before: Field, name: string): void {
  const [list, old] = [spec.child(name), before.child(name)];
  const [items, oldItems] = [list.items, old.items];
  if (items.length < oldItems.length) {
    const policy = spec.child('ipFamilyPolicy');
    if (items.length === 0) list.holding(['']).items[0]?.invalid('cannot be taken away', HINT);
    else if (policy.text !== 'SingleStack') {
      policy.invalid(`must be SingleStack to give up the second of ${name}`);
    }
  }
  const compared = items.length === oldItems.length ? items.length : Math.min(items.length, 1);
  for (const [index, item] of items.slice(0, compared).entries()) {
    if (oldItems[index] !== undefined && item.value !== oldItems[index].value) {
      item.invalid('cannot be changed', HINT);
    }
  }
}
