/** An immutable field. */
export interface ImmutableField {
  /** Its path: `spec.selector`. */
  readonly path: string;
  /** The path in the server's error, if it differs. */
  readonly named?: string;
  /** The reason of the server's error: `invalid` for most fields, `forbidden` for some. */
  readonly refusal?: 'forbidden';
}

/**
 * The immutable fields, by group and kind. Kinds where that depends on more than the field have a rule in
 * `lib/apiserver/kinds`.
 *
 * @source k8s.io/apimachinery pkg/api/validation/objectmeta.go ValidateImmutableField 1.36
 * @source k8s.io/kubernetes pkg/apis/apps/validation/validation.go ValidateDeploymentUpdate, ValidateReplicaSetUpdate, ValidateDaemonSetUpdate 1.36
 * @source k8s.io/kubernetes pkg/apis/rbac/validation/validation.go ValidateRoleBindingUpdate, ValidateClusterRoleBindingUpdate 1.36
 * @source k8s.io/kubernetes pkg/apis/storage/validation/validation.go ValidateStorageClassUpdate, ValidateCSIDriverUpdate 1.36
 * @source k8s.io/kubernetes pkg/apis/networking/validation/validation.go ValidateIngressClassUpdate 1.36
 * @source k8s.io/kubernetes pkg/apis/node/validation/validation.go ValidateRuntimeClassUpdate 1.36
 * @source k8s.io/kubernetes pkg/apis/scheduling/validation/validation.go ValidatePriorityClassUpdate 1.36
 */
const IMMUTABLE: Readonly<Record<string, readonly (string | ImmutableField)[]>> = {
  '/Secret': ['type'],
  'apps/Deployment': ['spec.selector'],
  'apps/DaemonSet': ['spec.selector'],
  'apps/ReplicaSet': ['spec.selector'],
  'apps/ControllerRevision': ['data'],
  'batch/Job': [
    'spec.selector',
    'spec.completionMode',
    'spec.podFailurePolicy',
    'spec.backoffLimitPerIndex',
    'spec.managedBy',
    'spec.successPolicy',
  ],
  '/PersistentVolume': [{ path: 'spec.volumeMode', named: 'volumeMode' }],
  '/PersistentVolumeClaim': [{ path: 'spec.volumeMode', named: 'volumeMode' }],
  'storage.k8s.io/StorageClass': ['parameters', 'provisioner', 'reclaimPolicy', 'volumeBindingMode'],
  'storage.k8s.io/CSIDriver': [
    { path: 'spec.attachRequired', named: 'spec.attachedRequired' },
    'spec.volumeLifecycleModes',
  ],
  'storage.k8s.io/CSIStorageCapacity': ['nodeTopology', 'storageClassName'],
  'storage.k8s.io/VolumeAttachment': ['spec'],
  'storage.k8s.io/VolumeAttributesClass': [
    { path: 'driverName', refusal: 'forbidden' },
    { path: 'parameters', refusal: 'forbidden' },
  ],
  'rbac.authorization.k8s.io/RoleBinding': ['roleRef'],
  'rbac.authorization.k8s.io/ClusterRoleBinding': ['roleRef'],
  'scheduling.k8s.io/PriorityClass': [{ path: 'value', refusal: 'forbidden' }, 'preemptionPolicy'],
  'node.k8s.io/RuntimeClass': ['handler'],
  'networking.k8s.io/IngressClass': ['spec.controller'],
  'networking.k8s.io/IPAddress': ['spec.parentRef'],
  'discovery.k8s.io/EndpointSlice': ['addressType'],
  'certificates.k8s.io/ClusterTrustBundle': ['spec.signerName'],
  'certificates.k8s.io/PodCertificateRequest': ['spec'],
  'storagemigration.k8s.io/StorageVersionMigration': ['spec'],
  'resource.k8s.io/ResourceClaim': ['spec'],
  'resource.k8s.io/ResourceClaimTemplate': ['spec'],
  'apiextensions.k8s.io/CustomResourceDefinition': [
    'spec.scope',
    'spec.names.kind',
    'spec.group',
    'spec.names.plural',
  ],
};

/** The fields of `kind` (`apps/Deployment`, `/Secret`) that are immutable. */
export function immutableFields(kind: string): readonly ImmutableField[] {
  return (IMMUTABLE[kind] ?? []).map((field) => (typeof field === 'string' ? { path: field } : field));
}

/** Every kind with immutable fields, for the reference page. */
export const kindsWithImmutableFields: readonly string[] = Object.keys(IMMUTABLE);
