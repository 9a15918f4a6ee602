import { kubernetesOf } from '../core/environment';
import { below, type Reporter } from '../core/problems';
import { optional } from '../core/props';
import { list, record } from '../core/shapes';
import type { IConstruct } from 'constructs';
import type { PermissionOptions, Verb } from './permission';
import { checkPermission, PERMISSION_SHAPES, VERBS } from './permission';
import type { Permission, PolicyRule } from './policy-rules';
import { policyRules } from './policy-rules';
import type { Grantable, Target } from './target';
import { GRANTABLE, targetOf } from './target';

/** What a role allows, as `grant` of workloads takes it. */
export interface AccessRule extends PermissionOptions {
  /** What is asked of the API server: `['get', 'list']`. */
  readonly verbs: Verb | readonly Verb[];
  /** What it is asked for: `'pods'`, `'pods/log'`, `'widgets.example.com'`, a construct, or a list of them. */
  readonly on: Grantable | readonly Grantable[];
}

export const ACCESS_RULES = list(
  record<AccessRule>(
    { ...PERMISSION_SHAPES, verbs: VERBS, on: GRANTABLE },
    {
      example: "{ verbs: ['get', 'list'], on: 'pods' }",
      words: { resources: '`on`', resourceNames: '`names`' },
    },
  ),
);

/** Where a role is. */
interface RolePlace {
  readonly role: IConstruct;
  /** @default the role is of the cluster */
  readonly namespaced?: { readonly namespace: string | undefined };
}

/** `rules` of a role. */
export function renderRules(
  rules: readonly AccessRule[],
  place: RolePlace,
  report: Reporter,
): readonly PolicyRule[] {
  return policyRules(
    rules.flatMap((rule, index) => permissionsOf(rule, place, below(`rules[${index}]`, report))),
  );
}

function permissionsOf(rule: AccessRule, place: RolePlace, report: Reporter): Permission[] {
  const { verbs, on, ...options } = rule;
  if (missing(rule, 'verbs', report) || missing(rule, 'on', report)) return [];
  const reach = place.namespaced === undefined ? 'cluster' : 'namespace';
  const asked = [verbs].flat();
  return ([on].flat() as readonly Grantable[]).flatMap((what) => {
    const target = targetOf(what, kubernetesOf(place.role), below('on', report));
    if (target === undefined || !isWithin(target, place, below('on', report))) return [];
    if (!checkPermission(asked, target, options, reach, report)) return [];
    const { group, resource, name } = target;
    const names = options.names ?? (name && [name()]);
    return [{ resource, verbs: asked, ...optional('group', group), ...optional('names', names) }];
  });
}

function missing(rule: AccessRule, key: 'verbs' | 'on', report: Reporter): boolean {
  // A program in JavaScript may leave them out.
  const isMissing = (rule as Partial<AccessRule>)[key] === undefined;
  if (isMissing) report({ code: 'MISSING_PROP', path: key, message: 'Required value' });
  return isMissing;
}

/** Whether a request about `target` can match the role; reports one that cannot. */
function isWithin(target: Target, { namespaced }: RolePlace, report: Reporter): boolean {
  if (namespaced === undefined) return true;
  const { isNamespaced, group, resource, namespace } = target;
  if (!isNamespaced) {
    const what = group === undefined ? 'is a path' : 'is cluster-scoped';
    const message = `Forbidden: "${resource}" ${what}, and a Role counts in a namespace`;
    report({ code: 'INVALID_PROP', message, hint: 'Use a ClusterRole and a ClusterRoleBinding.' });
    return false;
  }
  if (namespace === undefined || namespaced.namespace === undefined || namespace === namespaced.namespace)
    return true;
  const message = `Invalid value: the object is in namespace "${namespace}", and the Role in "${namespaced.namespace}"`;
  report({ code: 'INVALID_PROP', message, hint: 'Set `namespace` of the Role and its binding.' });
  return false;
}
