import { cidrProblem, isIpv6, parseCidr } from '../../../../kube/ip';
import { labelKey, labelValue } from '../../../../kube/labels';
import { SUBDOMAIN_MAX_LENGTH } from '../../../../kube/names';
import { milli } from '../../../../kube/quantity';
import { isWholeResource } from '../../../../kube/quota';
import type { CheckedField } from '../../checked-field';
import type { KindRule } from '../kind-rule';
import { TAINT_EFFECTS } from '../pod/scheduling';
import { resourceQuantityOf } from '../quantities';

const FEATURE = /^[A-Z][A-Za-z0-9]*(\/[A-Za-z][A-Za-z0-9]*)*$/;

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidateNode, validateNodeSwapStatus 1.36 */
export const node: KindRule = {
  kind: '/Node',
  about: 'Taints, blocks of pod addresses, amounts of resources.',
  beyond: 'Taints in deprecated annotations.',
  check(object) {
    const [spec, status] = [object.child('spec'), object.child('status')];
    // The server reports metadata where it means spec.
    taints(object.child('metadata').child('taints').holding(spec.child('taints').value));
    for (const list of [status.child('capacity'), status.child('allocatable')]) {
      for (const { name } of list.entries) amount(list.child(name));
    }
    const swap = status.child('nodeInfo').child('swap').child('capacity');
    // The same applies here.
    if (swap.isSet && swap.number < 1) {
      object.child('metadata').child('nodeSwapStatus').child('capacity').invalid('must be greater than zero');
    }
    declaredFeatures(status.child('declaredFeatures'));
    podCidrs(spec);
  },
};

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateNodeTaints 1.36 */
function taints(list: CheckedField): void {
  const seen = new Set<string>();
  for (const taint of list.items) {
    const [key, effect] = [taint.child('key'), taint.child('effect')];
    key.must(labelKey);
    taint.child('value').must(labelValue);
    if (effect.needs()) effect.mustBeOneOf(TAINT_EFFECTS);
    const pair = JSON.stringify([key.text, effect.text]);
    if (seen.has(pair)) taint.duplicate('taints must be unique by key and effect pair');
    seen.add(pair);
  }
}

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidateNodeResources, ValidateResourceQuantityValue 1.36 */
function amount(field: CheckedField): void {
  const quantity = resourceQuantityOf(field);
  if (quantity.nanos < 0n) field.invalid('must be greater than or equal to 0');
  if (isWholeResource(field.name) && milli(quantity) % 1000n !== 0n) field.invalid('must be an integer');
}

/**
 * Names such as `MyFeature` or `MyFeature/mySubFeature`, in order (KEP-5328).
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateNodeDeclaredFeatures, validateNodeDeclaredFeatureName 1.36
 */
function declaredFeatures(list: CheckedField): void {
  let before: string | undefined;
  for (const feature of list.items) {
    if (!FEATURE.test(feature.text) || feature.text.length > SUBDOMAIN_MAX_LENGTH) {
      feature.invalid('must be the name of a feature, such as MyFeature');
    }
    if (before === feature.text) feature.duplicate();
    else if (before !== undefined && before > feature.text) feature.invalid('must be in alphabetical order');
    before = feature.text;
  }
}

/**
 * The deprecated single block and the list of blocks: where they differ, the single one wins.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidateNode 1.36
 * @source k8s.io/kubernetes pkg/apis/core/v1/conversion.go Convert_v1_NodeSpec_To_core_NodeSpec 1.36
 */
function podCidrs(spec: CheckedField): void {
  const [first, given] = [spec.child('podCIDR'), spec.child('podCIDRs')];
  const list = first.text !== '' && first.text !== given.texts[0] ? given.holding([first.text]) : given;
  for (const cidr of list.items) cidr.must((text) => cidrProblem(text, cidr.gates));
  const families = list.texts.map(parseCidr).map((cidr) => cidr && isIpv6(cidr.ip));
  const isPair = families.length === 2 && families.includes(true) && families.includes(false);
  if (families.length > 1 && !isPair) list.invalid('must have at most one block of each family');
  if (list.since('1.33')) return;
  for (const [index, cidr] of list.items.entries())
    if (list.texts.indexOf(cidr.text) < index) cidr.duplicate();
}
