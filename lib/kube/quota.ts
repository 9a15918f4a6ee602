import { qualifiedName } from './names';
import { isExtendedResource, isHugePages } from './resources';

/** Prefix of the requests of a resource in a ResourceQuota. */
const REQUESTS = 'requests.';

/** What a ResourceQuota can count: objects, and requests and limits of the resources that Kubernetes knows. */
const QUOTA: ReadonlySet<string> = new Set([
  ...['cpu', 'memory', 'ephemeral-storage'].flatMap((name) => [name, `requests.${name}`, `limits.${name}`]),
  'requests.storage',
  'pods',
  'resourcequotas',
  'services',
  'replicationcontrollers',
  'secrets',
  'persistentvolumeclaims',
  'configmaps',
  'services.nodeports',
  'services.loadbalancers',
]);

/** Objects that are counted in whole pieces. */
const COUNTED: ReadonlySet<string> = new Set(
  [...QUOTA].filter((name) => !/(cpu|memory|storage)$/.test(name)),
);

/**
 * Whether a resource is a standard one of ResourceQuotas.
 *
 * @source k8s.io/kubernetes pkg/apis/core/helper/helpers.go IsStandardQuotaResourceName 1.36
 */
export function isQuotaResource(name: string): boolean {
  return QUOTA.has(name) || isHugePages(name) || name.startsWith(`${REQUESTS}hugepages-`);
}

/**
 * Whether a resource is counted in whole pieces (IsIntegerResourceName).
 *
 * @source k8s.io/kubernetes pkg/apis/core/helper/helpers.go IsIntegerResourceName 1.36
 */
export function isWholeResource(name: string): boolean {
  return COUNTED.has(name) || isExtendedResource(name);
}

/**
 * What is wrong with the name of a resource of any object: one that Kubernetes knows, or one with a domain.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateResourceName 1.36
 */
export function objectResourceNameProblem(name: string): string | undefined {
  const problem = qualifiedName(name);
  if (problem !== undefined || name.includes('/') || name === 'storage' || isQuotaResource(name))
    return problem;
  return 'must be a resource that Kubernetes knows, or have a domain in front';
}

/**
 * What is wrong with the name of a resource in `hard` of a ResourceQuota.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidateResourceQuotaResourceName 1.36
 */
export function quotaResourceNameProblem(name: string): string | undefined {
  const problem = objectResourceNameProblem(name);
  if (problem !== undefined || name.includes('/') || isQuotaResource(name)) return problem;
  return 'must be a resource that a quota can count';
}
