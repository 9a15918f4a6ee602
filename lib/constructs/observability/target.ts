import { literal, podNamePattern } from '../../kube/pod-names';
import { Field } from '../../manifest/field';
import type { KubeObject as PlainObject } from '../../manifest/manifest';
import { primaryName } from '../rollout/primary';
import type { AlertTarget } from './alerts/alert';
import type { RequestMetrics } from './request-metrics';

/**
 * What the metrics of a workload are labelled with, as its rendered objects say it: with limits by default, sidecars and
 * overrides.
 *
 * @param object what makes the pods: a Deployment, a Rollout …
 * @param serving name of a copy of the object whose pods serve; its autoscaler is called alike
 * @param others the other objects of the workload: its autoscaler, its routes
 */
export function alertTarget(
  object: PlainObject,
  others: readonly PlainObject[],
  metrics: RequestMetrics,
  serving?: string,
): AlertTarget {
  const { kind, metadata } = object;
  const { name = '', namespace } = metadata;
  const spec = Field.root(object).at('spec');
  const job = kind === 'CronJob' ? spec.at('jobTemplate', 'spec') : spec;
  const pod = job.at('template', 'spec');
  const autoscaler = others.map(autoscalerName).find((each) => each !== undefined);
  return {
    kind,
    name,
    ...(namespace === undefined ? {} : { namespace }),
    limited: limitedResources(pod),
    ...(serving !== undefined && { serving, pods: podPatterns(kind, [name, serving]) }),
    claims: claimPatterns(kind, name, spec, pod),
    certificates: [...new Set(others.flatMap(certificateNames))],
    ...(autoscaler === undefined
      ? {}
      : { autoscaler: serving === undefined ? autoscaler : primaryName(autoscaler) }),
    metrics,
  };
}

function podPatterns(kind: string, names: readonly string[]): string {
  return names.map((name) => podNamePattern(kind, name)).join('|');
}

/** Sidecars are init containers that start again. */
function limitedResources(pod: Field): ('cpu' | 'memory')[] {
  const sidecars = pod.list('initContainers').filter((each) => each.at('restartPolicy').text === 'Always');
  const running = [...pod.list('containers'), ...sidecars];
  return (['memory', 'cpu'] as const).filter((name) =>
    running.some((container) => container.at('resources', 'limits', name).isSet),
  );
}

/**
 * Claims by name, those of each replica, and those that a pod makes for itself.
 *
 * Sources: getPersistentVolumeClaimName of the StatefulSet controller, VolumeClaimName of ephemeral volumes.
 */
function claimPatterns(kind: string, name: string, spec: Field, pod: Field): string[] {
  const templates = spec
    .list('volumeClaimTemplates')
    .map((template) => `${literal(template.at('metadata', 'name').text)}-${podNamePattern(kind, name)}`);
  const volumes = pod.list('volumes').flatMap((volume) => {
    const claim = volume.at('persistentVolumeClaim', 'claimName').text;
    if (claim !== '') return [literal(claim)];
    return volume.at('ephemeral').isSet ? [`${podNamePattern(kind, name)}-${volume.at('name').text}`] : [];
  });
  return [...new Set([...templates, ...volumes])];
}

/** KEDA calls its autoscaler after the ScaledObject, unless that names it (`getHPAName`). */
function autoscalerName(object: PlainObject): string | undefined {
  const { kind, metadata } = object;
  if (kind === 'HorizontalPodAutoscaler') return metadata.name;
  if (kind !== 'ScaledObject') return undefined;
  const named = Field.root(object).at('spec', 'advanced', 'horizontalPodAutoscalerConfig', 'name').text;
  return named === '' ? `keda-hpa-${metadata.name ?? ''}` : named;
}

/** cert-manager calls the Certificate of an Ingress after the Secret that it names. */
function certificateNames(object: PlainObject): string[] {
  const { kind, metadata } = object;
  if (kind === 'Certificate') return [metadata.name ?? ''];
  if (kind !== 'Ingress') return [];
  return Field.root(object)
    .list('spec', 'tls')
    .map((each) => each.at('secretName').text)
    .filter((secret) => secret !== '');
}
