import type { ClusterProfile } from '../profiles/cluster-profile';
import { SYSTEM_NAMESPACES } from './namespace';
import type { Target } from './reference';

const RBAC = 'rbac.authorization.k8s.io';

/** The Services of the API server and of the cluster's DNS (CoreDNS keeps the name kube-dns). */
const SERVICES: ReadonlySet<string> = new Set(['default/kubernetes', 'kube-system/kube-dns']);

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

/** The objects that every cluster has, by where they come from. */
export const BUILT_IN_OBJECTS: readonly ((target: Target) => boolean)[] = [
  ({ kind, group, name }) => kind === 'Namespace' && group === '' && SYSTEM_NAMESPACES.has(name),
  // The controllers of kube-controller-manager put these into every namespace.
  ({ kind, group, name }) => kind === 'ServiceAccount' && group === '' && name === 'default',
  ({ kind, group, name }) => kind === 'ConfigMap' && group === '' && name === 'kube-root-ca.crt',
  ({ kind, group, namespace = '', name }) =>
    kind === 'Service' && group === '' && SERVICES.has(`${namespace}/${name}`),
  ({ kind, group, name }) =>
    kind === 'ClusterRole' && group === RBAC && (USER_ROLES.has(name) || name.startsWith('system:')),
  ({ kind, group, name }) =>
    kind === 'Role' &&
    group === RBAC &&
    (name.startsWith('system:') || name === 'extension-apiserver-authentication-reader'),
  ({ kind, name }) => kind === 'PriorityClass' && PRIORITIES.has(name),
  ({ kind, name }) => kind === 'PriorityLevelConfiguration' && LEVELS.has(name),
];

/** What the profile says that the cluster has. */
export function objectsOfProfile(profile: ClusterProfile): Target[] {
  const { storageClasses = [], ingressClass, gateway, clusterIssuer } = profile;
  const classes = storageClasses.map((name) => ({ group: 'storage.k8s.io', kind: 'StorageClass', name }));
  return [
    ...classes,
    ...named('networking.k8s.io', 'IngressClass', ingressClass),
    ...named('gateway.networking.k8s.io', 'Gateway', gateway?.name, gateway?.namespace),
    ...named('cert-manager.io', 'ClusterIssuer', clusterIssuer),
  ];
}

function named(group: string, kind: string, name?: string, namespace?: string): Target[] {
  return name === undefined ? [] : [{ group, kind, name, ...(namespace !== undefined && { namespace }) }];
}
