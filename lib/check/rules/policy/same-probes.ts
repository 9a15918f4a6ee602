import { podsOf } from '../../../graph/pods';
import { handlerOf, patience, probeTiming } from '../../../graph/probes';
import type { Rule } from '../../rule';

export const sameProbes: Rule = {
  name: 'policy/same-probes',
  severity: 'warning',
  about: 'Finds containers whose livenessProbe repeats the readinessProbe and fails as soon.',
  why: 'A busy container should receive fewer requests; a restart moves its load to the others instead.',
  run(cluster, report) {
    for (const { manifest, containers } of podsOf(cluster)) {
      for (const { field, name } of containers) {
        const readiness = field.child('readinessProbe');
        const liveness = field.child('livenessProbe');
        const [timing, other] = [probeTiming(liveness), probeTiming(readiness)];
        if (timing === undefined || other === undefined) continue;
        if (handlerOf(liveness) !== handlerOf(readiness) || patience(timing) > patience(other)) continue;
        const message = `livenessProbe of container "${name}" repeats its readinessProbe and fails as soon`;
        const hint = 'Give the livenessProbe a higher failureThreshold, or another check.';
        report(manifest, liveness.path, message, hint);
      }
    }
  },
};
