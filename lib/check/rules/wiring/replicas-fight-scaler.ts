import { formatId } from '../../../manifest/manifest';
import type { Rule } from '../../rule';
import { Field } from '../../../manifest/field';
import { scalersOf } from '../../../graph/scalers';

export const replicasFightScaler: Rule = {
  name: 'wiring/replicas-fight-scaler',
  severity: 'warning',
  about: 'Finds workloads that say how many replicas they have and leave that to an autoscaler as well.',
  why: 'Each time the workload is applied it falls back to the number that is written there, in the middle of the day as well.',
  run(cluster, report) {
    for (const { direction, found, resolution, from } of scalersOf(cluster)) {
      if (direction !== 'horizontal' || found === undefined || resolution !== 'set') continue;
      const replicas = Field.root(found.object).at('spec', 'replicas');
      // With none there is nothing to scale: the autoscaler is switched off on purpose.
      if (!replicas.isSet || replicas.value === 0) continue;
      const message = `${formatId(from.id)} decides how many replicas there are`;
      report(found, replicas.path, message, 'Leave replicas out, and say the least in the autoscaler.');
    }
  },
};
