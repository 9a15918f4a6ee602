import { isPlainRecord } from '../../../manifest/data';
import type { CheckedField } from '../checked-field';
import { isInteger } from './numbers';

const INT32_MAX = 2 ** 31 - 1;

/** The paths of the scale subresource in a definition. */
export interface Scale {
  readonly specReplicasPath: string;
  readonly statusReplicasPath: string;
  readonly labelSelectorPath?: string;
}

/**
 * Checks the values of a resource at the paths of its scale subresource.
 *
 * @source k8s.io/apiextensions-apiserver pkg/registry/customresource/validator.go customResourceValidator.ValidateScaleSpec, customResourceValidator.ValidateScaleStatus 1.36
 */
export function scaleValues(root: CheckedField, scale: Scale): void {
  // The server reports a path as in the definition, with its leading dot.
  for (const path of [scale.specReplicasPath, scale.statusReplicasPath])
    replicas(root.child(path).holding(valueAt(root.value, path)));
  const selector = scale.labelSelectorPath ?? '';
  const found = selector === '' ? undefined : valueAt(root.value, selector);
  if (found !== undefined && typeof found !== 'string') root.child(selector).invalid('must be a string');
}

function replicas(field: CheckedField): void {
  if (!field.isPresent) return;
  if (typeof field.value !== 'number' || !isInteger(field.value)) return field.invalid('must be an integer');
  field.mustBeWithin(0, INT32_MAX);
}

const IN_THE_WAY = {};

/** The value at a path such as `.spec.replicas`; a different result where a part of the path is not an object. */
function valueAt(value: unknown, path: string): unknown {
  let found = value;
  for (const name of path.replace(/^\./, '').split('.')) {
    if (found === null) return undefined;
    if (!isPlainRecord(found)) return IN_THE_WAY;
    if (!Object.hasOwn(found, name)) return undefined;
    found = found[name];
  }
  return found;
}
