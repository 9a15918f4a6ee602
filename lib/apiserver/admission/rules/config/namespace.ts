import { qualifiedName } from '../../../../kube/names';
import type { KindRule } from '../kind-rule';
import { finalizerDomain } from '../meta';

const MODES = ['enforce', 'audit', 'warn'];
const LEVELS = ['privileged', 'baseline', 'restricted'];
const VERSION = /^(latest|v1\.(0|[1-9]\d*))$/;

/**
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidateNamespace, validateFinalizerName 1.36
 * @source k8s.io/pod-security-admission admission/admission.go Admission.ValidateNamespace 1.36
 */
export const namespace: KindRule = {
  kind: '/Namespace',
  about: 'Finalizers, and the labels of Pod Security admission.',
  check(object) {
    const finalizers = object.child('spec').child('finalizers');
    for (const finalizer of finalizers.items) {
      const problem = qualifiedName(finalizer.text);
      if (problem !== undefined) finalizers.holding(finalizer.text).invalid(problem);
      finalizerDomain(finalizer, finalizers);
    }
    // Pod Security admission runs only for an object without errors so far.
    if (object.errorCount > 0) return;
    const labels = object.child('metadata').child('labels');
    for (const mode of MODES) {
      const level = labels.key(`pod-security.kubernetes.io/${mode}`);
      const version = labels.key(`pod-security.kubernetes.io/${mode}-version`);
      if (level.isSet && !LEVELS.includes(level.text)) level.invalid(`must be one of ${LEVELS.join(', ')}`);
      if (version.isSet && !VERSION.test(version.text))
        version.invalid('must be latest or a release such as v1.30');
    }
  },
};
