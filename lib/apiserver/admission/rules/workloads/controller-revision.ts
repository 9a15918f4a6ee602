import type { KindRule } from '../kind-rule';

/** @source k8s.io/kubernetes pkg/apis/apps/validation/validation.go ValidateControllerRevisionCreate, validateControllerRevision 1.36 */
export const controllerRevision: KindRule = {
  kind: 'apps/ControllerRevision',
  about: 'Its number, and the data that it holds.',
  check(object) {
    object.child('revision').mustBeAtLeast(0);
    const data = object.child('data');
    const isObject = typeof data.value === 'object' && data.value !== null && !Array.isArray(data.value);
    if (!isObject && (data.since('1.31') || !data.isSet)) data.required('must be set, to an object');
  },
};
