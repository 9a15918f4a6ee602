import type { KindRule } from '../kind-rule';
import { podTemplate } from '../pod/pod-spec';

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidatePodTemplate 1.36 */
export const podTemplateObject: KindRule = {
  kind: '/PodTemplate',
  about: 'The template, as in any workload.',
  check: (object) => podTemplate(object.child('template')),
};
