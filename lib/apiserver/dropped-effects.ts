import type { DroppedField } from './gated-fields';

/** What is different in the cluster because a field is dropped. */
export interface DropEffect {
  /** `error` where a pod then hangs, or loses isolation, data or a limit. */
  readonly severity: 'error' | 'warning';
  /** What happens, as the rest of a sentence: `the pod shares the users of its node`. */
  readonly then: string;
  /** What to write instead for such a release. @default nothing does the same */
  readonly instead?: string;
}

type Entry = DropEffect & {
  /** Values that say what holds without the field. @default none but empty ones */
  readonly same?: readonly unknown[];
};

const error = (then: string, more: Partial<Entry> = {}): Entry => ({ severity: 'error', then, ...more });
const warning = (then: string, more: Partial<Entry> = {}): Entry => ({ severity: 'warning', then, ...more });

const DEVICES = error('the pod gets none of the devices, and may run on a node without them');
const FILE_OWNER = warning('the files belong to root');
const BINDING = warning('pods are bound before the device is ready');
const PARTITION = warning('partitions of the device are not told apart');
const ONE_BY_ONE = warning('its pods are scheduled one by one');

const SIDECAR = error('the init container never ends, and the pod waits for it forever', {
  instead: 'Run it as one of `containers`, or set `restartPolicy` only from 1.29 on.',
});

/** By Go type and field. A field that is not here has no effect: `OTHER`. */
const EFFECTS: Readonly<Record<string, Entry>> = {
  'admissionregistration/v1.MutatingWebhook.matchConditions': warning(
    'the webhook is called for every request',
  ),
  'admissionregistration/v1.ValidatingWebhook.matchConditions': warning(
    'the webhook is called for every request',
  ),
  'apiextensions/v1.CustomResourceDefinitionVersion.selectableFields': warning(
    'field selectors on these fields are refused',
  ),
  'apps/v1.RollingUpdateStatefulSetStrategy.maxUnavailable': warning('pods are replaced one at a time', {
    same: [1],
  }),
  'authorization/v1.ResourceAttributes.fieldSelector': warning('the review is about all objects'),
  'authorization/v1.ResourceAttributes.labelSelector': warning('the review is about all objects'),
  'autoscaling/v2.HPAScalingRules.tolerance': warning("the cluster's tolerance applies"),
  'batch/v1.JobSpec.backoffLimitPerIndex': warning('the Job fails as a whole by `backoffLimit`'),
  'batch/v1.JobSpec.managedBy': error(
    'the Job controller runs the Job, in addition to the one that is named',
    {
      same: ['kubernetes.io/job-controller'],
    },
  ),
  'batch/v1.JobSpec.maxFailedIndexes': warning('failed indexes do not end the Job'),
  'batch/v1.JobSpec.podReplacementPolicy': warning('pods are replaced while they terminate', {
    same: ['TerminatingOrFailed'],
  }),
  'batch/v1.JobSpec.scheduling': ONE_BY_ONE,
  'batch/v1.JobSpec.successPolicy': warning('the Job ends only when all of its pods have ended'),
  'batch/v1.PodFailurePolicy.rules': warning('an index that fails so is tried again'),
  'coordination/v1.LeaseSpec.preferredHolder': warning('no holder is preferred'),
  'coordination/v1.LeaseSpec.strategy': warning('whoever comes first holds the Lease'),
  'core/v1.Container.resizePolicy': warning('the container cannot be resized in place'),
  'core/v1.Container.restartPolicy': warning('`restartPolicy` of the pod applies'),
  'core/v1.Container.restartPolicyRules': warning('`restartPolicy` of the pod applies to every exit code'),
  'core/v1.EmptyDirVolumeSource.mode': warning('the folder has mode 0777'),
  'core/v1.ConfigMapVolumeSource.defaultUser': FILE_OWNER,
  'core/v1.DownwardAPIVolumeSource.defaultUser': FILE_OWNER,
  'core/v1.ProjectedVolumeSource.defaultUser': FILE_OWNER,
  'core/v1.SecretVolumeSource.defaultUser': FILE_OWNER,
  'core/v1.ClusterTrustBundleProjection.user': FILE_OWNER,
  'core/v1.DownwardAPIVolumeFile.user': FILE_OWNER,
  'core/v1.KeyToPath.user': FILE_OWNER,
  'core/v1.PodCertificateProjection.user': FILE_OWNER,
  'core/v1.ServiceAccountTokenProjection.user': FILE_OWNER,
  'core/v1.EnvVarSource.fileKeyRef': error('the variable has no value'),
  'core/v1.GRPCAction.mode': warning('the probe speaks plain text', { same: ['Plaintext'] }),
  'core/v1.HTTPGetAction.protocol': warning('the request is HTTP/1', { same: ['HTTP1'] }),
  'core/v1.Lifecycle.stopSignal': warning('the container gets the stop signal of its image'),
  'core/v1.LifecycleHandler.sleep': warning('the hook does nothing, and a container is stopped at once', {
    instead: 'Run `sleep` with `exec`, if the image has it.',
  }),
  'core/v1.PersistentVolumeClaimSpec.dataSourceRef': error('the volume is created empty'),
  'core/v1.PersistentVolumeClaimSpec.volumeAttributesClassName': warning(
    'the volume has the parameters of its storage class alone',
  ),
  'core/v1.PersistentVolumeSpec.volumeAttributesClassName': warning(
    'the volume has the parameters of its storage class alone',
  ),
  'core/v1.PodAffinityTerm.matchLabelKeys': warning('pods count without regard to these labels'),
  'core/v1.PodAffinityTerm.mismatchLabelKeys': error(
    'pods with the same value of these labels count, such as the pod itself',
  ),
  'core/v1.PodSecurityContext.seLinuxChangePolicy': warning('volumes are relabelled file by file', {
    same: ['Recursive'],
  }),
  'core/v1.PodSecurityContext.supplementalGroupsPolicy': error(
    'processes get the groups that the image gives their user as well',
    { same: ['Merge'] },
  ),
  'core/v1.PodSpec.evictionResponders': warning('the pod is evicted without asking them'),
  'core/v1.PodSpec.hostUsers': error(
    'the pod shares the user namespace of its node: root in it is root there',
    {
      same: [true],
    },
  ),
  'core/v1.PodSpec.hostnameOverride': warning('the host name is that of the pod'),
  'core/v1.PodSpec.resourceClaims': DEVICES,
  'core/v1.PodSpec.resources': error('neither requests nor limits apply to the pod as a whole', {
    instead: 'Set the requests and limits of its containers.',
  }),
  'core/v1.PodSpec.schedulingGates': error('the pod is scheduled at once'),
  'core/v1.PodSpec.schedulingGroup': ONE_BY_ONE,
  'core/v1.PodSpec.volumes': error(
    'the volume and its mounts are gone, and the container runs without the files',
    {
      instead: 'Copy the files from an init container of that image into an `emptyDir`.',
    },
  ),
  'core/v1.PodSpec.workloadRef': ONE_BY_ONE,
  'core/v1.ResourceRequirements.claims': DEVICES,
  'core/v1.SecurityContext.procMount': warning('/proc stays masked'),
  'core/v1.ServiceSpec.trafficDistribution': warning('connections go to all endpoints alike'),
  'core/v1.VolumeMount.bindMountOptions': error('the mount has none of the options'),
  'core/v1.VolumeMount.recursiveReadOnly': error('mounts below the mount stay writable', {
    same: ['Disabled'],
  }),
  'core/v1.VolumeProjection.clusterTrustBundle': error('the volume lacks the file'),
  'core/v1.VolumeProjection.podCertificate': error('the volume lacks the certificate and its key'),
  'discovery/v1.EndpointHints.forNodes': warning('traffic is not kept on these nodes'),
  'resource/v1.Device.allNodes': PARTITION,
  'resource/v1.Device.allowMultipleAllocations': warning('the device is given to one claim at a time'),
  'resource/v1.Device.bindingConditions': BINDING,
  'resource/v1.Device.bindingFailureConditions': BINDING,
  'resource/v1.Device.bindsToNode': BINDING,
  'resource/v1.Device.consumesCounters': PARTITION,
  'resource/v1.Device.taints': error('pods that do not tolerate the taints get the device'),
  'resource/v1.DeviceClassSpec.extendedResourceName': warning(
    'requests of the extended resource find no device',
  ),
  'resource/v1.DeviceConstraint.distinctAttribute': warning('devices may share the attribute'),
  'storage/v1.CSIDriverSpec.nodeAllocatableUpdatePeriodSeconds': warning(
    'the number of volumes of a node is read once',
  ),
  'storage/v1.CSIDriverSpec.preventPodSchedulingIfMissing': warning(
    'pods are scheduled to nodes without the driver',
    {
      same: [false],
    },
  ),
  'storage/v1.CSIDriverSpec.seLinuxMount': warning('volumes are relabelled file by file', { same: [false] }),
  'storage/v1.CSIDriverSpec.serviceAccountTokenInSecrets': warning('tokens are in the volume context', {
    same: [false],
  }),
};

const OTHER: Entry = warning('it has no effect');

/** The Go types and fields whose effect is known. */
export const knownEffects: readonly string[] = Object.keys(EFFECTS);

/** What happens because a server drops a field; `undefined` if it means the same without it. */
export function effectOf({ field, path, value }: DroppedField): DropEffect | undefined {
  const effect = isSidecar(field, path, value) ? SIDECAR : (EFFECTS[field] ?? OTHER);
  return isEmpty(value) || effect.same?.includes(value) === true ? undefined : effect;
}

function isSidecar(field: string, path: string, value: unknown): boolean {
  return (
    field === 'core/v1.Container.restartPolicy' && path.includes('.initContainers[') && value === 'Always'
  );
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
