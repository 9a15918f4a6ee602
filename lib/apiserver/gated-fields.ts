import { atLeast } from '../kube/at-least';
import { recordsIn, type Plain } from './defaults/plain';
import type { KubernetesRelease } from '../kube/schema';

/**
 * Fields behind a feature gate, by Go type, with the release since which the gate is open by default; `never` where it
 * is not yet. A server whose gate is closed decodes such a field and then drops it, so that nothing asks about it.
 *
 * @source k8s.io/kubernetes pkg/features/kube_features.go defaultVersionedKubernetesFeatureGates 1.36
 * @source k8s.io/kubernetes pkg/api/pod/util.go dropDisabledFields 1.36
 */
const GATED: Readonly<Record<string, Readonly<Record<string, KubernetesRelease | 'never'>>>> = {
  'core/v1.Container': { resizePolicy: '1.33', restartPolicy: '1.29', restartPolicyRules: '1.35' },
  'core/v1.EnvVarSource': { fileKeyRef: '1.35' },
  'core/v1.Lifecycle': { stopSignal: 'never' },
  'core/v1.LifecycleHandler': { sleep: '1.30' },
  'core/v1.NodeSpec': { configSource: 'never' },
  'core/v1.NodeStatus': { config: 'never', declaredFeatures: '1.36' },
  'core/v1.PodAffinityTerm': { matchLabelKeys: '1.31', mismatchLabelKeys: '1.31' },
  'core/v1.PodSecurityContext': { supplementalGroupsPolicy: '1.33', seLinuxChangePolicy: '1.33' },
  'core/v1.PodSpec': {
    hostUsers: '1.33',
    hostnameOverride: '1.35',
    resourceClaims: '1.34',
    resources: '1.34',
    schedulingGroup: 'never',
  },
  'core/v1.PersistentVolumeClaimSpec': { volumeAttributesClassName: '1.34' },
  'core/v1.PersistentVolumeSpec': { volumeAttributesClassName: '1.34' },
  'core/v1.ResourceRequirements': { claims: '1.34' },
  'core/v1.SecurityContext': { procMount: '1.33' },
  'core/v1.ServiceSpec': { trafficDistribution: '1.31' },
  'core/v1.VolumeMount': { recursiveReadOnly: '1.31' },
  'core/v1.VolumeProjection': { clusterTrustBundle: 'never', podCertificate: 'never' },
  'apps/v1.RollingUpdateStatefulSetStrategy': { maxUnavailable: 'never' },
  'autoscaling/v2.HPAScalingRules': { tolerance: '1.35' },
  'coordination/v1.LeaseSpec': { strategy: 'never', preferredHolder: 'never' },
  'resource/v1.Device': {
    allNodes: '1.36',
    allowMultipleAllocations: '1.36',
    bindingConditions: '1.36',
    bindingFailureConditions: '1.36',
    bindsToNode: '1.36',
    consumesCounters: '1.36',
    nodeAllocatableResourceMappings: 'never',
    nodeName: '1.36',
    nodeSelector: '1.36',
    taints: '1.36',
  },
  'resource/v1.DeviceAttribute': { bools: 'never', ints: 'never', strings: 'never', versions: 'never' },
  'resource/v1.DeviceCapacity': { requestPolicy: '1.36' },
  'resource/v1.DeviceClassSpec': { extendedResourceName: '1.36' },
  'resource/v1.DeviceConstraint': { distinctAttribute: '1.36' },
  'resource/v1.DeviceSubRequest': { capacity: '1.36', tolerations: '1.36' },
  'resource/v1.ExactDeviceRequest': { capacity: '1.36', tolerations: '1.36' },
  'resource/v1.ResourceSliceSpec': { perDeviceNodeSelection: '1.36', sharedCounters: '1.36' },
  'storage/v1.CSIDriverSpec': {
    nodeAllocatableUpdatePeriodSeconds: '1.35',
    preventPodSchedulingIfMissing: 'never',
    serviceAccountTokenInSecrets: '1.35',
  },
  'batch/v1.JobSpec': {
    backoffLimitPerIndex: '1.29',
    managedBy: '1.32',
    maxFailedIndexes: '1.29',
    podReplacementPolicy: '1.29',
    successPolicy: '1.31',
  },
};

/** The fields of a Go type that a server of `kubernetes` drops. */
export function droppedFields(goType: string, kubernetes: KubernetesRelease): readonly string[] {
  return Object.entries(GATED[goType] ?? {})
    .filter(([, since]) => since === 'never' || !atLeast(kubernetes, since))
    .map(([field]) => field);
}

/** Go types that go with their fields: a server that drops the last field of one drops the whole. */
const GONE_WHEN_EMPTIED: ReadonlySet<string> = new Set(['core/v1.Lifecycle', 'core/v1.LifecycleHandler']);

/**
 * Whether a server that drops the last field of a struct drops the struct as well.
 *
 * @source k8s.io/kubernetes pkg/api/pod/util.go dropDisabledFields 1.36
 */
export function isGoneWhenEmptied(goType: string): boolean {
  return GONE_WHEN_EMPTIED.has(goType);
}

/** Since when images can be volumes by default (ImageVolume). A server before drops such volumes and their mounts. */
const IMAGE_VOLUMES = '1.35';

/** What a server of `kubernetes` does to a decoded struct, in place, where dropping a field is not enough. */
export function dropperOf(
  goType: string,
  kubernetes: KubernetesRelease,
): ((struct: Plain) => void) | undefined {
  return goType === 'core/v1.PodSpec' && !atLeast(kubernetes, IMAGE_VOLUMES) ? dropImageVolumes : undefined;
}

/** @source k8s.io/kubernetes pkg/api/pod/util.go dropImageVolumes 1.36 */
function dropImageVolumes(podSpec: Plain): void {
  const volumes = recordsIn(podSpec, 'volumes');
  const images = new Set(volumes.filter((volume) => 'image' in volume).map((volume) => volume['name']));
  if (images.size === 0) return;
  podSpec['volumes'] = volumes.filter((volume) => !('image' in volume));
  for (const container of ['initContainers', 'containers'].flatMap((list) => recordsIn(podSpec, list))) {
    const mounts = recordsIn(container, 'volumeMounts');
    container['volumeMounts'] = mounts.filter((mount) => !images.has(mount['name']));
  }
}
