import { isQuotaResource, isWholeResource, quotaResourceNameProblem } from '../../../../kube/quota';
import { milli } from '../../../../kube/quantity';
import type { CheckedField } from '../../checked-field';
import type { KindRule } from '../kind-rule';
import { resourceQuantityOf } from '../quantities';

const SCOPES = [
  'Terminating',
  'NotTerminating',
  'BestEffort',
  'NotBestEffort',
  'PriorityClass',
  'VolumeAttributesClass',
  'CrossNamespacePodAffinity',
];
/** Scopes without values. */
const PLAIN_SCOPES = [
  'BestEffort',
  'NotBestEffort',
  'Terminating',
  'NotTerminating',
  'CrossNamespacePodAffinity',
];
const EXCLUSIVE = [
  ['BestEffort', 'NotBestEffort'],
  ['Terminating', 'NotTerminating'],
];
const POD_RESOURCES = [
  'pods',
  'cpu',
  'memory',
  'limits.cpu',
  'limits.memory',
  'requests.cpu',
  'requests.memory',
];

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidateResourceQuota, ValidateResourceQuotaSpec 1.36 */
export const resourceQuota: KindRule = {
  kind: '/ResourceQuota',
  about: 'Resources, their amounts, and scopes that fit them.',
  check(object) {
    const spec = object.child('spec');
    const hard = spec.child('hard');
    for (const amount of hard.entries) {
      const problem = quotaResourceNameProblem(amount.name);
      if (problem !== undefined) amount.holding(amount.name).invalid(problem);
      const quantity = resourceQuantityOf(amount);
      if (quantity.nanos < 0n) amount.invalid('must be greater than or equal to 0');
      if (isWholeResource(amount.name) && milli(quantity) % 1000n !== 0n)
        amount.invalid('must be an integer');
    }
    const names = hard.entries.map(({ name }) => name);
    scopes(spec.child('scopes'), names);
    scopeSelector(spec, names);
  },
};

/**
 * The server reports errors for the list of scopes, not for the item.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateResourceQuotaScopes 1.36
 */
function scopes(list: CheckedField, resources: readonly string[]): void {
  for (const scope of list.texts) {
    if (!isScope(scope, list)) list.invalid('unsupported scope');
    fitting(scope, resources, list);
  }
  conflicts(list.texts, list);
}

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateScopeSelector, validateScopedResourceSelectorRequirement 1.36 */
function scopeSelector(spec: CheckedField, resources: readonly string[]): void {
  // The server reports the list, not the item.
  const list = spec.child('scopeSelector').child('matchExpressions');
  for (const requirement of list.items) {
    const [scope, operator, values] = ['scopeName', 'operator', 'values'].map((name) =>
      requirement.child(name),
    ) as [CheckedField, CheckedField, CheckedField];
    const at = (name: string): CheckedField => list.child(name);
    if (!isScope(scope.text, list)) at('scopeName').holding(scope.text).invalid('unsupported scope');
    fitting(scope.text, resources, list);
    if (PLAIN_SCOPES.includes(scope.text) && operator.text !== 'Exists') {
      at('operator').invalid(`must be Exists for the scope ${scope.text}`);
    }
    if (operator.text === 'In' || operator.text === 'NotIn') {
      if (values.size === 0) at('values').required();
    } else if (operator.text === 'Exists' || operator.text === 'DoesNotExist') {
      if (values.size > 0) at('values').invalid(`must not be set when the operator is ${operator.text}`);
    } else at('operator').invalid('must be In, NotIn, Exists or DoesNotExist');
  }
  conflicts(
    list.items.map((requirement) => requirement.child('scopeName').text),
    list,
  );
}

function isScope(scope: string, at: CheckedField): boolean {
  return SCOPES.includes(scope) && (scope !== 'VolumeAttributesClass' || at.since('1.33'));
}

function fitting(scope: string, resources: readonly string[], at: CheckedField): void {
  if (!isScope(scope, at)) return;
  for (const resource of resources) {
    if (isQuotaResource(resource) && !appliesTo(scope, resource))
      at.invalid(`${scope} does not apply to ${resource}`);
  }
}

function appliesTo(scope: string, resource: string): boolean {
  if (scope === 'BestEffort') return resource === 'pods';
  if (scope === 'VolumeAttributesClass')
    return ['persistentvolumeclaims', 'requests.storage'].includes(resource);
  return POD_RESOURCES.includes(resource);
}

function conflicts(names: readonly string[], at: CheckedField): void {
  for (const pair of EXCLUSIVE) {
    if (pair.every((scope) => names.includes(scope))) at.invalid(`must not have both ${pair.join(' and ')}`);
  }
}
