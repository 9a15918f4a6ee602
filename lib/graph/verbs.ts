/** The verbs of requests for objects (apiserver `pkg/endpoints/request/requestinfo.go`). */
const STANDARD = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];

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
  if (subresource !== undefined) return OF_SUBRESOURCES[subresource] ?? STANDARD;
  const key = `${group}/${resource}`;
  return ONLY[key] ?? [...STANDARD, ...(MORE[key] ?? [])];
}
