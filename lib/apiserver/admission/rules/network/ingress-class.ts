import { dnsLabel } from '../../../../kube/names';
import { domainPath } from '../domain-path';
import type { KindRule } from '../kind-rule';
import { typedReference } from './ingress';

const LONGEST_CONTROLLER = 250;

/** @source k8s.io/kubernetes pkg/apis/networking/validation/validation.go ValidateIngressClass, validateIngressClassParametersReference 1.36 */
export const ingressClass: KindRule = {
  kind: 'networking.k8s.io/IngressClass',
  about: 'Controller and its parameters.',
  check(object) {
    const [controller, parameters] = [
      object.child('spec').child('controller'),
      object.child('spec').child('parameters'),
    ];
    if (controller.text.length > LONGEST_CONTROLLER) controller.tooLong(LONGEST_CONTROLLER);
    domainPath(controller);
    if (!parameters.isSet) return;
    typedReference(parameters);
    const [scope, namespace] = [parameters.child('scope'), parameters.child('namespace')];
    if (!scope.mustBeOneOf(['Cluster', 'Namespace'])) return;
    if (scope.text === 'Cluster') {
      if (namespace.isSet) namespace.forbidden('must not be set when the scope is Cluster');
    } else if (namespace.isSet) namespace.must(dnsLabel);
    else namespace.required('must be set when the scope is Namespace');
  },
};
