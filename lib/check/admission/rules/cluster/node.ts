import { cidrProblem, isIpv6, parseCidr } from '../../../../kube/ip';
import { labelKey, labelValue } from '../../../../kube/labels';
import { isWholeResource } from '../../../../kube/quota';
import { milli } from '../../../../kube/quantity';
import type { Field } from '../../field';
import type { KindRule } from '../kind-rule';
import { resourceQuantityOf } from '../quantities';

const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

export const node: KindRule = {
  kind: '/Node',
  about: 'Taints, blocks of pod addresses, amounts of resources.',
  beyond: 'Declared features in the status, and taints in annotations of old.',
  check(object) {
    const [spec, status] = [object.child('spec'), object.child('status')];
    // The server says metadata where it means spec.
    taints(object.child('metadata').child('taints').holding(spec.child('taints').value));
    for (const list of [status.child('capacity'), status.child('allocatable')]) {
      for (const { name } of list.entries) amount(list.child(name));
    }
    podCidrs(spec);
  },
};

function taints(list: Field): void {
  const seen = new Set<string>();
  for (const taint of list.items) {
    const [key, effect] = [taint.child('key'), taint.child('effect')];
    key.must(labelKey);
    taint.child('value').must(labelValue);
    if (effect.needs()) effect.mustBeOneOf(EFFECTS);
    const pair = JSON.stringify([key.text, effect.text]);
    if (seen.has(pair)) taint.report('duplicate', 'has the key and effect of another taint');
    seen.add(pair);
  }
}

function amount(field: Field): void {
  const quantity = resourceQuantityOf(field);
  if (quantity.nanos < 0n) field.invalid('must not be negative');
  if (isWholeResource(field.name) && milli(quantity) % 1000n !== 0n) field.invalid('must be a whole number');
}

/** The one block of old beside the list of blocks: where they differ, the one is all there is. */
function podCidrs(spec: Field): void {
  const [first, given] = [spec.child('podCIDR'), spec.child('podCIDRs')];
  const list = first.text !== '' && first.text !== given.texts[0] ? given.holding([first.text]) : given;
  for (const cidr of list.items) cidr.must((text) => cidrProblem(text, cidr.kubernetes));
  const families = list.texts.map(parseCidr).map((cidr) => cidr && isIpv6(cidr.ip));
  const isPair = families.length === 2 && families.includes(true) && families.includes(false);
  if (families.length > 1 && !isPair) list.invalid('must have at most one block of each family');
}
