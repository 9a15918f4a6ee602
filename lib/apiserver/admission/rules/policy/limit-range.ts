import { compareQuantities, toNumber } from '../../../../kube/quantity';
import type { Quantity } from '../../../../kube/quantity';
import { qualifiedName } from '../../../../kube/names';
import { objectResourceNameProblem } from '../../../../kube/quota';
import { isOvercommitAllowed, resourceNameProblem } from '../../../../kube/resources';
import type { CheckedField } from '../../checked-field';
import type { KindRule } from '../kind-rule';
import { isMore, resourceQuantityOf, showQuantity } from '../quantities';

const TYPES = ['Pod', 'Container', 'PersistentVolumeClaim'];

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidateLimitRange 1.36 */
export const limitRange: KindRule = {
  kind: '/LimitRange',
  about: 'Types of limits, and that minimum, defaults and maximum are in order.',
  check(object) {
    const seen = new Set<string>();
    for (const limit of object.child('spec').child('limits').items) {
      const type = limit.child('type');
      type.must(typeProblem);
      if (seen.has(type.text)) type.duplicate();
      seen.add(type.text);
      limitItem(limit);
    }
  },
};

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateLimitRangeTypeName 1.36 */
function typeProblem(type: string): string | undefined {
  const problem = qualifiedName(type);
  if (problem !== undefined || type.includes('/') || TYPES.includes(type)) return problem;
  return `must be ${TYPES.join(', ')}, or have a domain prefix`;
}

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidateLimitRange 1.36 */
function limitItem(limit: CheckedField): void {
  const type = limit.child('type').text;
  const lists = {
    max: limit.child('max'),
    min: limit.child('min'),
    default: limit.child('default'),
    defaultRequest: limit.child('defaultRequest'),
    maxLimitRequestRatio: limit.child('maxLimitRequestRatio'),
  };
  if (type === 'Pod') {
    for (const list of [lists.default, lists.defaultRequest]) {
      if (list.size > 0) list.forbidden('must not be set when the type is Pod');
    }
  }
  const withDefaults =
    type === 'Container' ? filledIn(lists.max, lists.min, lists.default, lists.defaultRequest) : lists;
  const own = { ...lists, ...withDefaults };
  const nameProblem =
    type === 'Pod' || type === 'Container' ? resourceNameProblem : objectResourceNameProblem;
  const names = new Set<string>();
  for (const list of Object.values(own)) {
    if (type === 'Pod' && list.name.startsWith('default')) continue;
    for (const { name } of list.entries) {
      names.add(name);
      const problem = nameProblem(name);
      if (problem !== undefined) list.key(name).holding(name).invalid(problem);
    }
  }
  if (
    type === 'PersistentVolumeClaim' &&
    !lists.min.key('storage').isSet &&
    !lists.max.key('storage').isSet
  ) {
    limit.child('limits').required('must have a minimum or maximum of storage');
  }
  for (const name of names) inOrder(name, own, type === 'Pod');
}

/** For containers the server defaults limits to the maximum, and requests to the limits, else to the minimum. */
function filledIn(
  max: CheckedField,
  min: CheckedField,
  limits: CheckedField,
  requests: CheckedField,
): { default: CheckedField; defaultRequest: CheckedField } {
  const filled = { ...entriesOf(max), ...entriesOf(limits) };
  return {
    default: limits.holding(filled),
    defaultRequest: requests.holding({ ...entriesOf(min), ...filled, ...entriesOf(requests) }),
  };
}

function entriesOf(list: CheckedField): Readonly<Record<string, unknown>> {
  return (list.value ?? {}) as Readonly<Record<string, unknown>>;
}

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidateLimitRange 1.36 */
function inOrder(name: string, lists: Readonly<Record<string, CheckedField>>, isPod: boolean): void {
  const amount = (list: string): Quantity | undefined => {
    const field = lists[list]?.key(name);
    return field?.isSet === true && !(isPod && list.startsWith('default'))
      ? resourceQuantityOf(field)
      : undefined;
  };
  const atMost = (low: string, high: string, at: string): void => {
    const [less, more] = [amount(low), amount(high)];
    if (less === undefined || more === undefined || !isMore(less, more)) return;
    lists[at]
      ?.key(name)
      .invalid(`${low} of ${showQuantity(less)} must be at most ${high} of ${showQuantity(more)}`);
  };
  atMost('min', 'max', 'min');
  atMost('min', 'defaultRequest', 'defaultRequest');
  atMost('defaultRequest', 'max', 'defaultRequest');
  atMost('defaultRequest', 'default', 'defaultRequest');
  atMost('min', 'default', 'default');
  atMost('default', 'max', 'default');

  const [ratio, min, max] = [amount('maxLimitRequestRatio'), amount('min'), amount('max')];
  const at = lists['maxLimitRequestRatio']?.key(name);
  if (ratio !== undefined && toNumber(ratio) < 1) at?.invalid('must be at least 1');
  if (
    ratio !== undefined &&
    min !== undefined &&
    max !== undefined &&
    toNumber(ratio) > toNumber(max) / toNumber(min)
  ) {
    at?.invalid('must be at most max divided by min');
  }
  const [request, limit] = [amount('defaultRequest'), amount('default')];
  if (isOvercommitAllowed(name) || request === undefined || limit === undefined) return;
  if (compareQuantities(request, limit) !== 0)
    lists['defaultRequest']?.key(name).invalid('must be equal to default');
}
