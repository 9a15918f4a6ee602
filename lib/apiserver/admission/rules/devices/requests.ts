import { labelKey, labelValue } from '../../../../kube/labels';
import { dnsSubdomain } from '../../../../kube/names';
import type { CheckedField } from '../../checked-field';
import { deviceExpression } from './device-expression';
import { isWithin, requestName, unique } from './names';

const MOST_ALTERNATIVES = 8;
const MOST_SELECTORS = 32;
const LONGEST_EXPRESSION = 10 * 1024;
const EFFECTS = ['NoExecute', 'NoSchedule', 'None'];

/**
 * A request of a claim: devices of one class, or the first available of several alternatives.
 *
 * @source k8s.io/kubernetes pkg/apis/resource/validation/validation.go validateDeviceRequest, validateExactDeviceRequest, validateDeviceSubRequest 1.36
 */
export function deviceRequest(field: CheckedField): void {
  requestName(field.child('name'));
  const [exactly, alternatives] = [field.child('exactly'), field.child('firstAvailable')];
  if (!exactly.isSet && alternatives.size === 0) return field.required('must have exactly or firstAvailable');
  if (exactly.isSet && alternatives.size > 0)
    return field.invalid('must have exactly or firstAvailable, not both');
  if (exactly.isSet) return devices(exactly);
  if (!isWithin(alternatives, MOST_ALTERNATIVES)) return;
  for (const each of alternatives.items) {
    requestName(each.child('name'));
    devices(each);
  }
  unique(alternatives, (each) => each.child('name').text);
}

/** @source k8s.io/kubernetes pkg/apis/resource/validation/validation.go validateDeviceAllocationMode 1.36 */
function devices(field: CheckedField): void {
  const className = field.child('deviceClassName');
  if (className.needs()) className.must(dnsSubdomain);
  selectors(field.child('selectors'));
  const [mode, count] = [field.child('allocationMode'), field.child('count')];
  if (mode.mustBeOneOf(['All', 'ExactCount'])) {
    if (mode.text === 'ExactCount') count.mustBeAtLeast(1);
    else if (count.number !== 0) count.invalid('must not be set when the mode is All');
  }
  for (const each of field.child('tolerations').items) toleration(each);
}

/**
 * CEL selectors of devices.
 *
 * @source k8s.io/kubernetes pkg/apis/resource/validation/validation.go validateSelectorSlice, validateSelector 1.37
 */
export function selectors(list: CheckedField): void {
  if (!isWithin(list, MOST_SELECTORS)) return;
  for (const selector of list.items) {
    const cel = selector.child('cel');
    const expression = cel.child('expression');
    if (!cel.isSet) cel.required();
    else if (Buffer.byteLength(expression.text) > LONGEST_EXPRESSION) expression.tooLong(LONGEST_EXPRESSION);
    else deviceExpression(expression);
  }
}

/** @source k8s.io/kubernetes pkg/apis/resource/validation/validation.go validateDeviceToleration 1.36 */
function toleration(field: CheckedField): void {
  const [key, operator, value, effect] = ['key', 'operator', 'value', 'effect'].map((name) =>
    field.child(name),
  ) as [CheckedField, CheckedField, CheckedField, CheckedField];
  if (key.text !== '') key.must(labelKey);
  if (operator.needs() && operator.mustBeOneOf(['Equal', 'Exists'])) {
    if (operator.text === 'Equal') value.must(labelValue);
    else if (value.text !== '') value.invalid('must not be set when the operator is Exists');
  }
  if (effect.text !== '') effect.mustBeOneOf(EFFECTS);
}

/**
 * A taint of a device.
 *
 * @source k8s.io/kubernetes pkg/apis/resource/validation/validation.go validateDeviceTaint 1.36
 */
export function deviceTaint(field: CheckedField): void {
  const [key, value, effect] = [field.child('key'), field.child('value'), field.child('effect')];
  key.must(labelKey);
  if (value.text !== '') value.must(labelValue);
  if (effect.needs()) effect.mustBeOneOf(EFFECTS);
}
