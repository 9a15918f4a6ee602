import type { Patches } from '../../kube/patches';
import { KubeObject } from '../core/object';
import type { Reporter } from '../core/problems';
import { below } from '../core/problems';
import { optional, shown, integer } from '../core/props';
import { suppress } from '../core/suppress';
import type { Shape } from '../core/shape';
import { anyOf, kubernetesObject, list, number, record, text } from '../core/shapes';
import type { ContainerProps } from '../workloads/container/container';
import type { Trait, TraitPlace } from '../workloads/trait';

/** A number of replicas that follows the load. */
export interface Autoscaling {
  /** Lowest number of replicas, at least 1. @default 1 */
  readonly min?: number;
  /** Highest number of replicas. */
  readonly max: number;
  /**
   * Number of replicas that the workload itself keeps for now, where it had a fixed number before: without it, it drops to
   * one pod until the autoscaler has seen it. Each apply sets it again, so remove it in the next change.
   * @default none: the autoscaler alone sets the number
   */
  readonly initial?: number;
  /** Target of CPU usage on average, as a percentage of the request: `70%`. @default not a metric */
  readonly cpu?: string;
  /** Target of memory usage on average, as a percentage of the request: `80%`. @default not a metric */
  readonly memory?: string;
  /** Further metrics, as MetricSpec of autoscaling/v2. @default none */
  readonly metrics?: readonly Readonly<Record<string, unknown>>[];
  /** How fast it scales, as HorizontalPodAutoscalerBehavior of autoscaling/v2. @default the cluster's */
  readonly behavior?: Readonly<Record<string, unknown>>;
}

/** A fixed number of replicas, or one that follows the load. */
export type Replicas = number | Autoscaling;

const percentage: Shape<string> = {
  ...text,
  expected: 'a percentage',
  hint: () => "Percentages look like '70%'.",
};

const AUTOSCALING = record<Autoscaling>(
  {
    min: number,
    max: number,
    initial: number,
    cpu: percentage,
    memory: percentage,
    metrics: list(kubernetesObject),
    behavior: kubernetesObject,
  },
  { words: { minReplicas: '`min`', maxReplicas: '`max`' } },
);

/** How many pods there are. */
export interface ScaledProps {
  /**
   * Number of pods, or a range and the metrics that it follows.
   * @default 1, set by the API server
   * @example { min: 3, max: 20, cpu: '70%' }
   */
  readonly replicas?: Replicas;
}

/**
 * The autoscaler of a workload.
 *
 * | object | when | why |
 * |---|---|---|
 * | HorizontalPodAutoscaler | `replicas` is a range | sets the number of replicas by the load |
 */
export interface Scaled {
  /** The autoscaler; `undefined` where the number of replicas is fixed. */
  readonly autoscaler: KubeObject<Patches['HorizontalPodAutoscaler']> | undefined;
}

/** The number of replicas, fixed or set by a HorizontalPodAutoscaler. */
export const scaling: Trait<ScaledProps, Scaled> = {
  shapes: { replicas: anyOf<Replicas>([number, AUTOSCALING], { expected: 'a number or { min, max, cpu }' }) },
  members: { autoscaler: true },
  severalPods: ({ replicas = 1 }) => (isAutoscaled(replicas) ? replicas.max : replicas) > 1,
  attach: (place, { replicas }) =>
    isAutoscaled(replicas)
      ? { autoscaler: makeAutoscaler(place, replicas), ...handingOver(place, replicas) }
      : {
          autoscaler: undefined,
          renderSpec: (report) => optional('replicas', integer(replicas, 'replicas', 0, report)),
        },
};

/** The number that a workload keeps until the autoscaler takes over: both set it on purpose. */
function handingOver({ workload }: TraitPlace, { initial }: Autoscaling) {
  if (initial === undefined) return {};
  suppress(
    workload,
    'wiring/replicas-fight-scaler',
    'replicas.initial hands the number over to the autoscaler',
  );
  return {
    renderSpec: (report: Reporter) =>
      optional('replicas', integer(initial, 'initial', 1, below('replicas', report))),
  };
}

function makeAutoscaler(
  place: TraitPlace,
  scaling: Autoscaling,
): KubeObject<Patches['HorizontalPodAutoscaler']> {
  const { workload, apiVersion, kind, name } = place;
  return new KubeObject<Patches['HorizontalPodAutoscaler']>(workload, 'autoscaler', {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: place.metadata(),
    content: (report) => ({
      spec: renderAutoscaler(scaling, { apiVersion, kind, name }, place.runningContainers(), report),
    }),
  });
}

function isAutoscaled(replicas: Replicas | undefined): replicas is Autoscaling {
  return typeof replicas === 'object';
}

/**
 * `spec` of a HorizontalPodAutoscaler (autoscaling/v2) for the workload.
 *
 * @param containers the containers that run all the time, by name: a percentage is one of what all of them request
 */
function renderAutoscaler(
  scaling: Autoscaling,
  target: { readonly apiVersion: string; readonly kind: string; readonly name: string },
  containers: Readonly<Record<string, Pick<ContainerProps, 'resources'>>>,
  report: Reporter,
): object {
  const reportBelow = below('replicas', report);
  const min = integer(scaling.min, 'min', 1, reportBelow) ?? 1;
  const max = integer(scaling.max, 'max', 1, reportBelow) ?? min;
  if (max < min)
    reportBelow({
      code: 'INVALID_PROP',
      path: 'max',
      message: `Invalid value: ${max}: must be greater than or equal to min (${min})`,
    });
  const shares = (['cpu', 'memory'] as const).flatMap((name) => {
    const share = scaling[name];
    if (share === undefined) return [];
    checkRequested(name, containers, reportBelow);
    const target = { type: 'Utilization', averageUtilization: percent(share, name, reportBelow) };
    return [{ type: 'Resource', resource: { name, target } }];
  });
  const metrics = [...shares, ...(scaling.metrics ?? [])];
  if (metrics.length === 0) {
    const hint = "Set `cpu`, such as '70%', or `memory` or `metrics`.";
    reportBelow({ code: 'MISSING_PROP', message: 'Required value: at least one metric to scale by', hint });
  }
  return {
    scaleTargetRef: target,
    minReplicas: min,
    maxReplicas: max,
    metrics,
    ...optional('behavior', scaling.behavior),
  };
}

/** The autoscaler fails where one container of the pod requests nothing (calculatePodRequests). */
function checkRequested(
  name: 'cpu' | 'memory',
  containers: Readonly<Record<string, Pick<ContainerProps, 'resources'>>>,
  report: Reporter,
): void {
  const without = Object.entries(containers).filter(([, { resources }]) => resources?.[name] === undefined);
  if (without.length === 0) return;
  const names = without.map(([container]) => container).join(', ');
  const hint = `Set the request in \`resources.${name}\`.`;
  report({
    code: 'MISSING_PROP',
    path: name,
    message: `a percentage needs a request: ${names} requests no ${name}`,
    hint,
  });
}

function percent(share: unknown, path: string, report: Reporter): number {
  const match = /^([1-9]\d{0,3})%$/.exec(String(share));
  if (match !== null) return Number(match[1]);
  const message = `Invalid value: ${shown(share)}: expected a percentage`;
  report({ code: 'INVALID_PROP', path, message, hint: "Percentages look like '70%'." });
  return 0;
}
