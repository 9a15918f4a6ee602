import type { CheckedField } from '../../checked-field';

/**
 * Whether a list contains an asterisk, which means everything and so must be the only item.
 *
 * @source k8s.io/kubernetes pkg/apis/flowcontrol/validation/validation.go hasWildcard 1.36
 */
export function hasAsterisk(list: CheckedField): boolean {
  if (!list.texts.includes('*')) return false;
  if (list.size > 1) list.invalid('must not have other items when * is set');
  return true;
}
