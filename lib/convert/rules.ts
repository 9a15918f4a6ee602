import {
  autoscaler,
  disruptionBudget,
  endpointSlice,
  ingress,
  priorityLevel,
  type Move,
} from './moved-fields';

/** The new version has the same fields, with the same meaning. */
const same: Move = () => undefined;

/** By group of the old version and kind: how objects get from any of these versions to the one of today. */
const RULES: Readonly<Record<string, Readonly<Record<string, Move>>>> = {
  'admissionregistration.k8s.io/v1beta1': {
    ValidatingAdmissionPolicy: same,
    ValidatingAdmissionPolicyBinding: same,
  },
  'apiregistration.k8s.io/v1beta1': { APIService: same },
  'apps/v1beta2': {
    Deployment: same,
    DaemonSet: same,
    ReplicaSet: same,
    StatefulSet: same,
    ControllerRevision: same,
  },
  'autoscaling/v2beta1': { HorizontalPodAutoscaler: autoscaler },
  'autoscaling/v2beta2': { HorizontalPodAutoscaler: same },
  'batch/v1beta1': { CronJob: same },
  'coordination.k8s.io/v1beta1': { Lease: same },
  'discovery.k8s.io/v1beta1': { EndpointSlice: endpointSlice },
  'extensions/v1beta1': { Ingress: ingress, NetworkPolicy: same },
  'flowcontrol.apiserver.k8s.io/v1beta1': { FlowSchema: same, PriorityLevelConfiguration: priorityLevel },
  'flowcontrol.apiserver.k8s.io/v1beta2': { FlowSchema: same, PriorityLevelConfiguration: priorityLevel },
  'flowcontrol.apiserver.k8s.io/v1beta3': { FlowSchema: same, PriorityLevelConfiguration: priorityLevel },
  'networking.k8s.io/v1beta1': { Ingress: ingress, IngressClass: same },
  'node.k8s.io/v1beta1': { RuntimeClass: same },
  'policy/v1beta1': { PodDisruptionBudget: disruptionBudget },
  'rbac.authorization.k8s.io/v1beta1': {
    Role: same,
    ClusterRole: same,
    RoleBinding: same,
    ClusterRoleBinding: same,
  },
  'scheduling.k8s.io/v1beta1': { PriorityClass: same },
  'storage.k8s.io/v1beta1': {
    ...{ CSIDriver: same, CSINode: same, CSIStorageCapacity: same, StorageClass: same },
    ...{ VolumeAttachment: same, VolumeAttributesClass: same },
  },
};

/** How an object gets to the version of today; nothing where that takes a choice. */
export function moveFor(apiVersion: string, kind: string): Move | undefined {
  return RULES[apiVersion]?.[kind];
}

/** What to write instead, by what cannot be converted without a choice. */
const BY_HAND: Readonly<Record<string, string>> = {
  'admissionregistration.k8s.io/v1beta1':
    'set `failurePolicy`, `matchPolicy`, `timeoutSeconds`, `sideEffects` and `admissionReviewVersions`, whose defaults are others in v1',
  'apiextensions.k8s.io/v1beta1':
    'write a structural schema for each version, and `preserveUnknownFields: false`; `kubectl convert` does not do that',
  'apps/v1beta1':
    'set `spec.selector`, and the fields whose defaults are others in apps/v1, such as `revisionHistoryLimit`',
  'certificates.k8s.io/v1beta1': 'set `signerName` and `usages`',
  'extensions/v1beta1':
    'set `spec.selector`, and the fields whose defaults are others in apps/v1, such as `updateStrategy` and `progressDeadlineSeconds`',
};

/** What has to be done by hand with an object of a version that is gone. */
export function byHand(apiVersion: string, kind: string): string {
  if (kind === 'PodSecurityPolicy') return 'use Pod Security admission: labels of the namespace';
  return BY_HAND[apiVersion] ?? 'write it anew by the reference of its new version';
}
