import type { StructSchema } from '../../kube/schema';

/**
 * The API server's constant defaults for absent fields, by Go type. Defaults that depend on other fields are in
 * `conditional.ts`.
 *
 * @source k8s.io/kubernetes pkg/apis/core/v1/defaults.go SetDefaults_PodSpec, SetDefaults_Probe, SetDefaults_Service 1.36
 * @source k8s.io/kubernetes pkg/apis/core/v1/zz_generated.defaults.go SetObjectDefaults_Pod, SetObjectDefaults_PersistentVolume 1.36
 * @source k8s.io/kubernetes pkg/apis/apps/v1/defaults.go SetDefaults_Deployment, SetDefaults_DaemonSet, SetDefaults_ReplicaSet, SetDefaults_StatefulSet 1.36
 * @source k8s.io/kubernetes pkg/apis/batch/v1/defaults.go SetDefaults_CronJob 1.36
 * @source k8s.io/kubernetes pkg/apis/discovery/v1/defaults.go SetDefaults_EndpointPort 1.36
 * @source k8s.io/kubernetes pkg/apis/networking/v1/defaults.go SetDefaults_NetworkPolicyPort 1.36
 * @source k8s.io/kubernetes pkg/apis/rbac/v1/defaults.go SetDefaults_RoleBinding 1.36
 * @source k8s.io/kubernetes pkg/apis/scheduling/v1/defaults.go SetDefaults_PriorityClass 1.36
 * @source k8s.io/kubernetes pkg/apis/storage/v1/defaults.go SetDefaults_CSIDriver, SetDefaults_StorageClass 1.36
 * @source k8s.io/kubernetes pkg/apis/flowcontrol/v1/defaults.go SetDefaults_FlowSchemaSpec 1.36
 * @source k8s.io/kubernetes pkg/apis/admissionregistration/v1/defaults.go SetDefaults_ValidatingWebhook, SetDefaults_MutatingWebhook, SetDefaults_MatchResources 1.36
 */
const DEFAULTS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'core/v1.Container': {
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
  },
  'core/v1.EphemeralContainer': {
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
  },
  'core/v1.ContainerPort': { protocol: 'TCP' },
  'core/v1.HTTPGetAction': { path: '/', scheme: 'HTTP' },
  'core/v1.Probe': { timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 },
  'core/v1.ObjectFieldSelector': { apiVersion: 'v1' },
  // A quantity that is no pointer is written even where it is zero.
  'core/v1.ResourceFieldSelector': { divisor: '0' },
  'core/v1.PodSpec': {
    dnsPolicy: 'ClusterFirst',
    restartPolicy: 'Always',
    terminationGracePeriodSeconds: 30,
    schedulerName: 'default-scheduler',
  },
  'core/v1.ConfigMapVolumeSource': { defaultMode: 0o644 },
  'core/v1.SecretVolumeSource': { defaultMode: 0o644 },
  'core/v1.DownwardAPIVolumeSource': { defaultMode: 0o644 },
  'core/v1.ProjectedVolumeSource': { defaultMode: 0o644 },
  'core/v1.ServiceAccountTokenProjection': { expirationSeconds: 3600 },
  'core/v1.HostPathVolumeSource': { type: '' },
  'core/v1.ISCSIVolumeSource': { iscsiInterface: 'default' },
  'core/v1.ISCSIPersistentVolumeSource': { iscsiInterface: 'default' },
  'core/v1.AzureDiskVolumeSource': {
    cachingMode: 'ReadWrite',
    kind: 'Shared',
    fsType: 'ext4',
    readOnly: false,
  },
  'core/v1.PersistentVolumeClaimSpec': { volumeMode: 'Filesystem' },
  'core/v1.PersistentVolumeClaimStatus': { phase: 'Pending' },
  'core/v1.PersistentVolumeSpec': { volumeMode: 'Filesystem', persistentVolumeReclaimPolicy: 'Retain' },
  'core/v1.Secret': { type: 'Opaque' },
  'core/v1.ServiceSpec': { sessionAffinity: 'None', type: 'ClusterIP' },
  'core/v1.ServicePort': { protocol: 'TCP' },
  'core/v1.EndpointPort': { protocol: 'TCP' },
  'core/v1.ReplicationControllerSpec': { replicas: 1 },

  'apps/v1.DeploymentSpec': { replicas: 1, revisionHistoryLimit: 10, progressDeadlineSeconds: 600 },
  'apps/v1.DeploymentStrategy': { type: 'RollingUpdate' },
  'apps/v1.RollingUpdateDeployment': { maxUnavailable: '25%', maxSurge: '25%' },
  'apps/v1.DaemonSetSpec': { revisionHistoryLimit: 10 },
  'apps/v1.DaemonSetUpdateStrategy': { type: 'RollingUpdate' },
  'apps/v1.RollingUpdateDaemonSet': { maxUnavailable: 1, maxSurge: 0 },
  'apps/v1.ReplicaSetSpec': { replicas: 1 },
  'apps/v1.StatefulSetSpec': { replicas: 1, revisionHistoryLimit: 10, podManagementPolicy: 'OrderedReady' },
  'apps/v1.StatefulSetPersistentVolumeClaimRetentionPolicy': { whenDeleted: 'Retain', whenScaled: 'Retain' },

  'batch/v1.PodFailurePolicyOnPodConditionsPattern': { status: 'True' },
  'batch/v1.CronJobSpec': {
    concurrencyPolicy: 'Allow',
    suspend: false,
    successfulJobsHistoryLimit: 3,
    failedJobsHistoryLimit: 1,
  },

  'discovery/v1.EndpointPort': { name: '', protocol: 'TCP' },
  'networking/v1.NetworkPolicyPort': { protocol: 'TCP' },
  'networking/v1.IngressClassParametersReference': { scope: 'Cluster' },
  'rbac/v1.RoleRef': { apiGroup: 'rbac.authorization.k8s.io' },
  'scheduling/v1.PriorityClass': { preemptionPolicy: 'PreemptLowerPriority' },
  'storage/v1.CSIDriverSpec': {
    attachRequired: true,
    podInfoOnMount: false,
    storageCapacity: false,
    fsGroupPolicy: 'ReadWriteOnceWithFSType',
    requiresRepublish: false,
  },
  'storage/v1.StorageClass': { reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate' },

  'flowcontrol/v1.FlowSchemaSpec': { matchingPrecedence: 1000 },
  'flowcontrol/v1.ExemptPriorityLevelConfiguration': { nominalConcurrencyShares: 0, lendablePercent: 0 },
  'flowcontrol/v1.LimitedPriorityLevelConfiguration': { nominalConcurrencyShares: 30, lendablePercent: 0 },
  'flowcontrol/v1.QueuingConfiguration': { queues: 64, handSize: 8, queueLengthLimit: 50 },
  'flowcontrol/v1beta3.FlowSchemaSpec': { matchingPrecedence: 1000 },
  'flowcontrol/v1beta3.ExemptPriorityLevelConfiguration': { nominalConcurrencyShares: 0, lendablePercent: 0 },
  'flowcontrol/v1beta3.LimitedPriorityLevelConfiguration': {
    nominalConcurrencyShares: 30,
    lendablePercent: 0,
  },
  'flowcontrol/v1beta3.QueuingConfiguration': { queues: 64, handSize: 8, queueLengthLimit: 50 },
  'flowcontrol/v1beta2.FlowSchemaSpec': { matchingPrecedence: 1000 },
  'flowcontrol/v1beta2.ExemptPriorityLevelConfiguration': { nominalConcurrencyShares: 0, lendablePercent: 0 },
  'flowcontrol/v1beta2.LimitedPriorityLevelConfiguration': {
    assuredConcurrencyShares: 30,
    lendablePercent: 0,
  },
  'flowcontrol/v1beta2.QueuingConfiguration': { queues: 64, handSize: 8, queueLengthLimit: 50 },

  'admissionregistration/v1.ValidatingWebhook': {
    failurePolicy: 'Fail',
    matchPolicy: 'Equivalent',
    namespaceSelector: {},
    objectSelector: {},
    timeoutSeconds: 10,
  },
  'admissionregistration/v1.MutatingWebhook': {
    failurePolicy: 'Fail',
    matchPolicy: 'Equivalent',
    namespaceSelector: {},
    objectSelector: {},
    timeoutSeconds: 10,
    reinvocationPolicy: 'Never',
  },
  'admissionregistration/v1.ServiceReference': { port: 443 },
  'admissionregistration/v1.RuleWithOperations': { scope: '*' },
  'admissionregistration/v1.NamedRuleWithOperations': { scope: '*' },
  'admissionregistration/v1.ValidatingAdmissionPolicySpec': { failurePolicy: 'Fail' },
  'admissionregistration/v1.MutatingAdmissionPolicySpec': { failurePolicy: 'Fail' },
  'admissionregistration/v1.MatchResources': {
    matchPolicy: 'Equivalent',
    namespaceSelector: {},
    objectSelector: {},
  },
  'apiextensions/v1.ServiceReference': { port: 443 },
  'apiregistration/v1.ServiceReference': { port: 443 },
};

/** The fixed defaults of a struct: those that its API declares, and those that are code in the server. */
export function defaultsOf(struct: StructSchema): ReadonlyMap<string, unknown> {
  const defaults = new Map<string, unknown>();
  for (const field of struct.fields.values()) {
    if (field.default !== undefined) defaults.set(field.name, field.default);
  }
  for (const [name, value] of Object.entries(DEFAULTS[struct.name] ?? {})) {
    if (struct.fields.has(name)) defaults.set(name, value);
  }
  return defaults;
}

/** Whether code in the server sets a default for a field, where the release has it. */
export function hasFixedDefault(goType: string, field: string): boolean {
  return Object.hasOwn(DEFAULTS[goType] ?? {}, field);
}
