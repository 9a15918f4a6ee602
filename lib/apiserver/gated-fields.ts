import { isOn } from '../kube/gates';
import type { Gate } from '../kube/gates';
import { recordsIn, type Plain } from './defaults/plain';
import type { KubernetesRelease } from '../kube/schema';

/**
 * Fields behind a feature gate, by Go type, with their gate; null for a feature that Kubernetes removed. A server with
 * the gate off decodes such a field and then drops it, so that no rule checks it.
 *
 * @source k8s.io/kubernetes pkg/api/pod/util.go dropDisabledFields 1.36
 */
const GATED: Readonly<Record<string, Readonly<Record<string, Gate | null>>>> = {
  'core/v1.Container': {
    resizePolicy: 'InPlacePodVerticalScaling',
    restartPolicy: 'SidecarContainers',
    restartPolicyRules: 'ContainerRestartRules',
  },
  'core/v1.EnvVarSource': { fileKeyRef: 'EnvFiles' },
  'core/v1.Lifecycle': { stopSignal: 'ContainerStopSignals' },
  'core/v1.LifecycleHandler': { sleep: 'PodLifecycleSleepAction' },
  'core/v1.NodeSpec': { configSource: null },
  'core/v1.NodeStatus': { config: null, declaredFeatures: 'NodeDeclaredFeatures' },
  'core/v1.PodAffinityTerm': {
    matchLabelKeys: 'MatchLabelKeysInPodAffinity',
    mismatchLabelKeys: 'MatchLabelKeysInPodAffinity',
  },
  'core/v1.PodSecurityContext': {
    supplementalGroupsPolicy: 'SupplementalGroupsPolicy',
    seLinuxChangePolicy: 'SELinuxChangePolicy',
  },
  'core/v1.PodSpec': {
    hostUsers: 'UserNamespacesSupport',
    hostnameOverride: 'HostnameOverride',
    resourceClaims: 'DynamicResourceAllocation',
    resources: 'PodLevelResources',
    schedulingGroup: 'GenericWorkload',
  },
  'core/v1.PersistentVolumeClaimSpec': { volumeAttributesClassName: 'VolumeAttributesClass' },
  'core/v1.PersistentVolumeSpec': { volumeAttributesClassName: 'VolumeAttributesClass' },
  'core/v1.ResourceRequirements': { claims: 'DynamicResourceAllocation' },
  'core/v1.SecurityContext': { procMount: 'ProcMountType' },
  'core/v1.ServiceSpec': { trafficDistribution: 'ServiceTrafficDistribution' },
  'core/v1.VolumeMount': { recursiveReadOnly: 'RecursiveReadOnlyMounts' },
  'core/v1.VolumeProjection': {
    clusterTrustBundle: 'ClusterTrustBundleProjection',
    podCertificate: 'PodCertificateRequest',
  },
  'apps/v1.RollingUpdateStatefulSetStrategy': { maxUnavailable: 'MaxUnavailableStatefulSet' },
  'autoscaling/v2.HPAScalingRules': { tolerance: 'HPAConfigurableTolerance' },
  'coordination/v1.LeaseSpec': {
    strategy: 'CoordinatedLeaderElection',
    preferredHolder: 'CoordinatedLeaderElection',
  },
  'resource/v1.Device': {
    allNodes: 'DRAPartitionableDevices',
    allowMultipleAllocations: 'DRAConsumableCapacity',
    bindingConditions: 'DRADeviceBindingConditions',
    bindingFailureConditions: 'DRADeviceBindingConditions',
    bindsToNode: 'DRADeviceBindingConditions',
    consumesCounters: 'DRAPartitionableDevices',
    nodeAllocatableResourceMappings: 'DRANodeAllocatableResources',
    nodeName: 'DRAPartitionableDevices',
    nodeSelector: 'DRAPartitionableDevices',
    taints: 'DRADeviceTaints',
  },
  'resource/v1.DeviceAttribute': {
    bools: 'DRAListTypeAttributes',
    ints: 'DRAListTypeAttributes',
    strings: 'DRAListTypeAttributes',
    versions: 'DRAListTypeAttributes',
  },
  'resource/v1.DeviceCapacity': { requestPolicy: 'DRAConsumableCapacity' },
  'resource/v1.DeviceClassSpec': { extendedResourceName: 'DRAExtendedResource' },
  'resource/v1.DeviceConstraint': { distinctAttribute: 'DRAConsumableCapacity' },
  'resource/v1.DeviceSubRequest': { capacity: 'DRAConsumableCapacity', tolerations: 'DRADeviceTaints' },
  'resource/v1.ExactDeviceRequest': { capacity: 'DRAConsumableCapacity', tolerations: 'DRADeviceTaints' },
  'resource/v1.ResourceSliceSpec': {
    perDeviceNodeSelection: 'DRAPartitionableDevices',
    sharedCounters: 'DRAPartitionableDevices',
  },
  'storage/v1.CSIDriverSpec': {
    nodeAllocatableUpdatePeriodSeconds: 'MutableCSINodeAllocatableCount',
    preventPodSchedulingIfMissing: 'VolumeLimitScaling',
    serviceAccountTokenInSecrets: 'CSIServiceAccountTokenSecrets',
  },
  'batch/v1.JobSpec': {
    backoffLimitPerIndex: 'JobBackoffLimitPerIndex',
    managedBy: 'JobManagedBy',
    maxFailedIndexes: 'JobBackoffLimitPerIndex',
    podReplacementPolicy: 'JobPodReplacementPolicy',
    successPolicy: 'JobSuccessPolicy',
  },
};

/** The fields of a Go type that a server of `kubernetes` drops. */
export function droppedFields(goType: string, kubernetes: KubernetesRelease): readonly string[] {
  return Object.entries(GATED[goType] ?? {})
    .filter(([, gate]) => gate === null || !isOn(gate, kubernetes))
    .map(([field]) => field);
}

/** Go types that are dropped with their last field. */
const GONE_WHEN_EMPTIED: ReadonlySet<string> = new Set(['core/v1.Lifecycle', 'core/v1.LifecycleHandler']);

/**
 * Whether a server that drops the last field of a struct drops the struct as well.
 *
 * @source k8s.io/kubernetes pkg/api/pod/util.go dropDisabledFields 1.36
 */
export function isGoneWhenEmptied(goType: string): boolean {
  return GONE_WHEN_EMPTIED.has(goType);
}

/** Changes a decoded struct as a server of `kubernetes` does, in place, where dropping a field is not enough. */
export function dropperOf(
  goType: string,
  kubernetes: KubernetesRelease,
): ((struct: Plain) => void) | undefined {
  return goType === 'core/v1.PodSpec' && !isOn('ImageVolume', kubernetes) ? dropImageVolumes : undefined;
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
