import { kindFacts, kindTable, type Scope } from './schema/kind-table';
import { groupOf } from './schema/served';

export type { Scope };

/**
 * Whether objects of a built-in kind live in a namespace, in any past or present API version of Kubernetes. `undefined`
 * for kinds that are not built in: their CustomResourceDefinition defines the scope.
 *
 * The data comes from the resource paths of each release's OpenAPI document, and from the deprecation guide for older
 * versions.
 */
export function scopeOf(apiVersion: string, kind: string): Scope | undefined {
  return kindFacts(apiVersion, kind)?.scope;
}

let names: ReadonlySet<string> | undefined;

/** Whether a kind is built in, in any API version. */
export function isBuiltinKind(kind: string): boolean {
  names ??= new Set([...kindTable.values()].flatMap((kinds) => [...kinds.keys()]));
  return names.has(kind);
}

/** The group of a built-in kind, and whether its objects live in a namespace: of kinds of one name the first. */
export function kindNamed(kind: string): { readonly group: string; readonly scope: Scope } | undefined {
  for (const [apiVersion, kinds] of kindTable) {
    const facts = kinds.get(kind);
    if (facts !== undefined) return { group: groupOf(apiVersion), scope: facts.scope };
  }
  return undefined;
}

/**
 * Whether objects of a built-in kind can only be created, such as reviews: the server answers them and stores nothing.
 */
export function isOnlySent(apiVersion: string, kind: string): boolean {
  return kindFacts(apiVersion, kind)?.verbs === 'create';
}

/** Whether objects of a built-in kind can only be read, such as ComponentStatus. */
export function isOnlyRead(apiVersion: string, kind: string): boolean {
  return kindFacts(apiVersion, kind)?.verbs === 'read';
}

/**
 * The resource name of a built-in kind in RBAC rules and URLs: `networkpolicies` for `NetworkPolicy`. `undefined` for
 * kinds that are not built in.
 */
export function pluralOf(apiVersion: string, kind: string): string | undefined {
  return kindFacts(apiVersion, kind)?.plural;
}

/**
 * Kinds in the order in which they can be created, so that each finds what it needs: namespaces and definitions first,
 * then limits and permissions, then what pods mount, then pods, then what watches or exposes them.
 */
const BEFORE_CUSTOM_RESOURCES = [
  ['Namespace'],
  ['CustomResourceDefinition'],
  ['PriorityClass', 'RuntimeClass', 'PriorityLevelConfiguration', 'FlowSchema'],
  ['NetworkPolicy', 'ResourceQuota', 'LimitRange', 'PodSecurityPolicy'],
  ['ServiceAccount'],
  ['ClusterRole', 'Role'],
  ['ClusterRoleBinding', 'RoleBinding'],
  ['Secret', 'ConfigMap'],
  ['StorageClass', 'VolumeAttributesClass', 'CSIDriver', 'DeviceClass', 'IngressClass', 'ServiceCIDR'],
  ['PersistentVolume'],
  ['PersistentVolumeClaim', 'ResourceClaim', 'ResourceClaimTemplate'],
  ['Service'],
  ['Endpoints', 'EndpointSlice'],
  ['PodDisruptionBudget'],
  ['DaemonSet'],
  ['Pod', 'PodTemplate', 'ReplicationController', 'ReplicaSet', 'Deployment', 'StatefulSet'],
  ['Job', 'CronJob'],
  ['HorizontalPodAutoscaler'],
  ['Ingress'],
];

/** Kinds that intercept requests: they come after the pods that serve them, or they would block those pods. */
const AFTER_CUSTOM_RESOURCES = [
  ['APIService'],
  ['ValidatingAdmissionPolicy', 'MutatingAdmissionPolicy'],
  ['ValidatingAdmissionPolicyBinding', 'MutatingAdmissionPolicyBinding'],
  ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'],
];

const OTHER = BEFORE_CUSTOM_RESOURCES.length;
const ORDER: ReadonlyMap<string, number> = new Map([
  ...ranks(BEFORE_CUSTOM_RESOURCES, 0),
  ...ranks(AFTER_CUSTOM_RESOURCES, OTHER + 1),
]);

/**
 * Rank of a kind when objects are applied one after another: lower comes first. Namespaces and
 * CustomResourceDefinitions lead, webhooks are last; unlisted kinds, including custom resources, come after the
 * built-in workloads that may serve them.
 */
export function applyOrder(kind: string): number {
  return ORDER.get(kind) ?? OTHER;
}

function ranks(groups: readonly (readonly string[])[], first: number): [string, number][] {
  return groups.flatMap((kinds, index) => kinds.map((kind): [string, number] => [kind, first + index]));
}
