import { groupOf } from '../../../kube/schema';
import { certificateSigningRequest } from './access/certificate-signing-request';
import { clusterTrustBundle } from './access/cluster-trust-bundle';
import { podCertificateRequest } from './access/pod-certificate-request';
import { clusterRole, clusterRoleBinding, role, roleBinding } from './access/rbac';
import {
  localSubjectAccessReview,
  selfSubjectAccessReview,
  selfSubjectRulesReview,
  subjectAccessReview,
  tokenReview,
} from './access/reviews';
import { apiService } from './aggregation/api-service';
import { binding } from './cluster/binding';
import { node } from './cluster/node';
import { configMap } from './config/config-map';
import { namespace } from './config/namespace';
import { secret } from './config/secret';
import { customResourceDefinition } from './definitions/custom-resource-definition';
import { deviceClass } from './devices/device-class';
import { deviceTaintRule } from './devices/device-taint-rule';
import { resourceClaim, resourceClaimTemplate } from './devices/resource-claim';
import { resourceSlice } from './devices/resource-slice';
import { coreEvent, event } from './events/event';
import { flowSchema } from './flow/flow-schema';
import { priorityLevelConfiguration } from './flow/priority-level';
import { mutatingAdmissionPolicy } from './hooks/mutating-admission-policy';
import { mutatingAdmissionPolicyBinding, validatingAdmissionPolicyBinding } from './hooks/policy-binding';
import { validatingAdmissionPolicy } from './hooks/validating-admission-policy';
import { mutatingWebhookConfiguration, validatingWebhookConfiguration } from './hooks/webhook-configuration';
import type { KindRule } from './kind-rule';
import { endpointSlice } from './network/endpoint-slice';
import { endpoints } from './network/endpoints';
import { ingress } from './network/ingress';
import { ingressClass } from './network/ingress-class';
import { ipAddress } from './network/ip-address';
import { networkPolicy } from './network/network-policy';
import { service } from './network/service';
import { serviceCidr } from './network/service-cidr';
import { pod } from './pod/pod';
import { horizontalPodAutoscaler } from './policy/horizontal-pod-autoscaler';
import { lease } from './policy/lease';
import { limitRange } from './policy/limit-range';
import { podDisruptionBudget } from './policy/pod-disruption-budget';
import { priorityClass } from './policy/priority-class';
import { resourceQuota } from './policy/resource-quota';
import { runtimeClass } from './policy/runtime-class';
import { csiDriver } from './storage/csi-driver';
import { csiNode } from './storage/csi-node';
import { csiStorageCapacity } from './storage/csi-storage-capacity';
import { persistentVolume } from './storage/persistent-volume';
import { persistentVolumeClaim } from './storage/persistent-volume-claim';
import { storageClass } from './storage/storage-class';
import { storageVersionMigration } from './storage/storage-version-migration';
import { volumeAttachment } from './storage/volume-attachment';
import { volumeAttributesClass } from './storage/volume-attributes-class';
import { controllerRevision } from './workloads/controller-revision';
import { cronJob } from './workloads/cron-job';
import { daemonSet } from './workloads/daemon-set';
import { deployment } from './workloads/deployment';
import { job } from './workloads/job';
import { podTemplateObject } from './workloads/pod-template';
import { replicaSet } from './workloads/replica-set';
import { replicationController } from './workloads/replication-controller';
import { statefulSet } from './workloads/stateful-set';

const RULES: readonly KindRule[] = [
  pod,
  deployment,
  replicaSet,
  replicationController,
  daemonSet,
  statefulSet,
  job,
  cronJob,
  podTemplateObject,
  controllerRevision,
  service,
  ingress,
  ingressClass,
  networkPolicy,
  endpointSlice,
  endpoints,
  ipAddress,
  serviceCidr,
  configMap,
  secret,
  namespace,
  persistentVolume,
  persistentVolumeClaim,
  storageClass,
  volumeAttributesClass,
  volumeAttachment,
  csiDriver,
  csiNode,
  csiStorageCapacity,
  storageVersionMigration,
  role,
  clusterRole,
  roleBinding,
  clusterRoleBinding,
  certificateSigningRequest,
  clusterTrustBundle,
  podCertificateRequest,
  tokenReview,
  subjectAccessReview,
  selfSubjectAccessReview,
  localSubjectAccessReview,
  selfSubjectRulesReview,
  horizontalPodAutoscaler,
  podDisruptionBudget,
  limitRange,
  resourceQuota,
  priorityClass,
  runtimeClass,
  lease,
  flowSchema,
  priorityLevelConfiguration,
  deviceClass,
  resourceClaim,
  resourceClaimTemplate,
  resourceSlice,
  deviceTaintRule,
  coreEvent,
  event,
  node,
  binding,
  apiService,
  customResourceDefinition,
  validatingWebhookConfiguration,
  mutatingWebhookConfiguration,
  validatingAdmissionPolicy,
  validatingAdmissionPolicyBinding,
  mutatingAdmissionPolicy,
  mutatingAdmissionPolicyBinding,
];

const BY_KIND: ReadonlyMap<string, KindRule> = new Map(RULES.map((rule) => [rule.kind, rule]));

/** The rule for a kind in any of its versions; undefined for a kind with only schema and metadata checks. */
export function ruleFor(apiVersion: string, kind: string): KindRule | undefined {
  return BY_KIND.get(`${groupOf(apiVersion)}/${kind}`);
}

/** Every rule, for the reference page. */
export function kindRules(): readonly KindRule[] {
  return RULES;
}
