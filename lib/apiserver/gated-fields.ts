import { atLeast } from '../kube/at-least';
import { isOn } from '../kube/gates';
import type { Gate } from '../kube/gates';
import { recordIn, recordsIn, type Plain } from './defaults/plain';
import type { KubernetesRelease } from '../kube/schema';

/** Kubernetes 1.34 keeps them, and validates them. */
const TOLERATIONS = { gate: 'DRADeviceTaints', since: '1.35' } as const;

/** Null for a feature that Kubernetes removed. With `since`, earlier servers keep the field although the gate is off. */
type Gating = Gate | null | { readonly gate: Gate; readonly since: KubernetesRelease };

/**
 * Fields behind a feature gate, by Go type, with their gate. A server with the gate off decodes such a field and then
 * drops it, so that no rule checks it.
 *
 * @source k8s.io/kubernetes pkg/api/pod/util.go dropDisabledFields 1.36
 */
const GATED: Readonly<Record<string, Readonly<Record<string, Gating>>>> = {
  'admissionregistration/v1.MutatingWebhook': { matchConditions: 'AdmissionWebhookMatchConditions' },
  'admissionregistration/v1.ValidatingWebhook': { matchConditions: 'AdmissionWebhookMatchConditions' },
  'apiextensions/v1.CustomResourceDefinitionVersion': { selectableFields: 'CustomResourceFieldSelectors' },
  'authorization/v1.ResourceAttributes': {
    fieldSelector: 'AuthorizeWithSelectors',
    labelSelector: 'AuthorizeWithSelectors',
  },
  'core/v1.Container': {
    resizePolicy: 'InPlacePodVerticalScaling',
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
  'resource/v1.DeviceConstraint': { distinctAttribute: { gate: 'DRAConsumableCapacity', since: '1.35' } },
  'resource/v1.DeviceSubRequest': { capacity: 'DRAConsumableCapacity', tolerations: TOLERATIONS },
  'resource/v1.ExactDeviceRequest': { capacity: 'DRAConsumableCapacity', tolerations: TOLERATIONS },
  'resource/v1.ResourceSliceSpec': {
    perDeviceNodeSelection: 'DRAPartitionableDevices',
    sharedCounters: 'DRAPartitionableDevices',
  },
  'storage/v1.CSIDriverSpec': {
    nodeAllocatableUpdatePeriodSeconds: 'MutableCSINodeAllocatableCount',
    preventPodSchedulingIfMissing: 'VolumeLimitScaling',
    seLinuxMount: 'SELinuxMountReadWriteOncePod',
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
    .filter(([, gating]) => isDropped(gating, kubernetes))
    .map(([field]) => field);
}

function isDropped(gating: Gating, kubernetes: KubernetesRelease): boolean {
  if (gating === null) return true;
  if (typeof gating === 'string') return !isOn(gating, kubernetes);
  return !isOn(gating.gate, kubernetes) && atLeast(kubernetes, gating.since);
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

type Dropper = (struct: Plain) => void;

/** A change by a server with a gate off. */
interface GatedDrop {
  readonly gate: Gate;
  /** Earlier releases do not know what is dropped, and refuse it. @default all know it */
  readonly since?: KubernetesRelease;
  readonly drop: Dropper;
}

/** Changes of a Go type, where dropping a field is not enough. */
const DROPPERS: Readonly<Record<string, readonly GatedDrop[]>> = {
  'batch/v1.Job': [{ gate: 'JobBackoffLimitPerIndex', since: '1.28', drop: dropFailIndex }],
  'core/v1.PodSpec': [
    { gate: 'ImageVolume', drop: dropImageVolumes },
    { gate: 'SidecarContainers', drop: dropSidecars },
    { gate: 'ContainerRestartRules', since: '1.34', drop: dropRestartPolicies },
  ],
};

/** Changes a decoded struct as a server of `kubernetes` does, in place, where dropping a field is not enough. */
export function dropperOf(goType: string, kubernetes: KubernetesRelease): Dropper | undefined {
  const droppers = (DROPPERS[goType] ?? []).filter(
    ({ gate, since }) => !isOn(gate, kubernetes) && (since === undefined || atLeast(kubernetes, since)),
  );
  if (droppers.length === 0) return undefined;
  return (struct) => {
    for (const { drop } of droppers) drop(struct);
  };
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

/**
 * A sidecar becomes an init container that has to end; on other containers, the policy is refused.
 *
 * @source k8s.io/kubernetes pkg/api/pod/util.go dropDisabledFields 1.28
 */
function dropSidecars(podSpec: Plain): void {
  for (const container of recordsIn(podSpec, 'initContainers')) delete container['restartPolicy'];
}

/**
 * Policies of containers that are no sidecars.
 *
 * @source k8s.io/kubernetes pkg/api/pod/util.go dropContainerRestartRules 1.34
 */
function dropRestartPolicies(podSpec: Plain): void {
  for (const container of recordsIn(podSpec, 'containers')) delete container['restartPolicy'];
  for (const container of recordsIn(podSpec, 'initContainers'))
    if (container['restartPolicy'] !== 'Always') delete container['restartPolicy'];
}

/** @source k8s.io/kubernetes pkg/registry/batch/job/strategy.go PrepareForCreate 1.28 */
function dropFailIndex(job: Plain): void {
  const policy = recordIn(recordIn(job, 'spec') ?? {}, 'podFailurePolicy');
  if (policy === undefined) return;
  policy['rules'] = recordsIn(policy, 'rules').filter(({ action }) => action !== 'FailIndex');
}
