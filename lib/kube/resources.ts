import { qualifiedName } from './names';
import type { Quantity } from './quantity';
import { canonical, compareQuantities, milli, parseQuantity, whole } from './quantity';

/** The standard resources of a container, except huge pages. */
const STANDARD: ReadonlySet<string> = new Set(['cpu', 'memory', 'ephemeral-storage']);
const HUGE_PAGES = 'hugepages-';
/** Prefix of the requests of a resource in a ResourceQuota. */
const QUOTA_PREFIX = 'requests.';

/**
 * What is wrong with the name of a resource in `resources.requests` or `limits` of a container.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidateContainerResourceName 1.37
 */
export function resourceNameProblem(name: string): string | undefined {
  const problem = qualifiedName(name);
  if (problem !== undefined) return problem;
  if (STANDARD.has(name) || isHugePages(name)) return undefined;
  if (!name.includes('/'))
    return 'must be cpu, memory, ephemeral-storage, hugepages-<size>, or have a domain prefix, such as nvidia.com/gpu';
  if (isNative(name) || isExtendedResource(name)) return undefined;
  return 'must not begin with "requests.", and have a domain of at most 244 characters';
}

/**
 * Whether a resource comes from a device plugin or an operator, such as `nvidia.com/gpu`; its amount must be an
 * integer.
 *
 * @source k8s.io/kubernetes pkg/apis/core/helper/helpers.go IsExtendedResourceName 1.36
 */
export function isExtendedResource(name: string): boolean {
  return (
    !isNative(name) && !name.startsWith(QUOTA_PREFIX) && qualifiedName(QUOTA_PREFIX + name) === undefined
  );
}

/**
 * Whether a resource is memory in pages of a fixed size: `hugepages-2Mi`.
 *
 * @source k8s.io/kubernetes pkg/apis/core/helper/helpers.go IsHugePageResourceName 1.36
 */
export function isHugePages(name: string): boolean {
  return name.startsWith(HUGE_PAGES);
}

/**
 * Whether requests may be lower than limits. Extended resources and huge pages need a limit, and a request equal to it.
 *
 * @source k8s.io/kubernetes pkg/apis/core/helper/helpers.go IsOvercommitAllowed 1.36
 */
export function isOvercommitAllowed(name: string): boolean {
  return isNative(name) && !isHugePages(name);
}

/**
 * What is wrong with the amount of a container's resource: negative, or a fraction where only integers are allowed.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidateResourceQuantityValue, validateResourceQuantityHugePageValue 1.36
 */
export function resourceAmountProblem(name: string, amount: Quantity): string | undefined {
  if (amount.nanos < 0n) return 'must not be negative';
  if (isExtendedResource(name) && milli(amount) % 1000n !== 0n) return 'must be an integer';
  if (!isHugePages(name)) return undefined;
  const size = name.slice(HUGE_PAGES.length);
  const page = parseQuantity(size);
  if (page === undefined || page.nanos <= 0n || milli(page) % 1000n !== 0n)
    return `must name the size of its pages: ${HUGE_PAGES}2Mi`;
  return whole(amount) % whole(page) === 0n ? undefined : `must be a multiple of the page size ${size}`;
}

/**
 * What is wrong with a container's request of a resource, given its limit.
 *
 * Defaults come first: a request that is not set equals the limit.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateResourceRequirements 1.36
 */
export function requestProblem(
  name: string,
  request: Quantity,
  limit: Quantity | undefined,
): string | undefined {
  if (isOvercommitAllowed(name)) {
    if (limit === undefined || compareQuantities(request, limit) <= 0) return undefined;
    return `must be at most the limit of ${canonical(limit)}`;
  }
  if (limit === undefined) return 'must have a limit of the same amount, because it cannot be overcommitted';
  return compareQuantities(request, limit) === 0
    ? undefined
    : `must be equal to the limit of ${canonical(limit)}`;
}

/**
 * Whether a name is in a domain of Kubernetes itself, or has no domain.
 *
 * @source k8s.io/kubernetes pkg/apis/core/helper/helpers.go IsNativeResource 1.36
 */
function isNative(name: string): boolean {
  return !name.includes('/') || name.includes('kubernetes.io/');
}
