import { ESCALATIONS } from '../../../kube/rbac/escalations';
import type { Rule } from '../../rule';
import { grants, hasWildcard, roleRules } from '../../../graph/role-rules';

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
        const way = ESCALATIONS.find(
          (each) => each.verb === verb.text && grants(rule, each.group, each.resource),
        );
        if (way === undefined) continue;
        report(
          manifest,
          verb.path,
          `can ${way.what}`,
          'Limit the rule with resourceNames, or remove the verb.',
        );
      }
    }
  },
};
