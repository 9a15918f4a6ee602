import type { KindRule } from '../kind-rule';

const HIGHEST = 1_000_000_000;
const SYSTEM: Readonly<Record<string, number>> = {
  'system-cluster-critical': 2 * HIGHEST,
  'system-node-critical': 2 * HIGHEST + 1000,
};

/** @source k8s.io/kubernetes pkg/apis/scheduling/validation/validation.go ValidatePriorityClass 1.36 */
export const priorityClass: KindRule = {
  kind: 'scheduling.k8s.io/PriorityClass',
  about: 'Value, names that are kept for the system, preemption.',
  check(object) {
    const [name, value] = [object.child('metadata').child('name'), object.child('value')];
    if (name.text.startsWith('system-')) {
      if (SYSTEM[name.text] !== value.number || object.child('globalDefault').isTrue) {
        name.forbidden('must not begin with system-, which is kept for Kubernetes');
      }
    } else if (value.number > HIGHEST) value.forbidden(`must be at most ${HIGHEST}`);
    object.child('preemptionPolicy').mustBeOneOf(['PreemptLowerPriority', 'Never']);
  },
};
