import { formatId } from '../../../manifest/manifest';
import type { Rule } from '../../rule';
import { replicasOf } from '../../../graph/replicas';
import { rolloutOf } from '../../../graph/rollouts';
import { scalersOf } from '../../../graph/scalers';

export const replicasFightScaler: Rule = {
  name: 'wiring/replicas-fight-scaler',
  severity: 'warning',
  about: 'Finds workloads that set replicas and have an autoscaler.',
  why: 'Each apply resets the workload to that number, even under load.',
  run(cluster, report) {
    for (const manifest of cluster.set) {
      if (scalersOf(cluster, manifest).length === 0) continue;
      const { current = 0, scalers = [] } = replicasOf(cluster, manifest) ?? {};
      const [scaler] = scalers;
      // Zero replicas switch the autoscaler off on purpose.
      if (scaler === undefined || current === 0) continue;
      const message = `${formatId(scaler.manifest.id)} sets the replicas of this workload`;
      const rollout = rolloutOf(cluster, manifest);
      const holder = rollout?.by === 'argo' ? rollout.manifest : manifest;
      report(holder, 'spec.replicas', message, 'Remove replicas, and set the minimum in the autoscaler.');
    }
  },
};
