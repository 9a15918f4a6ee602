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

/** Objects that are counted in integers. */
const COUNTED: ReadonlySet<string> = new Set(
  [...QUOTA].filter((name) => !/(cpu|memory|storage)$/.test(name)),
);

/**
 * Whether a resource is a standard resource of ResourceQuotas.
 *
 * @source k8s.io/kubernetes pkg/apis/core/helper/helpers.go IsStandardQuotaResourceName 1.36
 */
export function isQuotaResource(name: string): boolean {
  return QUOTA.has(name) || isHugePages(name) || name.startsWith(`${REQUESTS}hugepages-`);
}

/**
 * Whether the amount of a resource must be an integer.
 *
 * @source k8s.io/kubernetes pkg/apis/core/helper/helpers.go IsIntegerResourceName 1.36
 */
export function isWholeResource(name: string): boolean {
  return COUNTED.has(name) || isExtendedResource(name);
}

/**
 * What is wrong with the name of a resource: it must be one that Kubernetes defines, or have a domain.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateResourceName 1.36
 */
export function objectResourceNameProblem(name: string): string | undefined {
  const problem = qualifiedName(name);
  if (problem !== undefined || name.includes('/') || name === 'storage' || isQuotaResource(name))
    return problem;
  return 'must be a standard resource type or have a domain prefix';
}

/**
 * What is wrong with the name of a resource in `hard` of a ResourceQuota.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidateResourceQuotaResourceName 1.36
 */
export function quotaResourceNameProblem(name: string): string | undefined {
  const problem = objectResourceNameProblem(name);
  if (problem !== undefined || name.includes('/') || isQuotaResource(name)) return problem;
  return 'must be a standard resource for quota';
}
