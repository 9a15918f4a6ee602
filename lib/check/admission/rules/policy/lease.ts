import { qualifiedName } from '../../../../kube/names';
import type { KindRule } from '../kind-rule';

export const lease: KindRule = {
  kind: 'coordination.k8s.io/Lease',
  about: 'Duration, transitions and strategy.',
  check(object) {
    const spec = object.child('spec');
    const [duration, transitions, strategy] = [
      spec.child('leaseDurationSeconds'),
      spec.child('leaseTransitions'),
      spec.child('strategy'),
    ];
    if (duration.isSet) duration.mustBeAtLeast(1);
    if (transitions.isSet) transitions.mustBeAtLeast(0);
    if (strategy.isSet) {
      // The server names the field twice over.
      const at = strategy.child('strategy').holding(strategy.value);
      if (at.text.includes('/')) at.must(qualifiedName);
      else at.mustBeOneOf(['OldestEmulationVersion']);
    }
    const holder = spec.child('preferredHolder');
    if (holder.text !== '' && strategy.text === '') holder.forbidden('must not be set without strategy');
  },
};
