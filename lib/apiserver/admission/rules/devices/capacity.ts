import { compareQuantities, whole } from '../../../../kube/quantity';
import type { Quantity } from '../../../../kube/quantity';
import type { CheckedField } from '../../checked-field';
import { isMore, quantityOf, showQuantity } from '../quantities';
import { isWithin, unique } from './names';

const MOST_VALUES = 10;
const MAX_INT64 = 2n ** 63n - 1n;

/**
 * A capacity of a device; for a shareable device, with the amounts that a claim can request.
 *
 * @source k8s.io/kubernetes pkg/apis/resource/validation/validation.go validateMultiAllocatableDeviceCapacity, validateSingleAllocatableDeviceCapacity, validateRequestPolicy 1.36
 */
export function capacity(field: CheckedField, isShared: boolean): void {
  const policy = field.child('requestPolicy');
  if (!policy.isSet) return;
  if (!isShared) return policy.forbidden('must not be set unless allowMultipleAllocations is true');
  const [values, range] = [policy.child('validValues'), policy.child('validRange')];
  const start = policy.child('default');
  if (values.size > 0 && range.isSet)
    return policy.forbidden('must have validValues or validRange, not both');
  if (values.size === 0 && !range.isSet) return;
  if (!start.isSet) return start.required('must be set together with validValues and validRange');
  const total = quantityOf(field.child('value'));
  if (range.isSet) requestRange(range, quantityOf(start), total);
  else requestValues(values, quantityOf(start), total);
}

/** @source k8s.io/kubernetes pkg/apis/resource/validation/validation.go validateRequestPolicyValidValues, validateValidRequestValues 1.36 */
function requestValues(list: CheckedField, start: Quantity, total: Quantity): void {
  let before: Quantity | undefined;
  for (const value of list.items) {
    const amount = quantityOf(value);
    if (before !== undefined && isMore(before, amount)) value.invalid('must be in ascending order');
    before = amount;
  }
  const isShort = isWithin(list, MOST_VALUES);
  if (isShort) {
    for (const value of list.items) atMost(value, quantityOf(value), total);
    unique(list, (value) => String(whole(quantityOf(value))));
  }
  const isListed = isShort && list.items.some((value) => compareQuantities(quantityOf(value), start) === 0);
  if (!isListed) list.invalid(`must have the default, which is ${showQuantity(start)}`);
}

/** @source k8s.io/kubernetes pkg/apis/resource/validation/validation.go validateRequestPolicyRange, validateRequestPolicyRangeStep 1.36 */
function requestRange(range: CheckedField, start: Quantity, total: Quantity): void {
  const [min, max, step] = [range.child('min'), range.child('max'), range.child('step')];
  if (!min.isSet) return min.required();
  const least = quantityOf(min);
  atMost(min, least, total);
  // Until 1.36, the default is reported at the end that it is beyond.
  const at = (end: CheckedField): CheckedField =>
    range.since('1.37') ? range.child('default').holding(showQuantity(start)) : end;
  if (isMore(least, start)) at(min).invalid(`must have a default of at least min, ${showQuantity(least)}`);
  if (max.isSet) {
    const most = quantityOf(max);
    if (isMore(least, most)) max.invalid(`must be at least min, which is ${showQuantity(least)}`);
    atMost(max, most, total);
    if (isMore(start, most)) at(max).invalid(`must have a default of at most max, ${showQuantity(most)}`);
  }
  if (!step.isSet) return;
  const size = quantityOf(step);
  if (size.nanos <= 0n && step.since('1.37')) return step.invalid('must be greater than zero');
  atMost(step, { ...least, nanos: least.nanos + size.nanos }, total);
  if (step.since('1.37') && !areWithinInt64(range, start)) return;
  for (const end of [start, ...(max.isSet ? [quantityOf(max)] : [])]) {
    if (!isStep(whole(end) - whole(least), whole(size)))
      step.invalid(`must lead from ${showQuantity(least)} to ${showQuantity(end)}`);
  }
}

/**
 * Whether the server can count with the ends of a range, which it does in 64 bits.
 *
 * @source k8s.io/kubernetes pkg/apis/resource/validation/validation.go validateInt64Range 1.37
 */
function areWithinInt64(range: CheckedField, start: Quantity): boolean {
  const before = range.errorCount;
  for (const name of ['default', 'min', 'max', 'step']) {
    const end = range.child(name);
    if (name !== 'default' && !end.isSet) continue;
    const amount = name === 'default' ? start : quantityOf(end);
    if (amount.nanos < 0n || whole(amount) > MAX_INT64)
      end.holding(showQuantity(amount)).invalid(`must be between 0 and ${MAX_INT64}`);
  }
  return range.errorCount === before;
}

/** No distance is a multiple of a step of zero; the server itself would divide by zero. */
function isStep(distance: bigint, size: bigint): boolean {
  return size !== 0n && distance % size === 0n;
}

function atMost(field: CheckedField, amount: Quantity, total: Quantity): void {
  if (isMore(amount, total)) field.invalid(`must be at most the capacity, which is ${showQuantity(total)}`);
}
