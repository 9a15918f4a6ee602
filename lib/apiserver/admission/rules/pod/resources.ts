import { dnsLabel, qualifiedName } from '../../../../kube/names';
import { aggregate, isPodLevelResource } from '../../../../kube/pod-resources';
import { compareQuantities } from '../../../../kube/quantity';
import type { Quantity } from '../../../../kube/quantity';
import {
  isHugePages,
  isOvercommitAllowed,
  resourceAmountProblem,
  resourceNameProblem,
} from '../../../../kube/resources';
import type { CheckedField } from '../../checked-field';
import { isMore, resourceQuantityOf, showQuantity } from '../quantities';
import type { PodContext } from './context';

/**
 * `resources` of a container.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidateContainerResourceRequirements 1.36
 */
export function containerResources(resources: CheckedField, claims: ReadonlySet<string>): void {
  resourceRequirements(resources, resourceNameProblem);
  resourceClaims(resources.child('claims'), claims);
}

/**
 * `overhead` of a pod: amounts with the same rules as limits.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateOverhead 1.36
 */
export function overhead(limits: CheckedField, at = limits): void {
  resourceList(limits, resourceNameProblem);
  if (hugePagesAlone([limits])) hugePagesNeedMore(at);
}

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateResourceRequirements 1.36 */
function resourceRequirements(
  resources: CheckedField,
  nameProblem: (name: string) => string | undefined,
): void {
  const [limits, requests] = [resources.child('limits'), resources.child('requests')];
  resourceList(limits, nameProblem);
  resourceList(requests, nameProblem);
  for (const request of requests.entries) requestWithinLimit(request, requests, limits);
  if (hugePagesAlone([limits, requests])) hugePagesNeedMore(resources);
}

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateResourceRequirements, ValidateContainerResourceName 1.37 */
function resourceList(list: CheckedField, nameProblem: (name: string) => string | undefined): void {
  for (const amount of list.entries) {
    const problem = nameProblem(amount.name);
    if (problem !== undefined) amount.holding(amount.name).invalid(problem);
    const amountProblem = resourceAmountProblem(amount.name, resourceQuantityOf(amount));
    if (amountProblem !== undefined) amount.invalid(amountProblem);
  }
}

/**
 * As the server does, this reports errors for the list and not for the resource.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateResourceRequirements 1.36
 */
function requestWithinLimit(request: CheckedField, requests: CheckedField, limits: CheckedField): void {
  const { name } = request;
  const limit = limits.key(name);
  if (!limit.isSet) {
    if (!isOvercommitAllowed(name))
      limits.required(`must have ${name}, which can only be requested with a limit`);
    return;
  }
  const [wanted, most] = [resourceQuantityOf(request), resourceQuantityOf(limit)];
  const order = compareQuantities(wanted, most);
  if (order !== 0 && !isOvercommitAllowed(name)) {
    requests.invalid(`${name} must be equal to its limit of ${showQuantity(most)}`);
  } else if (order > 0) {
    requests.invalid(`${name} must be at most its limit of ${showQuantity(most)}`);
  }
}

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateResourceRequirements 1.36 */
function hugePagesAlone(lists: readonly CheckedField[]): boolean {
  const names = lists.flatMap((list) => list.entries.map(({ name }) => name));
  return names.some(isHugePages) && !names.includes('cpu') && !names.includes('memory');
}

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateResourceRequirements 1.36 */
function hugePagesNeedMore(field: CheckedField): void {
  field.forbidden('HugePages require cpu or memory');
}

/**
 * Claims of a container: each names a claim of the pod, once, as a whole or request by request.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateResourceClaimNames 1.36
 */
function resourceClaims(list: CheckedField, claims: ReadonlySet<string>): void {
  const seen = new Set<string>();
  for (const claim of list.items) {
    const [name, request] = [claim.child('name').text, claim.child('request')];
    if (name === '') {
      claim.required();
      continue;
    }
    const key = request.text === '' ? name : `${name}/${request.text}`;
    if (request.text !== '' && !seen.has(name)) request.must(dnsLabel);
    const isTaken = seen.has(name) || seen.has(key);
    const isPartlyTaken = request.text === '' && [...seen].some((other) => other.startsWith(`${name}/`));
    if (isTaken || isPartlyTaken) claim.duplicate();
    seen.add(key);
    if (!claims.has(name)) claim.holding(name).notFound('Name one of spec.resourceClaims.');
  }
}

/**
 * `spec.resources`, the budget of a pod as a whole (KEP-2837).
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validatePodResourceRequirements 1.36
 */
export function podResources({ spec }: PodContext): void {
  const resources = spec.child('resources');
  if (!resources.isSet) return;
  if (spec.child('os').child('name').text === 'windows') {
    return resources.forbidden('must not be set for a Windows pod');
  }
  if (resources.child('claims').isSet) resources.child('claims').forbidden('must not be set for a whole pod');
  resourceRequirements(resources, podResourceName);
  withinBudget(spec, resources);
}

/**
 * The containers' requests and limits must be within those of the pod.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validatePodResourceConsistency 1.36
 */
function withinBudget(spec: CheckedField, resources: CheckedField): void {
  const plain = spec.value as Readonly<Record<string, unknown>>;
  const [requests, limits] = [resources.child('requests'), resources.child('limits')];
  const atLeast = (field: CheckedField, amount: Quantity): void => {
    if (!field.isSet || !isMore(amount, resourceQuantityOf(field))) return;
    field.invalid(`must be at least the ${showQuantity(amount)} of all containers together`);
  };
  for (const [name, amount] of aggregate(plain, 'requests')) atLeast(requests.key(name), amount);
  for (const [name, amount] of aggregate(plain, 'limits')) {
    if (isHugePages(name)) atLeast(limits.key(name), amount);
  }
  for (const container of spec.child('containers').items) {
    for (const limit of container.child('resources').child('limits').entries) {
      const most = limits.key(limit.name);
      if (!most.isSet || !isMore(resourceQuantityOf(limit), resourceQuantityOf(most))) continue;
      // The server reports these three in reverse order.
      const at = resources.child('containers').key(container.name).key(limit.name).child('limits');
      at.invalid(`must be at most the pod's limit of ${showQuantity(resourceQuantityOf(most))}`);
    }
  }
}

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validatePodResourceName 1.36 */
function podResourceName(name: string): string | undefined {
  const problem = qualifiedName(name);
  if (problem !== undefined) return problem;
  return isPodLevelResource(name) ? undefined : 'must be cpu, memory or hugepages-<size> for a whole pod';
}
