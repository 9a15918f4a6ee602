import type { ContainerProps } from '../workloads/container/container';
import type { Reporter } from '../core/problems';
import { below } from '../core/problems';
import type { Keys } from '../core/props';
import { checkKeys, optional, shown, wholeNumber } from '../core/props';

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

export function isAutoscaled(replicas: Replicas | undefined): replicas is Autoscaling {
  return typeof replicas === 'object';
}

/** The most replicas that there can be; one where nothing is said. */
export function mostReplicas(replicas: Replicas | undefined): number {
  return isAutoscaled(replicas) ? replicas.max : (replicas ?? 1);
}

/** `replicas` of a workload, left out where an autoscaler decides it. */
export function renderReplicas(replicas: Replicas | undefined, report: Reporter): { replicas?: number } {
  return isAutoscaled(replicas) ? {} : optional('replicas', wholeNumber(replicas, 'replicas', 0, report));
}

/**
 * `spec` of a HorizontalPodAutoscaler (autoscaling/v2) for the workload.
 *
 * @param containers the containers that run all the time, by name: a share is one of what all of them request
 */
export function renderAutoscaler(
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
