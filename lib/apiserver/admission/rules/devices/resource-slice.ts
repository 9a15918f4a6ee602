import { dnsLabel, dnsSubdomain } from '../../../../kube/names';
import type { CheckedField } from '../../checked-field';
import type { KindRule } from '../kind-rule';
import { nodeSelector } from '../selectors';
import { counters, device } from './device';
import { driverName, isWithin, poolName, unique } from './names';

const MOST_DEVICES = 128;
/** Devices with taints or shared counters are larger. */
const MOST_ADVANCED_DEVICES = 64;
const MOST_COUNTER_SETS = 8;

/** @source k8s.io/kubernetes pkg/apis/resource/validation/validation.go ValidateResourceSlice, validateResourceSliceSpec 1.36 */
export const resourceSlice: KindRule = {
  kind: 'resource.k8s.io/ResourceSlice',
  about: 'Driver, pool, nodes; devices with their attributes, capacities, taints and counters.',
  check(object) {
    const spec = object.child('spec');
    driverName(spec.child('driver'));
    pool(spec.child('pool'));
    nodes(spec);
    const [devices, shared] = [spec.child('devices'), spec.child('sharedCounters')];
    if (devices.isSet && shared.isSet) spec.invalid('must have devices or sharedCounters, not both');
    const perDevice = spec.child('perDeviceNodeSelection').isTrue;
    if (isWithin(devices, devices.items.some(isAdvanced) ? MOST_ADVANCED_DEVICES : MOST_DEVICES)) {
      for (const each of devices.items) device(each, perDevice);
      unique(devices, (each) => each.child('name').text);
    }
    if (!isWithin(shared, MOST_COUNTER_SETS)) return;
    for (const set of shared.items) {
      if (set.child('name').needs()) set.child('name').must(dnsLabel);
      counters(set.child('counters'));
    }
    unique(shared, (set) => set.child('name').text);
  },
};

function isAdvanced(field: CheckedField): boolean {
  return field.child('taints').size + field.child('consumesCounters').size > 0;
}

/** @source k8s.io/kubernetes pkg/apis/resource/validation/validation.go validateResourcePool 1.36 */
function pool(field: CheckedField): void {
  poolName(field.child('name'));
  field.child('resourceSliceCount').mustBeAtLeast(1);
  field.child('generation').mustBeAtLeast(0);
}

/**
 * The nodes that can access the devices: exactly one way to select them must be set.
 *
 * @source k8s.io/kubernetes pkg/apis/resource/validation/validation.go validateResourceSliceSpec 1.36
 */
function nodes(spec: CheckedField): void {
  const [name, selector, all, perDevice] = [
    'nodeName',
    'nodeSelector',
    'allNodes',
    'perDeviceNodeSelection',
  ].map((field) => spec.child(field)) as [CheckedField, CheckedField, CheckedField, CheckedField];
  if (name.isSet && name.text === '') name.invalid('must not be empty');
  else if (name.isSet) name.must(dnsSubdomain);
  if (selector.isSet) {
    nodeSelector(selector);
    const terms = selector.child('nodeSelectorTerms');
    if (terms.size !== 1) terms.invalid('must be one term');
  }
  for (const flag of [all, perDevice]) if (flag.value === false) flag.invalid('must be true or not set');
  const ways = [name.text !== '', selector.isSet, all.isTrue, perDevice.isTrue].filter(Boolean).length;
  const choice = 'must have one of nodeName, nodeSelector, allNodes and perDeviceNodeSelection';
  if (ways === 0) spec.required(choice);
  if (ways > 1) spec.invalid(choice);
}
