import type { Cluster } from '../../../graph/cluster';
import { replicasOf } from '../../../graph/replicas';
import { rollingUpdateOf, type RollingUpdate } from '../../../graph/rolling-update';
import { rolloutOf } from '../../../graph/rollouts';
import type { Step } from '../rule';
import { specOf } from '../words';

/** How a Deployment replaces its pods, and how many they are. */
export interface DeploymentRollout {
  readonly min: number;
  readonly max: number;
  /** In numbers, at the fewest pods that can be there; nothing where all stop first. */
  readonly rolling: RollingUpdate | undefined;
}

/**
 * How a Deployment whose template changes replaces its pods; nothing where it replaces none for now, or where a Rollout
 * replaces them.
 */
export function deploymentRollout(step: Step, after: Cluster): DeploymentRollout | undefined {
  const { after: manifest } = step.change;
  if (manifest === undefined || rolloutOf(after, manifest) !== undefined) return undefined;
  const spec = specOf(step);
  const pods = replicasOf(after, manifest);
  if (pods === undefined || pods.max === 0 || spec['paused'] === true) return undefined;
  const { min, max } = pods;
  return { min, max, rolling: rollingUpdateOf(spec, Math.max(min, 1)) };
}
