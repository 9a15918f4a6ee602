import { parseQuantity } from '../kube/quantity';
import { isPlainRecord, ownValue, type PlainRecord } from '../manifest/data';
import type { Field } from '../manifest/field';

/** Which pods a ResourceQuota counts: those that meet all of its scopes. */
export interface QuotaScope {
  readonly name: string;
  readonly operator: string;
  readonly values: readonly string[];
}

/** The scopes of a ResourceQuota, of both fields. */
export function scopesOf(spec: Field): readonly QuotaScope[] {
  const selected = spec
    .at('scopeSelector')
    .list('matchExpressions')
    .map((each) => ({
      name: each.at('scopeName').text,
      operator: each.at('operator').text,
      values: each.list('values').map(({ text }) => text),
    }));
  return [
    ...spec.list('scopes').map(({ text: name }) => ({ name, operator: 'Exists', values: [] })),
    ...selected,
  ];
}

/**
 * Whether a pod with this spec, resources and all, is in a scope. What is not about pods has none in it.
 *
 * @source k8s.io/kubernetes pkg/quota/v1/evaluator/core/pods.go podMatchesScopeFunc 1.36
 */
export function isInScope({ name, operator, values }: QuotaScope, spec: PlainRecord): boolean {
  switch (name) {
    case 'Terminating':
      return isTerminating(spec);
    case 'NotTerminating':
      return !isTerminating(spec);
    case 'BestEffort':
      return isBestEffort(spec);
    case 'NotBestEffort':
      return !isBestEffort(spec);
    case 'PriorityClass':
      return hasPriority(spec['priorityClassName'], operator, values);
    case 'CrossNamespacePodAffinity':
      return ['podAffinity', 'podAntiAffinity'].some((kind) => isCrossing(ownValue(spec['affinity'], kind)));
    default:
      return false;
  }
}

function isTerminating(spec: PlainRecord): boolean {
  const seconds = spec['activeDeadlineSeconds'];
  return typeof seconds === 'number' && seconds >= 0;
}

/** @source k8s.io/kubernetes pkg/apis/core/v1/helper/qos/qos.go ComputePodQOS 1.36 */
function isBestEffort(spec: PlainRecord): boolean {
  const containers = ['containers', 'initContainers'].flatMap((list) => recordsOf(spec[list]));
  const amounts = [spec, ...containers].flatMap((each) =>
    ['requests', 'limits'].flatMap((side) =>
      ['cpu', 'memory'].map((resource) => ownValue(ownValue(each['resources'], side), resource)),
    ),
  );
  return amounts.every(isNothing);
}

function isNothing(amount: unknown): boolean {
  if (typeof amount !== 'string' && typeof amount !== 'number') return true;
  return parseQuantity(String(amount))?.nanos === 0n;
}

function hasPriority(className: unknown, operator: string, values: readonly string[]): boolean {
  const name = typeof className === 'string' && className !== '' ? className : undefined;
  if (operator === 'In') return name !== undefined && values.includes(name);
  if (operator === 'NotIn') return name === undefined || !values.includes(name);
  return operator === 'DoesNotExist' ? name === undefined : name !== undefined;
}

/** Whether a term names namespaces, or selects them. */
function isCrossing(affinity: unknown): boolean {
  const required = recordsOf(ownValue(affinity, 'requiredDuringSchedulingIgnoredDuringExecution'));
  const preferred = recordsOf(ownValue(affinity, 'preferredDuringSchedulingIgnoredDuringExecution'));
  const terms = [...required, ...preferred.map((each) => ownValue(each, 'podAffinityTerm'))];
  return terms.some((term) => {
    const namespaces = ownValue(term, 'namespaces');
    return (
      (Array.isArray(namespaces) && namespaces.length > 0) || ownValue(term, 'namespaceSelector') != null
    );
  });
}

function recordsOf(list: unknown): readonly PlainRecord[] {
  return Array.isArray(list) ? list.filter(isPlainRecord) : [];
}
