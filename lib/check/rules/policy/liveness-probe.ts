import { podsOf, longRunning } from '../../../graph/pods';
import type { Rule } from '../../rule';

const KINDS = ['apps/Deployment', 'apps/StatefulSet', 'apps/DaemonSet'];

export const livenessProbe: Rule = {
  name: 'policy/liveness-probe',
  severity: 'info',
  strict: true,
  about: 'Finds containers that run for ever and that no probe asks whether they still live.',
  why: 'One that hangs without ending is never started again. One that ends by itself needs no such probe.',
  run(cluster, report) {
    for (const pod of podsOf(cluster)) {
      if (!KINDS.includes(pod.kind)) continue;
      for (const { field, name } of longRunning(pod)) {
        const probe = field.child('livenessProbe');
        if (probe.isSet) continue;
        const message = `nothing starts the container "${name}" again when it hangs`;
        report(pod.manifest, probe.path, message, 'Add a livenessProbe that depends on nothing else.');
      }
    }
  },
};
