import { atLeast } from '../../kube/at-least';
import { parseImage } from '../../kube/image';
import type { FeatureGates } from '../../kube/feature-gates';
import { hasAny, recordIn, recordsIn, type Plain } from './plain';
import { podLevelResources } from './pod-level';

/**
 * Defaults of a pod that a pod template does not get.
 *
 * @source k8s.io/kubernetes pkg/apis/core/v1/defaults.go SetDefaults_Pod 1.36
 */
export function pod(pod: Plain, gates: FeatureGates): void {
  const spec = recordIn(pod, 'spec');
  if (spec === undefined) return;
  spec['enableServiceLinks'] ??= true;
  gracePeriod(spec);
  for (const list of ['initContainers', 'containers']) {
    for (const container of recordsIn(spec, list)) {
      requestsFromLimits(container);
      if (spec['hostNetwork'] === true) hostPorts(container);
    }
  }
  podLevelResources(spec, gates);
}

/**
 * A negative time to end becomes a second.
 *
 * @source k8s.io/kubernetes pkg/apis/core/v1/conversion.go Convert_v1_Pod_To_core_Pod 1.36
 * @source k8s.io/kubernetes pkg/apis/core/v1/defaults.go SetDefaults_Pod 1.37
 */
function gracePeriod(spec: Plain): void {
  const seconds = spec['terminationGracePeriodSeconds'];
  if (typeof seconds === 'number' && seconds < 0) spec['terminationGracePeriodSeconds'] = 1;
}

/**
 * A container's requests default to its limits.
 *
 * @source k8s.io/kubernetes pkg/apis/core/v1/defaults.go SetDefaults_Pod 1.36
 */
function requestsFromLimits(container: Plain): void {
  const resources = recordIn(container, 'resources');
  const limits = resources && recordIn(resources, 'limits');
  if (resources === undefined || limits === undefined) return;
  resources['requests'] = { ...limits, ...recordIn(resources, 'requests') };
}

/**
 * In the host network, hostPort defaults to containerPort.
 *
 * @source k8s.io/kubernetes pkg/apis/core/v1/defaults.go defaultHostNetworkPorts 1.36
 */
function hostPorts(container: Plain): void {
  for (const port of recordsIn(container, 'ports')) port['hostPort'] ??= port['containerPort'];
}

/**
 * A pod without a security context gets an empty one; the deprecated serviceAccount is set to serviceAccountName.
 *
 * @source k8s.io/kubernetes pkg/apis/core/v1/defaults.go SetDefaults_PodSpec 1.36
 * @source k8s.io/kubernetes pkg/apis/core/v1/conversion.go Convert_core_PodSpec_To_v1_PodSpec 1.36
 */
export function podSpec(spec: Plain, gates: FeatureGates): void {
  spec['securityContext'] ??= {};
  // Since 1.28, only pods get them.
  if (spec['hostNetwork'] === true && !atLeast(gates.kubernetes, '1.28'))
    for (const list of ['initContainers', 'containers'])
      for (const each of recordsIn(spec, list)) hostPorts(each);
  const account = spec['serviceAccountName'] ?? spec['serviceAccount'];
  if (account === undefined) return;
  spec['serviceAccountName'] = account;
  spec['serviceAccount'] = account;
}

/** @source k8s.io/kubernetes pkg/apis/core/v1/defaults.go SetDefaults_Container 1.36 */
export function container(container: Plain): void {
  container['imagePullPolicy'] ??= pullPolicy(container['image']);
}

/** @source k8s.io/kubernetes pkg/apis/core/v1/defaults.go SetDefaults_Volume 1.36 */
export function imageVolume(source: Plain): void {
  source['pullPolicy'] ??= pullPolicy(source['reference']);
}

/**
 * An image with the tag `latest` or without a tag can change, so it is always pulled.
 *
 * @source k8s.io/kubernetes pkg/apis/core/v1/defaults.go SetDefaults_Container 1.36
 */
function pullPolicy(image: unknown): string {
  const reference = typeof image === 'string' ? parseImage(image) : undefined;
  if (reference === undefined) return 'IfNotPresent';
  const { tag, digest } = reference;
  return tag === 'latest' || (tag === undefined && digest === undefined) ? 'Always' : 'IfNotPresent';
}

/**
 * A volume without a source is an emptyDir.
 *
 * @source k8s.io/kubernetes pkg/apis/core/v1/defaults.go SetDefaults_Volume 1.36
 */
export function volume(volume: Plain): void {
  if (Object.keys(volume).every((field) => field === 'name')) volume['emptyDir'] = {};
  const template = recordIn(recordIn(volume, 'ephemeral') ?? {}, 'volumeClaimTemplate');
  if (template !== undefined && !hasAny(template, 'metadata')) template['metadata'] = {};
}
