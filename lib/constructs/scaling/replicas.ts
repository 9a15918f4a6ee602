import type { CustomPatches } from '../../kube/custom/patches';
import type { Patches } from '../../kube/patches';
import type { KubeObject } from '../core/object';
import type { Reporter } from '../core/problems';
import { below } from '../core/problems';
import { optional, integer } from '../core/props';
import { suppress } from '../core/suppress';
import type { Shape } from '../core/shape';
import { isObject } from '../core/shape';
import { anyOf, number } from '../core/shapes';
import { rollsOutBy } from '../rollout/by';
import type { Part, Trait, TraitPlace } from '../workloads/trait';
import type { Autoscaling } from './autoscaler';
import { AUTOSCALING, makeAutoscaler } from './autoscaler';
import type { EventScaling } from './scaled-object';
import { EVENT_SCALING, makeScaledObject } from './scaled-object';

/** A fixed number of replicas, one that follows the load, or one that follows events. */
export type Replicas = number | Autoscaling | EventScaling;

/** A record takes any object: `on` decides which of the two it is. */
const RANGE: Shape<Autoscaling | EventScaling> = {
  expected: AUTOSCALING.expected,
  takes: isObject,
  inside: (value, look) => {
    const shape = followsEvents(value as Autoscaling | EventScaling) ? EVENT_SCALING : AUTOSCALING;
    shape.inside?.(value, look);
  },
};

function followsEvents(replicas: Autoscaling | EventScaling): replicas is EventScaling {
  return (replicas as Partial<EventScaling>).on !== undefined;
}

/** How many pods there are. */
export interface ScaledProps {
  /**
   * Number of pods, or a range and what it follows: usage and metrics, or events `on` queues, queries and the clock.
   * @default 1, set by the API server
   * @example { min: 3, max: 20, cpu: '70%', behavior: { scaleDown: 'slow' } }
   */
  readonly replicas?: Replicas;
}

/**
 * The autoscaler of a workload.
 *
 * | object | when | why |
 * |---|---|---|
 * | HorizontalPodAutoscaler | `replicas` is a range without `on` | sets the number of replicas by the load |
 * | HorizontalPodAutoscaler | `replicas` is a number of at least 2, and Flagger rolls out the pods | keeps the number, on the pods that serve and on those that are tried |
 * | ScaledObject | `replicas` is a range with `on` | makes KEDA set the number of replicas by events |
 * | TriggerAuthentication | a trigger of `on` has an `auth` that is not the name of one | tells KEDA how to ask the source |
 */
export interface Scaled {
  /** The autoscaler; `undefined` where the number of replicas is fixed, or where KEDA sets it. */
  readonly autoscaler: KubeObject<Patches['HorizontalPodAutoscaler']> | undefined;
  /** What KEDA scales by; `undefined` without `on`. */
  readonly scaledObject: KubeObject<CustomPatches['ScaledObject']> | undefined;
  /** How KEDA asks the sources of `on`, in their order. */
  readonly triggerAuthentications: readonly KubeObject<CustomPatches['TriggerAuthentication']>[];
}

/** What other traits ask of a scaled workload. */
export interface ScaledPart extends Part, Scaled {
  /** The lowest and the highest number of replicas, while there are any. */
  readonly range: ReplicaRange;
}

/** How many pods a workload has, from the fewest to the most. */
export interface ReplicaRange {
  readonly min: number;
  readonly max: number;
}

/** The number of replicas, fixed or set by an autoscaler. */
export const scaling: Trait<ScaledProps, Scaled, ScaledPart> = {
  shapes: { replicas: anyOf<Replicas>([number, RANGE], { expected: 'a number or { min, max, cpu }' }) },
  members: { autoscaler: true, scaledObject: true, triggerAuthentications: true },
  severalPods: ({ replicas }) => rangeOf(replicas).max > 1,
  attach: (place, { replicas, rollout }: ScaledProps & { readonly rollout?: unknown }) => ({
    autoscaler: undefined,
    scaledObject: undefined,
    triggerAuthentications: [],
    range: rangeOf(replicas),
    ...(replicas !== undefined && isKept(place, replicas, rollout)
      ? { autoscaler: makeAutoscaler(place, pinned(replicas)) }
      : isRange(replicas)
        ? { ...makeScaler(place, replicas), ...handingOver(place, replicas) }
        : {
            renderSpec: (report: Reporter) => optional('replicas', integer(replicas, 'replicas', 0, report)),
          }),
  }),
};

/** Whether an autoscaler has to keep a fixed number: Flagger changes that of the Deployment, and copies its autoscaler. */
function isKept({ workload }: TraitPlace, replicas: Replicas, rollout: unknown): replicas is number {
  return typeof replicas === 'number' && replicas > 1 && rollsOutBy(workload, { rollout }) === 'flagger';
}

/** A range of one number. An autoscaler needs a metric, which then changes nothing. */
function pinned(replicas: number): Autoscaling {
  const target = { type: 'AverageValue', averageValue: '1' };
  return { min: replicas, max: replicas, metrics: [{ type: 'Resource', resource: { name: 'cpu', target } }] };
}

function makeScaler(place: TraitPlace, replicas: Exclude<Replicas, number>): Partial<Scaled> {
  return followsEvents(replicas)
    ? makeScaledObject(place, replicas)
    : { autoscaler: makeAutoscaler(place, replicas) };
}

/** The number that a workload keeps until the autoscaler takes over: both set it on purpose. */
function handingOver({ workload }: TraitPlace, { initial }: Exclude<Replicas, number>) {
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

function isRange(replicas: Replicas | undefined): replicas is Exclude<Replicas, number> {
  return typeof replicas === 'object';
}

function rangeOf(replicas: Replicas = 1): ReplicaRange {
  if (!isRange(replicas)) return { min: replicas, max: replicas };
  const { min = 1, max = min } = replicas as Partial<Autoscaling>;
  return { min, max };
}
