import type { ClusterProfile } from '../profiles/cluster-profile';
import { classNames } from '../profiles/storage-classes';
import { SYSTEM_NAMESPACES } from './namespace';
import type { Target } from './reference';

const RBAC = 'rbac.authorization.k8s.io';

/** The Services of the API server and of the cluster's DNS (CoreDNS keeps the name kube-dns). */
const SERVICES: ReadonlySet<string> = new Set(['default/kubernetes', 'kube-system/kube-dns']);

/**
 * The accounts of kube-controller-manager's controllers in kube-system, which it makes with
 * `--use-service-account-credentials`, kubeadm's default, and those of kubeadm's add-ons and bootstrap.
 *
 * Source: `plugin/pkg/auth/authorizer/rbac/bootstrappolicy/controller_policy.go`, `cmd/kube-controller-manager/names` and
 * `cmd/kubeadm/app/phases/addons` of kubernetes 1.27 to 1.37.
 */
const ACCOUNTS: ReadonlySet<string> = new Set([
  'attachdetach-controller',
  'bootstrap-signer',
  'certificate-controller',
  'cloud-controller-manager',
  'clusterrole-aggregation-controller',
  'coredns',
  'cronjob-controller',
  'daemon-set-controller',
  'deployment-controller',
  'device-taint-eviction-controller',
  'disruption-controller',
  'endpoint-controller',
  'endpointslice-controller',
  'endpointslicemirroring-controller',
  'ephemeral-volume-controller',
  'expand-controller',
  'generic-garbage-collector',
  'horizontal-pod-autoscaler',
  'job-controller',
  'kube-apiserver-serving-clustertrustbundle-publisher',
  'kube-controller-manager',
  'kube-proxy',
  'legacy-service-account-token-cleaner',
  'namespace-controller',
  'node-controller',
  'persistent-volume-binder',
  'pod-garbage-collector',
  'podcertificaterequestcleaner',
  'pv-protection-controller',
  'pvc-protection-controller',
  'replicaset-controller',
  'replication-controller',
  'resource-claim-controller',
  'resourcequota-controller',
  'root-ca-cert-publisher',
  'route-controller',
  'selinux-warning-controller',
  'service-account-controller',
  'service-cidrs-controller',
  'service-controller',
  'statefulset-controller',
  'storage-version-garbage-collector',
  'storage-version-migrator-controller',
  'taint-eviction-controller',
  'token-cleaner',
  'ttl-after-finished-controller',
  'ttl-controller',
  'validatingadmissionpolicy-status-controller',
  'volumeattributesclass-protection-controller',
]);

/** ConfigMaps that the API server, kubeadm and its add-ons keep. */
const CONFIG_MAPS: ReadonlySet<string> = new Set([
  'kube-public/cluster-info',
  'kube-system/coredns',
  'kube-system/extension-apiserver-authentication',
  'kube-system/kube-proxy',
  'kube-system/kubeadm-config',
  'kube-system/kubelet-config',
]);

/** Roles for people that every API server makes (kubernetes `plugin/pkg/auth/authorizer/rbac/bootstrappolicy`). */
const USER_ROLES: ReadonlySet<string> = new Set(['admin', 'cluster-admin', 'edit', 'view']);

/** Priority classes that the admission plugin Priority knows (`pkg/apis/scheduling/types.go`). */
const PRIORITIES: ReadonlySet<string> = new Set(['system-cluster-critical', 'system-node-critical']);

/** Levels that every API server makes (`pkg/apis/flowcontrol/bootstrap`). */
const LEVELS: ReadonlySet<string> = new Set([
  'catch-all',
  'exempt',
  'global-default',
  'leader-election',
  'node-high',
  'system',
  'workload-high',
  'workload-low',
]);

/** The objects that every cluster has, by their kind and where they come from. */
const BUILT_IN: ReadonlyMap<string, (target: Target) => boolean> = new Map([
  ['/Namespace', ({ name }: Target) => SYSTEM_NAMESPACES.has(name)],
  // The controllers of kube-controller-manager put an account and a ConfigMap into every namespace.
  [
    '/ServiceAccount',
    ({ namespace, name }) => name === 'default' || (namespace === 'kube-system' && ACCOUNTS.has(name)),
  ],
  [
    '/ConfigMap',
    ({ namespace = '', name }) => name === 'kube-root-ca.crt' || CONFIG_MAPS.has(`${namespace}/${name}`),
  ],
  ['/Service', ({ namespace = '', name }) => SERVICES.has(`${namespace}/${name}`)],
  [`${RBAC}/ClusterRole`, ({ name }) => USER_ROLES.has(name) || name.startsWith('system:')],
  [
    `${RBAC}/Role`,
    ({ name }) => name.startsWith('system:') || name === 'extension-apiserver-authentication-reader',
  ],
]);

/** Whether every cluster has an object. */
export function isBuiltIn(target: Target): boolean {
  const { group, kind, name } = target;
  if (kind === 'PriorityClass') return PRIORITIES.has(name);
  if (kind === 'PriorityLevelConfiguration') return LEVELS.has(name);
  return BUILT_IN.get(`${group}/${kind}`)?.(target) === true;
}

/** The names of such objects of a kind, for "did you mean"; those of which there is one in each namespace are left out. */
export function builtInNames({ group, kind, namespace }: Omit<Target, 'name'>): Iterable<string> {
  if (group === RBAC && kind === 'ClusterRole') return USER_ROLES;
  if (kind === 'PriorityClass') return PRIORITIES;
  if (kind === 'PriorityLevelConfiguration') return LEVELS;
  return kind === 'ServiceAccount' && namespace === 'kube-system' ? ACCOUNTS : [];
}

/** What the profile says that the cluster has. */
export function objectsOfProfile(profile: ClusterProfile): Target[] {
  const { ingressClass, gateway, gatewayClasses = [], clusterIssuer } = profile;
  return [
    ...classNames(profile).flatMap((name) => named('storage.k8s.io', 'StorageClass', name)),
    ...gatewayClasses.flatMap((name) => named('gateway.networking.k8s.io', 'GatewayClass', name)),
    ...named('networking.k8s.io', 'IngressClass', ingressClass),
    ...named('gateway.networking.k8s.io', 'Gateway', gateway?.name, gateway?.namespace),
    ...named('cert-manager.io', 'ClusterIssuer', clusterIssuer),
  ];
}

function named(group: string, kind: string, name?: string, namespace?: string): Target[] {
  return name === undefined ? [] : [{ group, kind, name, ...(namespace !== undefined && { namespace }) }];
}
