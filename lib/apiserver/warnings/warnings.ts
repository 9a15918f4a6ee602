import { availability, groupOf } from '../../kube/schema';
import type { FeatureGates } from '../../kube/feature-gates';
import type { PlainRecord } from '../../manifest/data';
import { Field } from '../../manifest/field';
import type { Definitions } from '../admission/custom/definitions';
import {
  hooks,
  node,
  resourceQuota,
  resourceSlice,
  runtimeClass,
  serviceAccount,
  webhooks,
} from './kinds/cluster';
import { customResource, customResourceDefinition } from './kinds/definitions';
import { endpoints, endpointSlice, ingress, networkPolicy, service } from './kinds/network';
import { secret } from './kinds/secret';
import {
  csiDriver,
  csiStorageCapacity,
  persistentVolume,
  persistentVolumeClaim,
  storageClass,
} from './kinds/storage';
import { cronJob, daemonSet, job, pod, podTemplate, replicated, statefulSet } from './kinds/workloads';
import { nameWarnings } from './names';
import { Warnings, type KindWarnings, type Warning } from './warning';

const KINDS: Readonly<Record<string, KindWarnings>> = {
  '/Endpoints': endpoints,
  '/Node': node,
  '/PersistentVolume': persistentVolume,
  '/PersistentVolumeClaim': persistentVolumeClaim,
  '/Pod': pod,
  '/PodTemplate': podTemplate,
  '/ReplicationController': replicated,
  '/ResourceQuota': resourceQuota,
  '/Secret': secret,
  '/Service': service,
  '/ServiceAccount': serviceAccount,
  'admissionregistration.k8s.io/MutatingAdmissionPolicy': hooks,
  'admissionregistration.k8s.io/MutatingAdmissionPolicyBinding': hooks,
  'admissionregistration.k8s.io/MutatingWebhookConfiguration': webhooks,
  'admissionregistration.k8s.io/ValidatingAdmissionPolicy': hooks,
  'admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding': hooks,
  'admissionregistration.k8s.io/ValidatingWebhookConfiguration': webhooks,
  'apiextensions.k8s.io/CustomResourceDefinition': customResourceDefinition,
  'apps/DaemonSet': daemonSet,
  'apps/Deployment': replicated,
  'apps/ReplicaSet': replicated,
  'apps/StatefulSet': statefulSet,
  'batch/CronJob': cronJob,
  'batch/Job': job,
  'discovery.k8s.io/EndpointSlice': endpointSlice,
  'networking.k8s.io/Ingress': ingress,
  'networking.k8s.io/NetworkPolicy': networkPolicy,
  'node.k8s.io/RuntimeClass': runtimeClass,
  'resource.k8s.io/ResourceSlice': resourceSlice,
  'storage.k8s.io/CSIDriver': csiDriver,
  'storage.k8s.io/CSIStorageCapacity': csiStorageCapacity,
  'storage.k8s.io/StorageClass': storageClass,
};

/**
 * What the API server says of an object that it accepts, when it is created.
 *
 * @param object as the server decodes it, with its defaults
 * @param metadata of the object, where somebody learns what is asked for in that of `object`. @default the same
 */
export function warningsOf(
  object: unknown,
  gates: FeatureGates,
  definitions: Pick<Definitions, 'find'>,
  metadata?: PlainRecord,
): readonly Warning[] {
  const root = Field.root(object);
  const warnings = new Warnings(gates);
  const [apiVersion, kind] = [root.child('apiVersion').text, root.child('kind').text];
  deprecatedVersion(root.child('apiVersion'), kind, warnings);
  duplicateOwners(root.at('metadata', 'ownerReferences'), warnings);
  const key = `${groupOf(apiVersion)}/${kind}`;
  if (Object.hasOwn(KINDS, key)) {
    nameWarnings(key, root, metadata ?? root.child('metadata').record, warnings);
    KINDS[key]?.(root, warnings);
    return warnings.all;
  }
  const definition = definitions.find(apiVersion, kind);
  if (definition !== undefined) customResource(root, definition, warnings);
  return warnings.all;
}

/** @source k8s.io/apiserver pkg/endpoints/deprecation/deprecation.go WarningMessage 1.37 */
function deprecatedVersion(field: Field, kind: string, warnings: Warnings): void {
  const found = availability(warnings.kubernetes, field.text, kind);
  if (found?.status !== 'served' || found.deprecated === undefined) return;
  const { deprecated, removed, replacement } = found;
  const end = removed === undefined ? '' : `, unavailable in v${removed}+`;
  const use = replacement === undefined ? '' : `; use ${replacement.apiVersion} ${replacement.kind}`;
  warnings.add(field, `${field.text} ${kind} is deprecated in v${deprecated}+${end}${use}`);
}

/** @source k8s.io/apiserver pkg/endpoints/handlers/rest.go dedupOwnerReferencesAndAddWarning 1.37 */
function duplicateOwners(owners: Field, warnings: Warnings): void {
  const seen = new Set<string>();
  const duplicates: string[] = [];
  for (const owner of owners.items) {
    const uid = owner.child('uid').text;
    if (seen.has(JSON.stringify(owner.value))) duplicates.push(uid);
    seen.add(JSON.stringify(owner.value));
  }
  if (duplicates.length === 0) return;
  const fate =
    'API server dedups owner references in 1.20+, and may reject such requests as early as 1.24; please fix your requests';
  warnings.add(
    owners,
    `.metadata.ownerReferences contains duplicate entries; ${fate}; duplicate UID(s) observed: ${duplicates.join(', ')}`,
  );
}
