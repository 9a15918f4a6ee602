import { isPlainRecord } from '../../../manifest/data';
import type { CheckedField } from '../checked-field';
import { isInteger } from './numbers';

const INT32_MAX = 2 ** 31 - 1;

/** Where a definition says that the scale subresource finds its values. */
export interface Scale {
  readonly specReplicasPath: string;
  readonly statusReplicasPath: string;
  readonly labelSelectorPath?: string;
}

/**
 * What a resource holds where its scale is to be found.
 *
 * @source k8s.io/apiextensions-apiserver pkg/registry/customresource/validator.go customResourceValidator.ValidateScaleSpec, customResourceValidator.ValidateScaleStatus 1.36
 */
export function scaleValues(root: CheckedField, scale: Scale): void {
  // The server names a path as the definition does, with its dot.
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

/** The value at `.spec.replicas`; something else where a part of the path leads to what is no object. */
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
