import { referencesIn } from '../../graph/references';
import { recordIn } from '../../apiserver/defaults/plain';
import { formatId, type Manifest } from '../../manifest/manifest';
import type { RollingUpdate } from './rolling-update';
import type { Step, Steps, Report } from './rule';
import { nameOf, scaled } from './workload';

/**
 * What disruption budgets make of a rollout. They hold up evictions, as of a node that is drained, and never the
 * rollout itself; but pods that it takes away count as missing.
 */
export function budgets(step: Step, { after }: Steps, rolling: RollingUpdate, report: Report): void {
  const { after: manifest } = step.change;
  const serving = rolling.replicas - rolling.unavailable;
  if (manifest === undefined || rolling.unavailable === 0) return;
  for (const reference of referencesIn(after).to(manifest)) {
    // What is asked of several workloads together says nothing of one.
    if (reference.type !== 'selects' || reference.role !== 'budget-pods' || reference.found.length !== 1)
      continue;
    const needed = neededOf(reference.from, rolling.replicas);
    if (needed === undefined || serving > needed) continue;
    const budget = formatId(reference.from.id);
    const left = `${serving} of ${rolling.replicas} pods`;
    if (serving < needed)
      report(
        step,
        'warning',
        `${nameOf(step)} may go down to ${left}, below the ${needed} that ${budget} asks for: budgets hold up evictions, and no rollout.`,
      );
    else
      report(
        step,
        'info',
        `While ${nameOf(step)} is down to ${left}, ${budget} lets none of them be evicted, and a node that runs one cannot be drained; the rollout itself goes on.`,
      );
  }
}

/**
 * How many pods a budget wants to be healthy.
 *
 * Source: getExpectedPodCount of kubernetes `pkg/controller/disruption`, which rounds both percentages up.
 */
function neededOf({ object }: Manifest, replicas: number): number | undefined {
  const { minAvailable, maxUnavailable } = recordIn(object, 'spec') ?? {};
  if (minAvailable !== undefined) return scaled(minAvailable, replicas, 'up');
  if (maxUnavailable === undefined) return undefined;
  return Math.max(0, replicas - scaled(maxUnavailable, replicas, 'up'));
}
