import { atLeast } from '../kube/at-least';
import type { KubernetesRelease } from '../kube/schema';

const READ = ['get', 'list', 'watch'];
const WRITE = ['create', 'delete', 'deletecollection', 'patch', 'update'];

interface UserRule {
  readonly group: string;
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  /** The release that brings it; absent where every known one has it. */
  readonly since?: KubernetesRelease;
}

const WORKLOADS = ['daemonsets', 'deployments', 'replicasets', 'statefulsets'];
const SCALES = ['deployments/scale', 'replicasets/scale', 'statefulsets/scale'];
const STATUSES = WORKLOADS.map((name) => `${name}/status`);

/** Source of all: kubernetes `plugin/pkg/auth/authorizer/rbac/bootstrappolicy/policy.go`, viewRules, editRules and adminRules. */
const VIEW: readonly UserRule[] = [
  {
    group: '',
    resources: [
      ...['configmaps', 'endpoints', 'persistentvolumeclaims', 'persistentvolumeclaims/status', 'pods'],
      ...['replicationcontrollers', 'replicationcontrollers/scale', 'serviceaccounts', 'services'],
      ...['services/status', 'bindings', 'events', 'limitranges', 'namespaces', 'namespaces/status'],
      ...[
        'pods/log',
        'pods/status',
        'replicationcontrollers/status',
        'resourcequotas',
        'resourcequotas/status',
      ],
    ],
    verbs: READ,
  },
  { group: 'discovery.k8s.io', resources: ['endpointslices'], verbs: READ },
  { group: 'apps', resources: ['controllerrevisions', ...WORKLOADS, ...SCALES, ...STATUSES], verbs: READ },
  {
    group: 'autoscaling',
    resources: ['horizontalpodautoscalers', 'horizontalpodautoscalers/status'],
    verbs: READ,
  },
  { group: 'batch', resources: ['cronjobs', 'cronjobs/status', 'jobs', 'jobs/status'], verbs: READ },
  { group: 'policy', resources: ['poddisruptionbudgets', 'poddisruptionbudgets/status'], verbs: READ },
  {
    group: 'networking.k8s.io',
    resources: ['ingresses', 'ingresses/status', 'networkpolicies'],
    verbs: READ,
  },
  {
    group: 'resource.k8s.io',
    resources: ['resourceclaims', 'resourceclaims/status', 'resourceclaimtemplates'],
    verbs: READ,
    since: '1.34',
  },
];

const PODS = ['pods/attach', 'pods/exec', 'pods/portforward', 'pods/proxy'];

const EDIT: readonly UserRule[] = [
  { group: '', resources: [...PODS, 'secrets', 'services/proxy'], verbs: READ },
  { group: '', resources: ['serviceaccounts'], verbs: ['impersonate'] },
  { group: '', resources: ['pods/eviction', 'serviceaccounts/token'], verbs: ['create'] },
  {
    group: '',
    resources: [
      ...['pods', ...PODS, 'configmaps', 'events', 'persistentvolumeclaims', 'replicationcontrollers'],
      ...['replicationcontrollers/scale', 'secrets', 'serviceaccounts', 'services', 'services/proxy'],
    ],
    verbs: WRITE,
  },
  { group: 'apps', resources: [...WORKLOADS, ...SCALES, 'deployments/rollback'], verbs: WRITE },
  { group: 'autoscaling', resources: ['horizontalpodautoscalers'], verbs: WRITE },
  { group: 'batch', resources: ['cronjobs', 'jobs'], verbs: WRITE },
  { group: 'policy', resources: ['poddisruptionbudgets'], verbs: WRITE },
  { group: 'networking.k8s.io', resources: ['ingresses', 'networkpolicies'], verbs: WRITE },
  { group: 'coordination.k8s.io', resources: ['leases'], verbs: [...READ, ...WRITE] },
  {
    group: 'resource.k8s.io',
    resources: ['resourceclaims', 'resourceclaimtemplates'],
    verbs: WRITE,
    since: '1.34',
  },
];

const ADMIN: readonly UserRule[] = [
  { group: 'authorization.k8s.io', resources: ['localsubjectaccessreviews'], verbs: ['create'] },
  { group: 'rbac.authorization.k8s.io', resources: ['rolebindings', 'roles'], verbs: [...READ, ...WRITE] },
];

/** Each role has the rules of those before it. */
const ROLES = ['view', 'edit', 'admin'] as const;
const RULES = [VIEW, EDIT, ADMIN];

/** The groups of resources that these roles have rules for: in others, only roles that they take in say something. */
export const USER_ROLE_GROUPS: ReadonlySet<string> = new Set(RULES.flat().map(({ group }) => group));

/**
 * The rules that every API server gives the ClusterRole `admin`, `edit` or `view`, without those that it takes in from
 * others; none for other roles.
 */
export function userRoleRules(name: string, kubernetes: KubernetesRelease): readonly UserRule[] {
  const place = ROLES.findIndex((role) => role === name);
  const rules = RULES.slice(0, place + 1).flat();
  return rules.filter(({ since }) => since === undefined || atLeast(kubernetes, since));
}

/** Whether one of these roles allows all that the other does, and more: whatever they take in, it does too. */
export function isWiderRole(name: string, other: string): boolean {
  const [wide, narrow] = [name, other].map((each) => ROLES.findIndex((role) => role === each));
  return wide !== undefined && narrow !== undefined && narrow >= 0 && wide > narrow;
}
