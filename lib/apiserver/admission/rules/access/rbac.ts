import { dnsSubdomain, pathSegment } from '../../../../kube/names';
import type { CheckedField } from '../../checked-field';
import type { KindRule } from '../kind-rule';
import { isReadable } from '../workloads/controller';
import { labelSelector } from '../selectors';

const GROUP = 'rbac.authorization.k8s.io';
const NOT_ASKED = 'Whether who applies it may do what it allows.';

/** @source k8s.io/kubernetes pkg/apis/rbac/validation/validation.go ValidateRole 1.36 */
export const role: KindRule = {
  kind: `${GROUP}/Role`,
  about: 'Rules, which are about resources.',
  beyond: NOT_ASKED,
  check: (object) => object.child('rules').items.forEach((rule) => policyRule(rule, true)),
};

/** @source k8s.io/kubernetes pkg/apis/rbac/validation/validation.go ValidateClusterRole 1.36 */
export const clusterRole: KindRule = {
  kind: `${GROUP}/ClusterRole`,
  about: 'Rules about resources or URLs, aggregation.',
  beyond: NOT_ASKED,
  check(object) {
    for (const rule of object.child('rules').items) policyRule(rule, false);
    const aggregation = object.child('aggregationRule');
    if (!aggregation.isSet) return;
    const selectors = aggregation.child('clusterRoleSelectors');
    selectors.needs('must have at least one selector');
    for (const selector of selectors.items) {
      labelSelector(selector);
      if (!isReadable(selector)) selector.invalid('invalid label selector');
    }
  },
};

/** @source k8s.io/kubernetes pkg/apis/rbac/validation/validation.go ValidateRoleBinding 1.36 */
export const roleBinding: KindRule = {
  kind: `${GROUP}/RoleBinding`,
  about: 'The role and its subjects.',
  beyond: NOT_ASKED,
  check: (object) => binding(object, ['Role', 'ClusterRole']),
};

/** @source k8s.io/kubernetes pkg/apis/rbac/validation/validation.go ValidateClusterRoleBinding 1.36 */
export const clusterRoleBinding: KindRule = {
  kind: `${GROUP}/ClusterRoleBinding`,
  about: 'The cluster role and its subjects.',
  beyond: NOT_ASKED,
  check: (object) => binding(object, ['ClusterRole']),
};

/** @source k8s.io/kubernetes pkg/apis/rbac/validation/validation.go ValidatePolicyRule 1.36 */
function policyRule(rule: CheckedField, isNamespaced: boolean): void {
  rule.child('verbs').needs('verbs must contain at least one value');
  const [urls, groups, resources] = [
    rule.child('nonResourceURLs'),
    rule.child('apiGroups'),
    rule.child('resources'),
  ];
  if (urls.size === 0) {
    groups.needs('resource rules must supply at least one api group', 'The core group is "".');
    resources.needs('resource rules must supply at least one resource');
    return;
  }
  if (isNamespaced) urls.invalid('must not be set in a Role: URLs have no namespace');
  if (groups.size + resources.size + rule.child('resourceNames').size > 0) {
    urls.invalid('must not be set together with resources: these are two rules');
  }
}

/** @source k8s.io/kubernetes pkg/apis/rbac/validation/validation.go ValidateRoleBinding, ValidateClusterRoleBinding 1.36 */
function binding(object: CheckedField, kinds: readonly string[]): void {
  const reference = object.child('roleRef');
  reference.child('apiGroup').mustBeOneOf([GROUP]);
  reference.child('kind').mustBeOneOf(kinds);
  const name = reference.child('name');
  if (name.needs()) name.must(pathSegment);
  for (const each of object.child('subjects').items) subject(each, kinds.includes('Role'));
}

/** @source k8s.io/kubernetes pkg/apis/rbac/validation/validation.go ValidateRoleBindingSubject 1.36 */
function subject(field: CheckedField, isNamespaced: boolean): void {
  const [kind, group, name, namespace] = ['kind', 'apiGroup', 'name', 'namespace'].map((each) =>
    field.child(each),
  ) as [CheckedField, CheckedField, CheckedField, CheckedField];
  const isNamed = name.needs();
  if (!kind.mustBeOneOf(['ServiceAccount', 'User', 'Group'])) return;
  if (kind.text !== 'ServiceAccount') {
    // The server defaults the API group of users and groups.
    if (group.text !== '') group.mustBeOneOf([GROUP]);
    return;
  }
  if (isNamed) name.must(dnsSubdomain);
  if (group.text !== '') group.notSupported(['']);
  if (!isNamespaced && namespace.text === '')
    namespace.required('must be set: a ServiceAccount lives in a namespace');
}
