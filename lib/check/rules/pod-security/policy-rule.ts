import type { Pods } from '../../../graph/pods';
import { podsOf } from '../../../graph/pods';
import type { Level } from './check';
import { demandsByNamespace, minorOf } from './levels';
import type { PodViolation } from './violations';
import { podViolations } from './violations';
import type { Rule } from '../../rule';
import type { Cluster } from '../../../graph/cluster';

/** The violations of a level by pod. */
type Violations = ReadonlyMap<Pods, readonly PodViolation[]>;

/**
 * Reports the violations of a level of the Pod Security Standards that `isMeant` selects. Admission reports those of
 * pods whose namespace requires the level.
 */
export function podSecurityRule(level: Level, isMeant: (violation: PodViolation) => boolean): Rule['run'] {
  return (cluster, report) => {
    const violations = cluster.derived(level === 'baseline' ? ofBaseline : ofRestricted);
    for (const [{ manifest }, found] of violations) {
      for (const { field, message, hint } of found.filter(isMeant))
        report(manifest, field.path, message, hint);
    }
  };
}

function ofBaseline(cluster: Cluster): Violations {
  return violationsOf(cluster, 'baseline', ['baseline', 'restricted']);
}

/** The violations of restricted that are none of baseline, which has its own rules. */
function ofRestricted(cluster: Cluster): Violations {
  const found = violationsOf(cluster, 'restricted', ['restricted']);
  const baseline = cluster.derived(ofBaseline);
  return new Map(
    [...found].map(([pod, violations]) => {
      const known = new Set((baseline.get(pod) ?? []).map(({ field }) => field.path));
      return [pod, violations.filter(({ field }) => !known.has(field.path))];
    }),
  );
}

/** @param asked levels of namespaces whose pods admission reports instead */
function violationsOf(cluster: Cluster, level: Level, asked: readonly Level[]): Violations {
  const demands = cluster.derived(demandsByNamespace);
  const version = minorOf(cluster.kubernetes);
  const found = new Map<Pods, readonly PodViolation[]>();
  for (const pod of podsOf(cluster)) {
    const { enforce, warn } = demands.get(pod.namespace) ?? {};
    if ([enforce, warn].some((demand) => demand !== undefined && asked.includes(demand.level))) continue;
    found.set(pod, podViolations(pod, level, version));
  }
  return found;
}
