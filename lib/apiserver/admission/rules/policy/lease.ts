import type { KindRule } from '../kind-rule';

/**
 * strategy and preferredHolder are not validated: without coordinated leader election the server drops them.
 *
 * @source k8s.io/kubernetes pkg/apis/coordination/validation/validation.go ValidateLease, ValidateLeaseSpec 1.36
 */
export const lease: KindRule = {
  kind: 'coordination.k8s.io/Lease',
  about: 'Duration and transitions.',
  check(object) {
    const spec = object.child('spec');
    const [duration, transitions] = [spec.child('leaseDurationSeconds'), spec.child('leaseTransitions')];
    if (duration.isSet) duration.mustBeAtLeast(1);
    if (transitions.isSet) transitions.mustBeAtLeast(0);
  },
};
