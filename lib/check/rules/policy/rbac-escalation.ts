import type { Rule } from '../../rule';
import { grants, grantsAll, grantsOf } from '../../../graph/role-rules';

const RBAC = 'rbac.authorization.k8s.io';

/** What makes more of somebody than their roles say, by verb, group and resource. */
const WAYS: readonly (readonly [verb: string, group: string, resource: string, what: string])[] = [
  ['escalate', RBAC, 'roles', 'write roles that grant more than itself has'],
  ['escalate', RBAC, 'clusterroles', 'write roles that grant more than itself has'],
  ['bind', RBAC, 'roles', 'bind roles that it does not have itself'],
  ['bind', RBAC, 'clusterroles', 'bind roles that it does not have itself'],
  ['impersonate', '', 'users', 'act as any user'],
  ['impersonate', '', 'groups', 'act as any group'],
  ['impersonate', '', 'serviceaccounts', 'act as any service account'],
  ['create', '', 'serviceaccounts/token', 'make tokens of any service account'],
];

/** Source: the verbs that RBAC gives a meaning of its own, and TokenRequest. */
export const rbacEscalation: Rule = {
  name: 'policy/rbac-escalation',
  severity: 'warning',
  about:
    'Finds roles that let whoever has them gain more rights: escalate, bind, impersonate, tokens of others.',
  why: 'Whatever else such a role grants, it grants everything.',
  run(cluster, report) {
    for (const { manifest, rule } of grants(cluster)) {
      const verbs = rule.child('verbs');
      // With all verbs or all resources, another rule has said it.
      if (grantsAll(verbs) || grantsAll(rule.child('resources')) || rule.child('resourceNames').size > 0)
        continue;
      for (const verb of verbs.items) {
        const way = WAYS.find(
          ([word, group, resource]) => word === verb.text && grantsOf(rule, group, resource),
        );
        if (way === undefined) continue;
        report(
          manifest,
          verb.path,
          `may ${way[3]}`,
          'Name the objects in resourceNames, or remove the verb.',
        );
      }
    }
  },
};
