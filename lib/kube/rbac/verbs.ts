import { isSlip } from '../slip';

/** The verbs of requests for objects (apiserver `pkg/endpoints/request/requestinfo.go`). */
export const REQUEST_VERBS: readonly string[] = [
  'get',
  'list',
  'watch',
  'create',
  'update',
  'patch',
  'delete',
  'deletecollection',
];

/** Those of requests for paths, as methods of HTTP. */
const OF_PATHS = ['delete', 'get', 'head', 'options', 'patch', 'post', 'put'];

/**
 * What requests there are for a subresource of Kubernetes.
 *
 * Source: the REST storages under kubernetes `pkg/registry`.
 */
const OF_SUBRESOURCES: Readonly<Record<string, readonly string[]>> = {
  approval: ['get', 'patch', 'update'],
  attach: ['create', 'get'],
  binding: ['create'],
  ephemeralcontainers: ['get', 'patch', 'update'],
  eviction: ['create'],
  exec: ['create', 'get'],
  finalize: ['update'],
  finalizers: ['update'],
  log: ['get'],
  portforward: ['create', 'get'],
  resize: ['get', 'patch', 'update'],
  scale: ['get', 'patch', 'update'],
  status: ['get', 'patch', 'update'],
  token: ['create'],
};

/** Verbs that a controller or admission asks about in addition: "Request verbs" in the documentation of authorization. */
const MORE: Readonly<Record<string, readonly string[]>> = {
  '/serviceaccounts': ['impersonate'],
  'rbac.authorization.k8s.io/clusterroles': ['bind', 'escalate'],
  'rbac.authorization.k8s.io/roles': ['bind', 'escalate'],
  'policy/podsecuritypolicies': ['use'],
  'security.openshift.io/securitycontextconstraints': ['use'],
};

/** Resources that there are no other requests for. */
const ONLY: Readonly<Record<string, readonly string[]>> = {
  '/groups': ['impersonate'],
  '/users': ['impersonate'],
  'authentication.k8s.io/uids': ['impersonate'],
  'authentication.k8s.io/userextras': ['impersonate'],
  'authentication.k8s.io/selfsubjectreviews': ['create'],
  'authentication.k8s.io/tokenreviews': ['create'],
  'authorization.k8s.io/localsubjectaccessreviews': ['create'],
  'authorization.k8s.io/selfsubjectaccessreviews': ['create'],
  'authorization.k8s.io/selfsubjectrulesreviews': ['create'],
  'authorization.k8s.io/subjectaccessreviews': ['create'],
  'certificates.k8s.io/signers': ['approve', 'attest', 'sign'],
};

/** What `*` stands for among the verbs of a resource, or of a path where `group` is absent. */
export function verbsOf(group: string | undefined, resource: string): readonly string[] {
  if (group === undefined) return OF_PATHS;
  const subresource = resource.split('/')[1];
  if (subresource !== undefined) return OF_SUBRESOURCES[subresource] ?? REQUEST_VERBS;
  const key = `${group}/${resource}`;
  return ONLY[key] ?? [...REQUEST_VERBS, ...(MORE[key] ?? [])];
}

/** The verb of requests that `text` is a slip of. Short verbs are verbs of their own: `set` is not `get`. */
export function verbMeantBy(text: string): string | undefined {
  if (REQUEST_VERBS.includes(text)) return undefined;
  return REQUEST_VERBS.find((verb) => text.toLowerCase() === verb || (text.length > 3 && isSlip(text, verb)));
}

/**
 * Verbs of requests that name no object, so that `resourceNames` never match them: "Referring to resources" in the
 * documentation of RBAC, and RequestInfo of apiserver. A request for a subresource names its object.
 */
export const NAMELESS_VERBS: readonly string[] = ['create', 'deletecollection'];

/** Verbs of requests that name an object only by the field selector `metadata.name` (RequestInfo of apiserver). */
export const SELECTING_VERBS: readonly string[] = ['list', 'watch'];
