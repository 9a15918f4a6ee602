import type { CustomPatches } from '../../kube/custom/patches';
import { NAME_LENGTH } from '../core/names';
import { referTo } from '../core/existing';
import { requireInstalled } from '../core/installed';
import { KubeObject } from '../core/object';
import type { Reporter } from '../core/problems';
import { below } from '../core/problems';
import { integer, nonEmptyRecord, optional } from '../core/props';
import { constant, list, number, record } from '../core/shapes';
import { scaleTarget } from '../rollout/scale-target';
import type { TraitPlace } from '../workloads/trait';
import type { Autoscaling } from './autoscaler';
import { readRange } from './autoscaler';
import { BEHAVIOR, renderBehavior } from './behavior';
import type { Triggers } from './triggers/authentication';
import { makeTriggers } from './triggers/authentication';
import type { OtherTrigger } from './triggers/other';
import { RESOURCES } from './triggers/other';
import type { Trigger } from './triggers/trigger';
import { TRIGGER } from './triggers/trigger';
import { percentage, readUtilization } from './utilization';

/** How many pods there are while KEDA cannot read a source. */
export interface ScalingFallback {
  /** Failures in a row after which it holds. */
  readonly failures: number;
  /** Number of pods then. */
  readonly replicas: number;
}

/** A number of replicas that follows events, by KEDA: those of a queue, a query or the clock. */
export interface EventScaling extends Omit<Autoscaling, 'metrics'> {
  /** What it follows. The source that asks for the most pods counts. */
  readonly on: readonly Trigger[];
  /** `0` for no pods while nothing triggers, where `min` is the lowest number otherwise. @default `min` */
  readonly idle?: 0;
  /** Seconds between two looks at the sources while there are no pods. @default 30, set by KEDA */
  readonly polling?: number;
  /** Seconds without a trigger after which there are no pods. @default 300, set by KEDA */
  readonly cooldown?: number;
  /** How many pods there are while a source cannot be read. @default as many as before */
  readonly fallback?: ScalingFallback;
}

export const EVENT_SCALING = record<EventScaling>(
  {
    min: number,
    max: number,
    initial: number,
    idle: constant(0),
    on: list(TRIGGER),
    cpu: percentage,
    memory: percentage,
    behavior: BEHAVIOR,
    polling: number,
    cooldown: number,
    fallback: record<ScalingFallback>({ failures: number, replicas: number }),
  },
  {
    words: {
      minReplicaCount: '`min`',
      maxReplicaCount: '`max`',
      idleReplicaCount: '`idle`',
      pollingInterval: '`polling`',
      cooldownPeriod: '`cooldown`',
      metrics: '`on`: KEDA makes the autoscaler',
    },
  },
);

/** A ScaledObject, and the authentications of its triggers. */
export interface EventScaler {
  readonly scaledObject: KubeObject<CustomPatches['ScaledObject']>;
  readonly triggerAuthentications: Triggers['authentications'];
}

export function makeScaledObject(place: TraitPlace, scaling: EventScaling): EventScaler {
  const { workload } = place;
  requireInstalled(workload, 'keda');
  const triggers = makeTriggers(place, 'replicas.on', scaling.on);
  const scaledObject = new KubeObject<CustomPatches['ScaledObject']>(workload, 'scaled-object', {
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'ScaledObject',
    metadata: place.metadata(),
    content: (report) => ({ spec: renderScaledObject(place, scaling, triggers, report) }),
  });
  referTo(scaledObject, () => [{ replicas: scaling }]);
  return { scaledObject, triggerAuthentications: triggers.authentications };
}

/** `spec` of a ScaledObject (keda.sh/v1alpha1). */
function renderScaledObject(
  place: TraitPlace,
  scaling: EventScaling,
  triggers: Triggers,
  report: Reporter,
): object {
  const reportBelow = below('replicas', report);
  const { min, max } = readRange(scaling, 0, reportBelow);
  const { idle } = scaling;
  const scalesToZero = min === 0 || idle !== undefined;
  const rendered = triggers.render(report, { min, max, scalesToZero, isJob: false });
  const shares = readUtilization(scaling, place.runningContainers(), reportBelow).map((share) => ({
    type: share.name,
    metricType: 'Utilization',
    metadata: { value: String(share.percent) },
  }));
  checkScaling(scaling, { min, scalesToZero }, reportBelow);
  return {
    scaleTargetRef: scaleTarget(place),
    minReplicaCount: min,
    maxReplicaCount: max,
    ...optional('idleReplicaCount', idle),
    ...optional('pollingInterval', integer(scaling.polling, 'polling', 1, reportBelow)),
    ...optional('cooldownPeriod', integer(scaling.cooldown, 'cooldown', 0, reportBelow)),
    ...optional('fallback', renderFallback(scaling.fallback, below('fallback', reportBelow))),
    ...nonEmptyRecord('advanced', renderAdvanced(place.name, scaling)),
    triggers: [...rendered, ...shares],
  };
}

/** What KEDA calls the autoscaler that it makes is this and the name of the ScaledObject. */
const PREFIX = 'keda-hpa-';

/** The name of the autoscaler is a label, so that a long one is named like its workload. */
function renderAdvanced(name: string, { behavior }: EventScaling): object {
  const config = {
    ...(PREFIX.length + name.length > NAME_LENGTH ? { name } : {}),
    ...optional('behavior', behavior && renderBehavior(behavior)),
  };
  return { ...nonEmptyRecord('horizontalPodAutoscalerConfig', config) };
}

function renderFallback(fallback: ScalingFallback | undefined, report: Reporter): object | undefined {
  if (fallback === undefined) return undefined;
  const { failures, replicas } = fallback;
  return {
    failureThreshold: integer(failures, 'failures', 0, report),
    replicas: integer(replicas, 'replicas', 0, report),
  };
}

/**
 * What KEDA refuses, and what has no effect.
 *
 * Source: verifyCPUMemoryScalers, CheckFallbackValid, CheckReplicaCountBoundsAreValid and verifyScaledObjects in
 * `apis/keda/v1alpha1` of KEDA 2.21.
 */
function checkScaling(
  { on, idle, cooldown, fallback }: EventScaling,
  { min, scalesToZero }: { readonly min: number; readonly scalesToZero: boolean },
  report: Reporter,
): void {
  if (on.length === 0)
    report({ code: 'MISSING_PROP', path: 'on', message: 'Required value: at least one trigger to scale by' });
  const onlyPods = on.length > 0 && on.every(measuresPods);
  if (onlyPods && scalesToZero)
    report({
      code: 'INVALID_PROP',
      path: idle === undefined ? 'min' : 'idle',
      message: 'Invalid value: 0: cpu and memory are those of pods, so they cannot scale up from none',
      hint: 'Set `min` to at least 1, or add another trigger to `on`.',
    });
  if (onlyPods && fallback !== undefined)
    report({
      code: 'INVALID_PROP',
      path: 'fallback',
      message: 'Forbidden: it needs a trigger other than cpu and memory',
    });
  if (idle !== undefined && min < 1)
    report({ code: 'INVALID_PROP', path: 'idle', message: 'Forbidden: `min` is 0 already' });
  if (cooldown !== undefined && !scalesToZero)
    report({
      code: 'INVALID_PROP',
      path: 'cooldown',
      message: 'Forbidden: it has no effect, since there are always pods',
      hint: 'Set `min: 0` or `idle: 0`, or `behavior` for how fast pods go.',
    });
}

function measuresPods(trigger: Trigger): boolean {
  return RESOURCES.includes((trigger as Partial<OtherTrigger>).type ?? '');
}
