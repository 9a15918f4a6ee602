import { bindingsIn } from '../../../graph/bindings';
import type { Rule } from '../../rule';

/** Source: the names that kube-apiserver gives to requests without credentials. */
const ANYBODY = ['system:unauthenticated', 'system:anonymous'];

export const rbacAnonymousAccess: Rule = {
  name: 'policy/rbac-anonymous-access',
  severity: 'warning',
  about: 'Finds bindings that grant permissions to unauthenticated requests.',
  why: 'Everybody who can reach the API server has these permissions.',
  run(cluster, report) {
    for (const { manifest, subjects } of bindingsIn(cluster)) {
      for (const { name } of subjects) {
        if (!ANYBODY.includes(name.text)) continue;
        const message = `grants permissions to unauthenticated requests (${name.text})`;
        report(manifest, name.path, message, 'Bind a user, group or ServiceAccount instead.');
      }
    }
  },
};
