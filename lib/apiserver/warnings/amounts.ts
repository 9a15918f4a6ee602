import { canonical, milli, parseQuantity } from '../../kube/quantity';
import type { Field } from '../../manifest/field';
import { quoted, type Warnings } from './warning';

/**
 * An amount of bytes that is not an integer, such as `100m`.
 *
 * @source k8s.io/kubernetes pkg/api/pod/warnings.go warningsForPodSpecAndMeta 1.37
 */
export function bytes(field: Field, warnings: Warnings): void {
  const { value } = field;
  if (typeof value !== 'string' && typeof value !== 'number') return;
  const amount = parseQuantity(value);
  if (amount === undefined || milli(amount) % 1000n === 0n) return;
  const shown = quoted(canonical(amount));
  warnings.add(field, `fractional byte value ${shown} is invalid, must be an integer`);
}
