import type { Rule } from '../../rule';
import { grants, hasWildcard, roleRules } from '../../../graph/role-rules';

const RBAC = 'rbac.authorization.k8s.io';

/** What a verb on a resource allows beyond the permissions of the role. */
const WAYS: readonly (readonly [verb: string, group: string, resource: string, what: string])[] = [
  ['escalate', RBAC, 'roles', 'edit roles beyond its own permissions'],
  ['escalate', RBAC, 'clusterroles', 'edit roles beyond its own permissions'],
  ['bind', RBAC, 'roles', 'bind roles beyond its own permissions'],
  ['bind', RBAC, 'clusterroles', 'bind roles beyond its own permissions'],
  ['impersonate', '', 'users', 'impersonate any user'],
  ['impersonate', '', 'groups', 'impersonate any group'],
  ['impersonate', '', 'serviceaccounts', 'impersonate any ServiceAccount'],
  ['create', '', 'serviceaccounts/token', 'create tokens for any ServiceAccount'],
];

/** Source: the special verbs of RBAC (escalate, bind, impersonate), and TokenRequest. */
export const rbacEscalation: Rule = {
  name: 'policy/rbac-escalation',
  severity: 'warning',
  about:
    'Finds roles that allow privilege escalation: escalate, bind, impersonate, tokens of other ServiceAccounts.',
  why: 'Subjects of such a role can give themselves all permissions.',
  run(cluster, report) {
    for (const rule of roleRules(cluster)) {
      const { manifest, verbs, resources, names } = rule;
      // policy/rbac-wildcard reports all verbs and all resources.
      if (hasWildcard(verbs) || hasWildcard(resources) || names.length > 0) continue;
      for (const verb of verbs) {
        const way = WAYS.find(
          ([word, group, resource]) => word === verb.text && grants(rule, group, resource),
        );
        if (way === undefined) continue;
        report(
          manifest,
          verb.path,
          `can ${way[3]}`,
          'Limit the rule with resourceNames, or remove the verb.',
        );
      }
    }
  },
};
