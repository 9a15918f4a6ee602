const RBAC = 'rbac.authorization.k8s.io';

/** A verb on a resource that gives more than the permissions of its role. */
export interface Escalation {
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  /** What the subject can do, to follow the word "can". */
  readonly what: string;
}

/** Ways to any permission. Source: the special verbs of RBAC (escalate, bind, impersonate), and TokenRequest. */
export const ESCALATIONS: readonly Escalation[] = [
  { verb: 'escalate', group: RBAC, resource: 'roles', what: 'edit roles beyond its own permissions' },
  { verb: 'escalate', group: RBAC, resource: 'clusterroles', what: 'edit roles beyond its own permissions' },
  { verb: 'bind', group: RBAC, resource: 'roles', what: 'bind roles beyond its own permissions' },
  { verb: 'bind', group: RBAC, resource: 'clusterroles', what: 'bind roles beyond its own permissions' },
  { verb: 'impersonate', group: '', resource: 'users', what: 'impersonate any user' },
  { verb: 'impersonate', group: '', resource: 'groups', what: 'impersonate any group' },
  { verb: 'impersonate', group: '', resource: 'serviceaccounts', what: 'impersonate any ServiceAccount' },
  {
    verb: 'create',
    group: '',
    resource: 'serviceaccounts/token',
    what: 'create tokens for any ServiceAccount',
  },
];

/** A permission that others come with. */
interface Risk {
  /** By group and resource. */
  readonly on: readonly string[];
  /** @default every verb */
  readonly verbs?: readonly string[];
  readonly what: string;
  /** Whether it is one for a few named objects as well. @default only for all of them */
  readonly evenByName?: true;
  /** Whether it is one across namespaces only. @default within one as well */
  readonly inCluster?: true;
}

const READ = ['get', 'list', 'watch'];
const WRITE = ['create', 'update', 'patch'];

/** Resources whose objects make pods. */
const POD_MAKERS = [
  '/pods',
  '/replicationcontrollers',
  'apps/daemonsets',
  'apps/deployments',
  'apps/replicasets',
  'apps/statefulsets',
  'batch/cronjobs',
  'batch/jobs',
];

/** Source: "Privilege escalation risks" of "Role Based Access Control Good Practices" in the Kubernetes documentation. */
const RISKS: readonly Risk[] = [
  {
    on: ['/secrets'],
    verbs: READ,
    what: 'read every Secret, the credentials of other applications among them',
  },
  {
    on: ['/pods/exec', '/pods/attach', '/pods/ephemeralcontainers'],
    what: 'run commands in other pods, with their permissions',
    evenByName: true,
  },
  { on: ['/nodes/proxy'], what: 'run commands in every pod of the node', evenByName: true },
  {
    on: POD_MAKERS,
    verbs: WRITE,
    what: 'run pods as any ServiceAccount, in every namespace',
    inCluster: true,
  },
  { on: ['/persistentvolumes'], verbs: ['create'], what: 'make volumes of any path of a node' },
  {
    on: ['certificates.k8s.io/certificatesigningrequests/approval'],
    verbs: ['update', 'patch'],
    what: 'approve certificates for any user',
    evenByName: true,
  },
  {
    on: ['admissionregistration.k8s.io/validatingwebhookconfigurations'],
    verbs: WRITE,
    what: 'read every object that is sent to the API server',
  },
  {
    on: ['admissionregistration.k8s.io/mutatingwebhookconfigurations'],
    verbs: WRITE,
    what: 'change every object that is sent to the API server',
  },
  { on: ['/namespaces'], verbs: ['update', 'patch'], what: 'change which pods a namespace admits' },
];

/** The verbs that escalate, on whatever resource an API may have them. */
const ESCALATING: Readonly<Record<string, string>> = {
  escalate: 'edit roles beyond its own permissions',
  bind: 'bind roles beyond its own permissions',
  impersonate: 'act as others',
};

/** Where a permission is, and whether it is for named objects only. */
export interface Extent {
  readonly isNamed: boolean;
  readonly isClusterWide: boolean;
}

/** What else a permission allows, to follow the word "can"; `undefined` for one that allows what it says. */
export function riskOf(
  group: string,
  resource: string,
  verb: string,
  { isNamed, isClusterWide }: Extent,
): string | undefined {
  const way = ESCALATIONS.find(
    (each) => each.verb === verb && each.group === group && each.resource === resource,
  );
  if (way !== undefined && (!isNamed || verb !== 'create')) return way.what;
  if (ESCALATING[verb] !== undefined) return ESCALATING[verb];
  return RISKS.find(
    ({ on, verbs, evenByName = false, inCluster = false }) =>
      on.includes(`${group}/${resource}`) &&
      (verbs === undefined || verbs.includes(verb)) &&
      (evenByName || !isNamed) &&
      (isClusterWide || !inCluster),
  )?.what;
}
