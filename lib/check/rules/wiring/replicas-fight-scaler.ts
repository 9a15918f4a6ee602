import { formatId } from '../../../manifest/manifest';
import type { Rule } from '../../rule';
import { Field } from '../../../manifest/field';
import { scalersOf } from '../../../graph/scalers';

export const replicasFightScaler: Rule = {
  name: 'wiring/replicas-fight-scaler',
  severity: 'warning',
  about: 'Finds workloads that set replicas and have an autoscaler.',
  why: 'Each apply resets the workload to that number, even under load.',
  run(cluster, report) {
    for (const { direction, found, resolution, from } of scalersOf(cluster)) {
      if (direction !== 'horizontal' || found === undefined || resolution !== 'set') continue;
      const replicas = Field.root(found.object).at('spec', 'replicas');
      // Zero replicas switch the autoscaler off on purpose.
      if (!replicas.isSet || replicas.value === 0) continue;
      const message = `${formatId(from.id)} sets the replicas of this workload`;
      report(found, replicas.path, message, 'Remove replicas, and set the minimum in the autoscaler.');
    }
  },
};
