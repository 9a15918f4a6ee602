import { at, numberAt } from '../../cluster/fields';
import { isPlainRecord } from '../../manifest/data';
import type { KubeObject } from '../../manifest/manifest';
import type { Outcome } from '../types';

/**
 * What an autoscaler of a resource reads: how many pods there are, and what selects them. Nothing where no workload is the
 * only one that can be scaled.
 */
export function scaleOf(live: readonly KubeObject[]): Pick<Outcome, 'replicas' | 'selector'> {
  const [workload, ...others] = live.filter(
    ({ apiVersion, kind }) => apiVersion === 'apps/v1' && /^(Deployment|StatefulSet)$/.test(kind),
  );
  if (workload === undefined || others.length > 0) return {};
  const labels = at(workload, 'spec', 'selector', 'matchLabels');
  const pairs = isPlainRecord(labels) ? Object.entries(labels) : [];
  return {
    replicas: numberAt(workload, 'status', 'replicas') ?? 0,
    selector: pairs.map(([name, value]) => `${name}=${String(value)}`).join(','),
  };
}
