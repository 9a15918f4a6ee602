import { subPathProblem } from '../../../kube/mount';
import type { CheckedField } from '../checked-field';

const MODE = 'must be from 0 to 0777 (octal), which is 511';

/**
 * A path below a directory: relative, and without `..` between its slashes.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateLocalDescendingPath 1.36
 */
export function descendingPath(field: CheckedField, at = field): void {
  const { text } = field;
  if (text.startsWith('/')) at.invalid('must be a relative path, which does not begin with "/"');
  noBacksteps(field, at);
}

/** @source k8s.io/kubernetes pkg/volume/validation/pv_validation.go ValidatePathNoBacksteps 1.36 */
export function noBacksteps(field: CheckedField, at = field): void {
  if (field.text.split('/').includes('..')) at.invalid('must not have ".." between its slashes');
}

/**
 * A descending path whose name is not reserved by the kubelet.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidateLocalNonReservedPath 1.36
 */
export function volumeFilePath(field: CheckedField, at = field): void {
  descendingPath(field, at);
  if (subPathProblem(field.text) === undefined && field.text.startsWith('..')) {
    at.invalid('must not begin with ".."');
  }
}

/**
 * The permission bits of a file.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateConfigMapVolumeSource, validateKeyToPath 1.36
 */
export function fileMode(field: CheckedField): void {
  if (field.isSet && (field.number < 0 || field.number > 0o777)) field.invalid(MODE);
}
