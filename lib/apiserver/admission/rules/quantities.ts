import { canonical, compareQuantities, parseQuantity, whole } from '../../../kube/quantity';
import type { Quantity } from '../../../kube/quantity';
import type { CheckedField } from '../checked-field';

const ZERO: Quantity = { nanos: 0n, format: 'DecimalSI' };

/** The quantity of the field, or zero. Decoding ensures that it is valid. */
export function quantityOf(field: CheckedField): Quantity {
  return parseQuantity(field.text) ?? ZERO;
}

/**
 * Quantities of resources have at most three decimal places: the server rounds finer ones away from zero.
 *
 * @source k8s.io/apimachinery pkg/api/resource/quantity.go Quantity.RoundUp 1.36
 * @source k8s.io/kubernetes pkg/apis/core/v1/conversion.go Convert_v1_ResourceList_To_core_ResourceList 1.36
 */
export function resourceQuantityOf(field: CheckedField): Quantity {
  const { nanos, format } = quantityOf(field);
  const rest = nanos % 1_000_000n;
  if (rest === 0n) return { nanos, format };
  return { nanos: nanos - rest + (nanos > 0n ? 1_000_000n : -1_000_000n), format };
}

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidatePositiveQuantityValue 1.36 */
export function mustBePositive(field: CheckedField): boolean {
  if (quantityOf(field).nanos > 0n) return true;
  field.invalid('must be greater than zero');
  return false;
}

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateBasicResource 1.36 */
export function mustBeBasic(field: CheckedField): void {
  if (whole(quantityOf(field)) < 0n) field.invalid('must be greater than or equal to 0');
}

export function isMore(a: Quantity, b: Quantity): boolean {
  return compareQuantities(a, b) > 0;
}

export function showQuantity(quantity: Quantity): string {
  return canonical(quantity);
}
