import type { Rule } from '../../rule';
import { grantsEvery, hasWildcard, roleRules } from '../../../graph/role-rules';

const READING = ['get', 'list', 'watch'];

export const rbacSecrets: Rule = {
  name: 'policy/rbac-secrets',
  severity: 'warning',
  about: 'Finds roles that can read all Secrets.',
  why: 'These include tokens of other ServiceAccounts and credentials of other applications.',
  run(cluster, report) {
    for (const rule of roleRules(cluster)) {
      const { manifest, field, resources, verbs } = rule;
      if (!grantsEvery(rule, '', 'secrets') || hasWildcard(verbs) || hasWildcard(resources)) continue;
      const reading = verbs.map(({ text }) => text).filter((verb) => READING.includes(verb));
      if (reading.length === 0) continue;
      const message = `can ${reading.join(', ')} all Secrets`;
      report(manifest, field.child('resources').path, message, 'List the Secrets in resourceNames.');
    }
  },
};
