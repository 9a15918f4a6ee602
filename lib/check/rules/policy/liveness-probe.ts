import { podsOf, longRunning } from '../../../graph/pods';
import type { Rule } from '../../rule';

const KINDS = ['apps/Deployment', 'apps/StatefulSet', 'apps/DaemonSet'];

export const livenessProbe: Rule = {
  name: 'policy/liveness-probe',
  severity: 'info',
  strict: true,
  about: 'Finds long-running containers without a livenessProbe.',
  why: 'A container that hangs without exiting is never restarted. One that exits on failure needs no probe.',
  run(cluster, report) {
    for (const pod of podsOf(cluster)) {
      if (!KINDS.includes(pod.kind)) continue;
      for (const { field, name } of longRunning(pod)) {
        const probe = field.child('livenessProbe');
        if (probe.isSet) continue;
        const message = `container "${name}" has no livenessProbe`;
        report(
          pod.manifest,
          probe.path,
          message,
          'Add a livenessProbe that depends only on the container itself.',
        );
      }
    }
  },
};
