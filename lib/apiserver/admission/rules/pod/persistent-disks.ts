import type { CheckedField } from '../../checked-field';

/**
 * Pods on several nodes can have a disk of Google's only to read. Since 1.29 the server does not look.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidateReadOnlyPersistentDisks 1.28
 */
export function readOnlyDisks(template: CheckedField): void {
  for (const volume of template.child('spec').child('volumes').items) {
    const disk = volume.child('gcePersistentDisk');
    const readOnly = disk.child('readOnly');
    if (disk.isSet && !readOnly.isTrue && !template.isOn('SkipReadOnlyValidationGCE'))
      readOnly.holding(false).invalid('must be true where there can be more than one pod');
  }
}
