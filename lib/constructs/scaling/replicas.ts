import { KubeObject } from '../core/object';
import type { Reporter } from '../core/problems';
import { below } from '../core/problems';
import type { Keys } from '../core/props';
import { checkKeys, optional, shown, wholeNumber } from '../core/props';
import type { ContainerProps } from '../workloads/container/container';
import type { Trait, TraitPlace } from '../workloads/trait';

/** A number of replicas that follows the load. */
export interface Autoscaling {
  /** Fewest replicas, at least 1. @default 1 */
  readonly min?: number;
  /** Most replicas. */
  readonly max: number;
  /** CPU in use, on average, as a share of what is requested: `70%`. @default not looked at */
  readonly cpu?: string;
  /** Memory in use, on average, as a share of what is requested: `80%`. @default not looked at */
  readonly memory?: string;
  /** Further metrics, as the API has them (autoscaling/v2 MetricSpec). @default none */
  readonly metrics?: readonly Readonly<Record<string, unknown>>[];
  /** How fast it scales, as the API has it. @default the cluster's */
  readonly behavior?: Readonly<Record<string, unknown>>;
}

/** A fixed number of replicas, or one that follows the load. */
export type Replicas = number | Autoscaling;

const KEYS: Keys<Autoscaling> = {
  min: true,
  max: true,
  cpu: true,
  memory: true,
  metrics: true,
  behavior: true,
};

/** How many pods there are. */
export interface ScaledProps {
  /** How many pods, or between how many and by what. @default 1, set by the API server */
  readonly replicas?: Replicas;
}

/** The autoscaler of a workload. */
export interface Scaled {
  /** The autoscaler; `undefined` where the number of replicas is fixed. */
  readonly autoscaler: KubeObject | undefined;
}

const TRAIT_KEYS: Keys<ScaledProps> = { replicas: true };

/** The number of replicas, fixed or set by a HorizontalPodAutoscaler. */
export const scaling: Trait<ScaledProps, Scaled> = {
  keys: TRAIT_KEYS,
  members: { autoscaler: true },
  severalPods: ({ replicas = 1 }) => (isAutoscaled(replicas) ? replicas.max : replicas) > 1,
  attach: (place, { replicas }) =>
    isAutoscaled(replicas)
      ? { autoscaler: makeAutoscaler(place, replicas) }
      : {
          autoscaler: undefined,
          renderSpec: (report) => optional('replicas', wholeNumber(replicas, 'replicas', 0, report)),
        },
};

function makeAutoscaler(place: TraitPlace, scaling: Autoscaling): KubeObject {
  const { workload, apiVersion, kind, name } = place;
  return new KubeObject(workload, 'autoscaler', {
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
 * @param containers the containers that run all the time, by name: a share is one of what all of them request
 */
function renderAutoscaler(
  scaling: Autoscaling,
  target: { readonly apiVersion: string; readonly kind: string; readonly name: string },
  containers: Readonly<Record<string, Pick<ContainerProps, 'resources'>>>,
  report: Reporter,
): object {
  const telling = below('replicas', report);
  checkKeys(scaling, KEYS, telling);
  const min = wholeNumber(scaling.min, 'min', 1, telling) ?? 1;
  const max = wholeNumber(scaling.max, 'max', 1, telling) ?? min;
  if (max < min)
    telling({ code: 'INVALID_PROP', path: 'max', message: `${max} is less than the fewest, ${min}` });
  const shares = (['cpu', 'memory'] as const).flatMap((name) => {
    const share = scaling[name];
    if (share === undefined) return [];
    checkRequested(name, containers, telling);
    const target = { type: 'Utilization', averageUtilization: percent(share, name, telling) };
    return [{ type: 'Resource', resource: { name, target } }];
  });
  const metrics = [...shares, ...(scaling.metrics ?? [])];
  if (metrics.length === 0) {
    const hint = "Say `cpu: '70%'`, or give `metrics`.";
    telling({ code: 'MISSING_PROP', message: 'nothing says what to scale by', hint });
  }
  return {
    scaleTargetRef: target,
    minReplicas: min,
    maxReplicas: max,
    metrics,
    ...optional('behavior', scaling.behavior),
  };
}

/** The autoscaler gives up where one container of the pod requests nothing (calculatePodRequests). */
function checkRequested(
  name: 'cpu' | 'memory',
  containers: Readonly<Record<string, Pick<ContainerProps, 'resources'>>>,
  report: Reporter,
): void {
  const without = Object.entries(containers).filter(([, { resources }]) => resources?.[name] === undefined);
  if (without.length === 0) return;
  const names = without.map(([container]) => container).join(', ');
  const hint = `Say how much ${name} it requests under \`resources\`.`;
  report({
    code: 'MISSING_PROP',
    path: name,
    message: `a share of nothing: ${names} requests no ${name}`,
    hint,
  });
}

function percent(share: unknown, path: string, report: Reporter): number {
  const match = /^([1-9]\d{0,3})%$/.exec(String(share));
  if (match !== null) return Number(match[1]);
  const message = `${shown(share)} is no share`;
  report({ code: 'INVALID_PROP', path, message, hint: "Write it as '70%'." });
  return 0;
}
