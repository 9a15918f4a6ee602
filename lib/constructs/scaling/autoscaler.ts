import type { Patches } from '../../kube/patches';
import { KubeObject } from '../core/object';
import type { Reporter } from '../core/problems';
import { below } from '../core/problems';
import { integer, optional } from '../core/props';
import { kubernetesObject, list, number, record } from '../core/shapes';
import { scaleTarget } from '../rollout/scale-target';
import type { TraitPlace } from '../workloads/trait';
import type { ScalingBehavior } from './behavior';
import { BEHAVIOR, renderBehavior } from './behavior';
import type { RunningContainers, Utilization } from './utilization';
import { percentage, readUtilization } from './utilization';

/** A number of replicas that follows the load. */
export interface Autoscaling extends Utilization {
  /** Lowest number of replicas, at least 1; only with `on` may it be 0. @default 1 */
  readonly min?: number;
  /** Highest number of replicas. */
  readonly max: number;
  /**
   * Number of replicas that the workload itself keeps for now, where it had a fixed number before: without it, it drops to
   * one pod until the autoscaler has seen it. Each apply sets it again, so remove it in the next change.
   * @default none: the autoscaler alone sets the number
   */
  readonly initial?: number;
  /** Further metrics, as MetricSpec of autoscaling/v2. @default none */
  readonly metrics?: readonly Readonly<Record<string, unknown>>[];
  /** How fast it scales. @default the cluster's */
  readonly behavior?: ScalingBehavior;
}

export const AUTOSCALING = record<Autoscaling>(
  {
    min: number,
    max: number,
    initial: number,
    cpu: percentage,
    memory: percentage,
    metrics: list(kubernetesObject),
    behavior: BEHAVIOR,
  },
  { words: { minReplicas: '`min`', maxReplicas: '`max`', triggers: '`on`' } },
);

/** The HorizontalPodAutoscaler of a workload. */
export function makeAutoscaler(
  place: TraitPlace,
  scaling: Autoscaling,
): KubeObject<Patches['HorizontalPodAutoscaler']> {
  const { workload } = place;
  return new KubeObject<Patches['HorizontalPodAutoscaler']>(workload, 'autoscaler', {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: place.metadata(),
    content: (report) => ({
      spec: {
        scaleTargetRef: scaleTarget(place),
        ...renderAutoscaler(scaling, place.runningContainers(), below('replicas', report)),
      },
    }),
  });
}

/** `spec` of a HorizontalPodAutoscaler (autoscaling/v2), without its target. */
function renderAutoscaler(scaling: Autoscaling, containers: RunningContainers, report: Reporter): object {
  const { min, max } = readRange(scaling, 1, report);
  const shares = readUtilization(scaling, containers, report).map(({ name, percent }) => {
    const target = { type: 'Utilization', averageUtilization: percent };
    return { type: 'Resource', resource: { name, target } };
  });
  const metrics = [...shares, ...(scaling.metrics ?? [])];
  if (metrics.length === 0) {
    const hint = "Set `cpu`, such as '70%', or `memory`, `metrics` or `on`.";
    report({ code: 'MISSING_PROP', message: 'Required value: at least one metric to scale by', hint });
  }
  const { behavior } = scaling;
  return {
    minReplicas: min,
    maxReplicas: max,
    metrics,
    ...optional('behavior', behavior && renderBehavior(behavior)),
  };
}

/** The range of an autoscaler; reports one that there cannot be. @param least lowest number that `min` may be */
export function readRange(
  props: Pick<Autoscaling, 'min'> & { readonly max?: number },
  least: number,
  report: Reporter,
): { readonly min: number; readonly max: number } {
  const min = integer(props.min, 'min', least, report) ?? 1;
  const max = integer(props.max, 'max', 1, report) ?? Math.max(1, min);
  if (max < min)
    report({
      code: 'INVALID_PROP',
      path: 'max',
      message: `Invalid value: ${max}: must be greater than or equal to min (${min})`,
    });
  return { min, max };
}
