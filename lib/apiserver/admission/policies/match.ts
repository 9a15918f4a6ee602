import { matches, type LabelSelector, type Labels } from '../../../kube/labels';
import type { Field } from '../../../manifest/field';
import { operationOf, type PolicyRequest } from './request';

/** The requests that a policy or binding matches (`matchConstraints`, `matchResources`). */
export interface Scope {
  readonly rules: readonly Rule[];
  readonly excluded: readonly Rule[];
  readonly namespaces: LabelSelector | undefined;
  readonly objects: LabelSelector | undefined;
  /** Whether a rule for one version of a kind also matches the other versions. */
  readonly isEquivalent: boolean;
}

interface Rule {
  readonly operations: readonly string[];
  readonly groups: readonly string[];
  readonly versions: readonly string[];
  readonly resources: readonly string[];
  readonly names: readonly string[];
  readonly scope: string;
}

/** @param field a decoded `MatchResources`, with its defaults */
export function scopeIn(field: Field): Scope {
  return {
    rules: field.child('resourceRules').items.map(ruleIn),
    excluded: field.child('excludeResourceRules').items.map(ruleIn),
    namespaces: selectorIn(field.child('namespaceSelector')),
    objects: selectorIn(field.child('objectSelector')),
    isEquivalent: field.child('matchPolicy').text !== 'Exact',
  };
}

export function selectorIn({ value }: Field): LabelSelector | undefined {
  return value === undefined ? undefined : (value as LabelSelector);
}

function ruleIn(field: Field): Rule {
  return {
    operations: field.child('operations').texts,
    groups: field.child('apiGroups').texts,
    versions: field.child('apiVersions').texts,
    resources: field.child('resources').texts,
    names: field.child('resourceNames').texts,
    scope: field.child('scope').text,
  };
}

/**
 * The version in which a policy of this scope sees the object; undefined if the policy does not match the request.
 *
 *
 * @param namespaceLabels of the namespace of the request
 * @source k8s.io/apiserver pkg/admission/plugin/policy/matching/matching.go Matcher.Matches 1.36
 */
export function matchedVersion(
  scope: Scope,
  request: PolicyRequest,
  namespaceLabels: Labels,
): string | undefined {
  // A namespace selector does not exempt cluster-scoped objects, except Namespaces.
  const isExempt = request.namespace !== '' && !selects(scope.namespaces, namespaceLabels);
  if (isExempt || !selectsObject(scope.objects, request)) return undefined;
  if (ruledVersion(scope.excluded, scope.isEquivalent, request) !== undefined) return undefined;
  return scope.rules.length === 0 ? request.version : ruledVersion(scope.rules, scope.isEquivalent, request);
}

/** @source k8s.io/apiserver pkg/admission/plugin/webhook/predicates/object/matcher.go Matcher.MatchObjectSelector 1.36 */
function selectsObject(selector: LabelSelector | undefined, { labels, oldLabels }: PolicyRequest): boolean {
  return selects(selector, labels) || (oldLabels !== undefined && selects(selector, oldLabels));
}

function selects(selector: LabelSelector | undefined, labels: Labels): boolean {
  return selector === undefined || matches(selector, labels);
}

function ruledVersion(
  rules: readonly Rule[],
  isEquivalent: boolean,
  request: PolicyRequest,
): string | undefined {
  const others = isEquivalent ? request.versions.filter((version) => version !== request.version) : [];
  return [request.version, ...others].find((version) =>
    rules.some((rule) => applies(rule, version, request)),
  );
}

function applies(rule: Rule, version: string, request: PolicyRequest): boolean {
  return (
    holds(rule.operations, operationOf(request)) &&
    holds(rule.groups, request.group) &&
    holds(rule.versions, version) &&
    rule.resources.some((resource) => isOf(resource, request.resource)) &&
    (rule.scope === '*' || rule.scope === '' || rule.scope === request.scope) &&
    (rule.names.length === 0 || rule.names.includes(request.name))
  );
}

function holds(list: readonly string[], value: string): boolean {
  return list.includes('*') || list.includes(value);
}

/** Whether a resource of a rule is `resource`, and not one of its subresources. */
function isOf(pattern: string, resource: string): boolean {
  const [name, subresource = ''] = pattern.split('/');
  return (name === '*' || name === resource) && (subresource === '' || subresource === '*');
}
