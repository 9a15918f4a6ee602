import type { Rule } from '../../rule';
import { hasWildcard, roleRules } from '../../../graph/role-rules';

export const rbacWildcard: Rule = {
  name: 'policy/rbac-wildcard',
  severity: 'warning',
  about: 'Finds roles that grant all verbs, resources or URLs.',
  why: 'They also grant permissions that nobody considered, and those that later releases and operators add.',
  run(cluster, report) {
    for (const { manifest, field } of roleRules(cluster)) {
      const wide = ['verbs', 'resources', 'nonResourceURLs']
        .map((name) => field.child(name))
        .find(({ items }) => hasWildcard(items));
      if (wide === undefined) continue;
      const what = wide.name === 'nonResourceURLs' ? 'URLs' : wide.name;
      report(manifest, wide.path, `grants all ${what} ("*")`, `List the ${what} that are needed.`);
    }
  },
};
