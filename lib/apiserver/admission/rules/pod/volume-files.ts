import type { CheckedField } from '../../checked-field';
import { fileMode, volumeFilePath } from '../files';
import { fieldRef, resourceFieldRef } from './env';

/** Fields of the pod that a file can expose. */
const FIELDS = [
  'metadata.name',
  'metadata.namespace',
  'metadata.labels',
  'metadata.annotations',
  'metadata.uid',
];

/**
 * One key of a Secret or ConfigMap as a file.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateKeyToPath 1.36
 */
export function keyToPath(item: CheckedField): void {
  item.child('key').needs();
  item.child('path').needs();
  volumeFilePath(item.child('path'));
  fileMode(item.child('mode'));
}

/**
 * A file of the downward API. The server does not report which one, so the path is that of the source.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateDownwardAPIVolumeFile 1.36
 */
export function downwardFile(file: CheckedField, source: CheckedField): void {
  const at = source.holding(file.value);
  at.child('path').needs();
  volumeFilePath(at.child('path'));
  const [field, resource] = [at.child('fieldRef'), at.child('resourceFieldRef')];
  if (field.isSet) {
    fieldRef(field, FIELDS);
    if (resource.isSet) at.invalid('must have fieldRef or resourceFieldRef, not both');
  } else if (resource.isSet) resourceFieldRef(resource, true);
  else at.required('must have fieldRef or resourceFieldRef');
  fileMode(at.child('mode'));
}
