import type { Rule } from '../../rule';
import { grants, grantsAll, grantsOf } from '../../../graph/role-rules';

const READING = ['get', 'list', 'watch'];

export const rbacSecrets: Rule = {
  name: 'policy/rbac-secrets',
  severity: 'warning',
  about: 'Finds roles that can read all Secrets.',
  why: 'These include tokens of other ServiceAccounts and credentials of other applications.',
  run(cluster, report) {
    for (const { manifest, rule } of grants(cluster)) {
      const verbs = rule.child('verbs');
      if (!grantsOf(rule, '', 'secrets') || rule.child('resourceNames').size > 0 || grantsAll(verbs))
        continue;
      if (grantsAll(rule.child('resources'))) continue;
      const reading = verbs.texts.filter((verb) => READING.includes(verb));
      if (reading.length === 0) continue;
      const message = `can ${reading.join(', ')} all Secrets`;
      report(manifest, rule.child('resources').path, message, 'List the Secrets in resourceNames.');
    }
  },
};
