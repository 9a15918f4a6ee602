import { pathSegment, qualifiedName } from '../../../../kube/names';
import type { CheckedField } from '../../checked-field';
import { show } from '../../error-body';
import { compilerFor, expression } from './expressions';

const OPERATIONS = ['*', 'CONNECT', 'CREATE', 'DELETE', 'UPDATE'];
const SCOPES = ['*', 'Cluster', 'Namespaced'];
const MOST_CONDITIONS = 64;

/**
 * A rule of a webhook or policy: the operations and resources that it matches.
 *
 * @source k8s.io/kubernetes pkg/apis/admissionregistration/validation/validation.go validateRuleWithOperations, validateRule 1.36
 */
export function matchRule(rule: CheckedField): void {
  const [operations, groups, versions] = ['operations', 'apiGroups', 'apiVersions'].map((name) =>
    rule.child(name),
  ) as [CheckedField, CheckedField, CheckedField];
  for (const list of [operations, groups, versions]) {
    list.needs();
    if (list.size > 1 && list.texts.includes('*')) list.invalid('must not have other items when * is set');
  }
  for (const operation of operations.items) operation.mustBeOneOf(OPERATIONS);
  for (const version of versions.items) version.needs();
  resources(rule.child('resources'));
  rule.child('scope').mustBeOneOf(SCOPES);
}

/**
 * A rule of a policy, which can also have resource names.
 *
 * @source k8s.io/kubernetes pkg/apis/admissionregistration/validation/validation.go validateNamedRuleWithOperations 1.36
 */
export function namedRule(rule: CheckedField): void {
  const seen = new Set<string>();
  for (const name of rule.child('resourceNames').items) {
    if (name.text !== '') name.must(pathSegment);
    if (seen.has(name.text)) name.duplicate();
    seen.add(name.text);
  }
  matchRule(rule);
}

/**
 * Resources and subresources, none of which a wildcard also covers.
 *
 * @source k8s.io/kubernetes pkg/apis/admissionregistration/validation/validation.go validateResources, validateResourcesNoSubResources 1.36
 */
function resources(list: CheckedField): void {
  list.needs();
  const [whole, everywhere] = [new Set<string>(), new Set<string>()];
  let hasPlain = false;
  for (const item of list.items) {
    if (!item.needs()) continue;
    const slash = item.text.indexOf('/');
    if (slash < 0) {
      hasPlain = item.text !== '*';
      continue;
    }
    const [resource, subresource] = [item.text.slice(0, slash), item.text.slice(slash + 1)];
    if (whole.has(resource)) item.invalid(`must not be set together with ${show(`${resource}/*`)}`);
    if (everywhere.has(subresource))
      item.invalid(`must not be set together with ${show(`*/${subresource}`)}`);
    if (subresource === '*') whole.add(resource);
    if (resource === '*') everywhere.add(subresource);
  }
  if (list.size > 1 && list.texts.includes('*/*')) list.invalid('must not have other items when * is set/*');
  if (list.texts.includes('*') && hasPlain) list.invalid('must not have other resources when * is set');
}

/**
 * CEL conditions, which cannot use the variables of a policy.
 *
 * @source k8s.io/kubernetes pkg/apis/admissionregistration/validation/validation.go validateMatchConditions, validateMatchCondition 1.36
 */
export function matchConditions(list: CheckedField, hasParams = false): void {
  const compiler = compilerFor(list, { hasParams });
  if (list.size > MOST_CONDITIONS) list.tooMany(MOST_CONDITIONS);
  const seen = new Set<string>();
  for (const condition of list.items) {
    const [name, text] = [condition.child('name'), condition.child('expression')];
    if (text.text.trim() === '') text.required();
    else expression(text, compiler, 'bool');
    if (!name.needs()) continue;
    name.must(qualifiedName);
    if (seen.has(name.text)) name.duplicate();
    seen.add(name.text);
  }
}
