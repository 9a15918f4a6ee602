import { Field } from '../manifest/field';
import type { Manifest } from '../manifest/manifest';
import type { Cluster } from './cluster';
import { namespaceOf } from './namespace';
import { knownOf, type Entry } from './objects';
import { worldOf } from './references';
import { rolloutAt } from './rollouts';
import { SCALER_KINDS, scaleTargetOf, type ScaleTarget } from './scale-target';

/** An autoscaler with the object that it scales. */
export interface Scaler extends Entry, ScaleTarget {
  /** The object that it scales; where that is a rollout of another one, the one with the pods. */
  readonly scaled: Manifest;
  /** Where it keeps the number of pods; absent for one that scales what they request. */
  readonly range?: Range;
  /** Whether it leaves the number of pods as it is for now. */
  readonly isPaused: boolean;
  /** Whether its target gets back its former number of pods when it is deleted. */
  readonly restores: boolean;
}

export interface Range {
  readonly min: number;
  readonly max: number;
}

/** The autoscalers of the set and of what is assumed whose target is known, by kind. */
export function scalersIn(cluster: Cluster): readonly Scaler[] {
  return cluster.derived(readScalers);
}

/** The autoscalers of an object. More than one of a direction undo what the others do. */
export function scalersOf(cluster: Cluster, manifest: Manifest): readonly Scaler[] {
  return cluster.derived(scalersByTarget).get(manifest) ?? [];
}

/** The autoscaler that a manifest is, if what it scales is known. */
export function scalerAt(cluster: Cluster, manifest: Manifest): Scaler | undefined {
  return cluster.derived(scalersByManifest).get(manifest);
}

/** Whether a VerticalPodAutoscaler only recommends, and changes nothing. */
export function isIdle({ root, direction }: Pick<Scaler, 'root' | 'direction'>): boolean {
  return direction === 'vertical' && root.at('spec', 'updatePolicy', 'updateMode').text === 'Off';
}

/** The resources whose requests a VerticalPodAutoscaler sets: CPU and memory unless it says otherwise. */
export function controlledResources({ root }: Pick<Scaler, 'root'>): readonly string[] {
  const policies = root.list('spec', 'resourcePolicy', 'containerPolicies');
  const named = policies.flatMap((policy) => policy.list('controlledResources').map(({ text }) => text));
  return named.length > 0 ? named : ['cpu', 'memory'];
}

/**
 * Whether an autoscaler measures the pods that the selector of its target finds, and multiplies their number.
 *
 * Source: GetResourceReplicas and GetMetricReplicas of kubernetes `pkg/controller/podautoscaler/replica_calculator.go`.
 * Without metrics it measures CPU.
 */
export function measuresPods({ root, isPaused }: Scaler): boolean {
  const spec = root.child('spec');
  if (isPaused) return false;
  if (root.child('kind').text === 'ScaledObject')
    return spec.list('triggers').some((each) => ['cpu', 'memory'].includes(each.child('type').text));
  if (root.child('kind').text !== 'HorizontalPodAutoscaler') return false;
  const metrics = spec.list('metrics');
  return metrics.length === 0 || metrics.some((each) => OF_PODS.has(each.child('type').text));
}

const OF_PODS: ReadonlySet<string> = new Set(['ContainerResource', 'Pods', 'Resource']);

/** Whether an autoscaler sets what the pods of a workload request of a resource. */
export function setsRequests(cluster: Cluster, manifest: Manifest, resource: string): boolean {
  return cluster.derived(setResources).get(manifest)?.has(resource) ?? false;
}

/** The resources whose requests autoscalers set, by the objects with the pods. */
function setResources(cluster: Cluster): ReadonlyMap<Manifest, ReadonlySet<string>> {
  const found = new Map<Manifest, Set<string>>();
  for (const scaler of scalersIn(cluster)) {
    if (scaler.direction !== 'vertical' || isIdle(scaler)) continue;
    const resources = found.get(scaler.scaled) ?? new Set<string>();
    found.set(scaler.scaled, resources);
    for (const resource of controlledResources(scaler)) resources.add(resource);
  }
  return found;
}

/** An autoscaler whose target may be unknown. */
export type AnyScaler = Entry & ScaleTarget & Partial<Pick<Scaler, 'scaled'>>;

/** The autoscalers of the set, in its order, those whose target is not known too. */
export function allScalers(cluster: Cluster): readonly AnyScaler[] {
  return cluster.set.manifests.flatMap((manifest): AnyScaler[] => {
    const known = scalerAt(cluster, manifest);
    if (known !== undefined) return [known];
    const scale = scaleTargetOf(manifest);
    if (scale === undefined) return [];
    return [{ manifest, namespace: namespaceOf(manifest), root: Field.root(manifest.object), ...scale }];
  });
}

/** The name of the HorizontalPodAutoscaler that KEDA makes of a ScaledObject (getHpaName). */
export function autoscalerName({ root }: Entry): string {
  const name = root.at('spec', 'advanced', 'horizontalPodAutoscalerConfig', 'name').text;
  return name === '' ? `keda-hpa-${root.at('metadata', 'name').text}` : name;
}

/**
 * Whether a HorizontalPodAutoscaler is the one that KEDA made of a ScaledObject, or that it takes over, or that KEDA is told
 * to leave alone.
 *
 * Source: verifyHpas in `apis/keda/v1alpha1/scaledobject_webhook.go` of KEDA 2.21.
 */
export function isAutoscalerOf(autoscaler: Entry, scaledObject: Entry): boolean {
  const [its, own] = [autoscaler, scaledObject].map(({ root }) => root.child('metadata'));
  if (its?.child('annotations').key('validations.keda.sh/hpa-ownership').text === 'false') return true;
  const name = own?.child('name').text;
  const owns = (each: Field): boolean =>
    each.child('kind').text === 'ScaledObject' && each.child('name').text === name;
  if (its?.list('ownerReferences').some(owns) === true) return true;
  const transfers = own?.child('annotations').key('scaledobject.keda.sh/transfer-hpa-ownership').text;
  return transfers === 'true' && autoscalerName(scaledObject) === its?.child('name').text;
}

function scalersByManifest(cluster: Cluster): ReadonlyMap<Manifest, Scaler> {
  return new Map(scalersIn(cluster).map((scaler) => [scaler.manifest, scaler]));
}

function readScalers(cluster: Cluster): readonly Scaler[] {
  const world = worldOf(cluster);
  return SCALER_KINDS.flatMap((kind) => knownOf(cluster, kind)).flatMap((entry) => {
    const scale = scaleTargetOf(entry.manifest);
    const scaled = scale && world.find(scale.target)?.manifest;
    if (scale === undefined || scaled === undefined) return [];
    const { root } = entry;
    return [
      {
        scaled: rolloutAt(cluster, scaled)?.workload ?? scaled,
        isPaused: root.at('metadata', 'annotations').key(PAUSED).text === 'true',
        restores: root.at('spec', 'advanced', 'restoreToOriginalReplicaCount').isTrue,
        ...entry,
        ...scale,
        ...(scale.direction === 'horizontal' && { range: rangeOf(entry) }),
      },
    ];
  });
}

function scalersByTarget(cluster: Cluster): ReadonlyMap<Manifest, readonly Scaler[]> {
  const found = new Map<Manifest, Scaler[]>();
  for (const scaler of scalersIn(cluster)) {
    const scalers = found.get(scaler.scaled);
    if (scalers === undefined) found.set(scaler.scaled, [scaler]);
    else scalers.push(scaler);
  }
  return found;
}

/** Annotations by which KEDA pauses a ScaledObject, at a number of pods or at the one there is. */
const PAUSED = 'autoscaling.keda.sh/paused';
const PAUSED_AT = 'autoscaling.keda.sh/paused-replicas';

/**
 * The range of a HorizontalPodAutoscaler or ScaledObject.
 *
 * Source: SetDefaults_HorizontalPodAutoscaler of kubernetes `pkg/apis/autoscaling/v2`: minReplicas is 1. ScaledObject of
 * `keda.sh/v1alpha1`: minReplicaCount is 0 and maxReplicaCount 100; while nothing triggers it, there are
 * idleReplicaCount.
 */
function rangeOf({ root }: Entry): Range {
  const spec = root.child('spec');
  if (root.child('kind').text === 'ScaledObject') {
    const pausedAt = root.at('metadata', 'annotations').key(PAUSED_AT).text;
    if (/^\d{1,10}$/.test(pausedAt)) return { min: Number(pausedAt), max: Number(pausedAt) };
    const least = numberOr(spec.child('minReplicaCount'), 0);
    return {
      min: Math.min(least, numberOr(spec.child('idleReplicaCount'), least)),
      max: numberOr(spec.child('maxReplicaCount'), 100),
    };
  }
  const min = numberOr(spec.child('minReplicas'), 1);
  return { min, max: numberOr(spec.child('maxReplicas'), min) };
}

function numberOr(field: Field, usual: number): number {
  return field.isSet ? field.integer : usual;
}

/** A resource that a scaler keeps in proportion to what pods request. */
export interface Utilization {
  /** The metric or trigger. */
  readonly field: Field;
  readonly resource: string;
  /** The container that is measured, where it is only one. */
  readonly container: Field | undefined;
}

/** What a HorizontalPodAutoscaler or ScaledObject measures in percent of what is requested. */
export function utilizationsOf({ root }: Entry): Utilization[] {
  const spec = root.child('spec');
  if (root.child('kind').text === 'ScaledObject') return spec.list('triggers').flatMap(ofTrigger);
  const old = spec.child('targetCPUUtilizationPercentage');
  return [
    ...(old.isSet ? [{ field: old, resource: 'cpu', container: undefined }] : []),
    ...spec.list('metrics').flatMap(ofMetric),
  ];
}

/** KEDA's triggers for CPU and memory count in percent unless they have another type. */
function ofTrigger(field: Field): Utilization[] {
  const resource = field.child('type').text;
  const type = field.child('metricType').text || field.at('metadata', 'type').text || 'Utilization';
  if (!['cpu', 'memory'].includes(resource) || type !== 'Utilization') return [];
  const container = field.at('metadata', 'containerName');
  return [{ field, resource, container: container.isSet ? container : undefined }];
}

function ofMetric(metric: Field): Utilization[] {
  return ['resource', 'containerResource'].flatMap((name) => {
    const field = metric.child(name);
    if (field.at('target', 'type').text !== 'Utilization') return [];
    const container = name === 'containerResource' ? field.child('container') : undefined;
    return [{ field, resource: field.child('name').text, container }];
  });
}
