import { labelKey } from '../../../../kube/labels';
import { dnsLabel, dnsSubdomain } from '../../../../kube/names';
import type { CheckedField } from '../../checked-field';
import { nodeSelector } from '../selectors';
import { attributes, deviceAttributesMost } from './attributes';
import { capacity } from './capacity';
import { attributeName, isWithin, unique } from './names';
import { deviceTaint } from './requests';

const MOST_TAINTS = 16;
const MOST_CONDITIONS = 4;
const MOST_COUNTERS = 32;
const MOST_CONSUMPTIONS = 2;

/**
 * One device of a slice.
 *
 * @source k8s.io/kubernetes pkg/apis/resource/validation/validation.go validateDevice 1.36
 */
export function device(field: CheckedField, choosesNode: boolean): void {
  field.child('name').must(dnsLabel);
  const [capacities, taints, consumed] = [
    field.child('capacity'),
    field.child('taints'),
    field.child('consumesCounters'),
  ];
  attributes(field);
  deviceAttributesMost(field);
  for (const each of capacities.entries) {
    attributeName(each.name, capacities);
    capacity(each, field.child('allowMultipleAllocations').isTrue);
  }
  if (isWithin(taints, MOST_TAINTS)) for (const taint of taints.items) deviceTaint(taint);
  if (isWithin(consumed, MOST_CONSUMPTIONS)) {
    for (const each of consumed.items) {
      if (each.child('counterSet').needs()) each.child('counterSet').must(dnsLabel);
      counters(each.child('counters'));
    }
    unique(consumed, (each) => each.child('counterSet').text);
  }
  node(field, choosesNode);
  binding(field);
}

/**
 * Counters by name, of a counter set or consumed from one.
 *
 * @source k8s.io/kubernetes pkg/apis/resource/validation/validation.go validateCounterSet, validateDeviceCounterConsumption 1.36
 */
export function counters(map: CheckedField): void {
  if (!map.needs('must have at least one counter') || !isWithin(map, MOST_COUNTERS)) return;
  for (const { name } of map.entries) {
    const problem = dnsLabel(name);
    if (problem !== undefined) map.invalid(problem);
  }
}

/**
 * A device must select its nodes if the slice leaves that to its devices, and only then.
 *
 * @source k8s.io/kubernetes pkg/apis/resource/validation/validation.go validateDevice 1.36
 */
function node(field: CheckedField, choosesNode: boolean): void {
  const [name, selector, all] = ['nodeName', 'nodeSelector', 'allNodes'].map((each) => field.child(each)) as [
    CheckedField,
    CheckedField,
    CheckedField,
  ];
  if (!choosesNode) {
    if (name.isSet || selector.isSet || all.isSet)
      field.invalid('must not name nodes, unless the slice has perDeviceNodeSelection');
    return;
  }
  if (name.isSet && name.text === '') name.invalid('must not be empty');
  else if (name.isSet) name.must(dnsSubdomain);
  if (selector.isSet) nodeSelector(selector);
  if (all.value === false) all.invalid('must be true or not set');
  const ways = [name.text !== '', selector.isSet, all.isTrue].filter(Boolean).length;
  if (ways === 0) field.required('must have one of nodeName, nodeSelector and allNodes');
  if (ways > 1) field.invalid('must have only one of nodeName, nodeSelector and allNodes');
}

/**
 * Conditions of a device that allow or prevent binding a pod to its node.
 *
 * @source k8s.io/kubernetes pkg/apis/resource/validation/validation.go validateDeviceBindingParameters 1.36
 */
function binding(field: CheckedField): void {
  const [reached, failed] = [field.child('bindingConditions'), field.child('bindingFailureConditions')];
  for (const list of [reached, failed]) {
    if (isWithin(list, MOST_CONDITIONS)) for (const condition of list.items) condition.must(labelKey);
    unique(list, (condition) => condition.text);
  }
  for (const condition of failed.items)
    if (reached.texts.includes(condition.text)) condition.invalid('must not be among bindingConditions');
  if (reached.size === 0 && failed.size > 0)
    reached.invalid('must be set together with bindingFailureConditions');
  if (failed.size === 0 && reached.size > 0) failed.invalid('must be set together with bindingConditions');
}
