import { objectsOf } from '../../../graph/objects';
import type { Rule } from '../../rule';

/** Source: the names that kube-apiserver gives to requests without credentials. */
const ANYBODY = ['system:unauthenticated', 'system:anonymous'];

export const rbacAnonymousAccess: Rule = {
  name: 'policy/rbac-anonymous-access',
  severity: 'warning',
  about: 'Finds bindings that grant permissions to unauthenticated requests.',
  why: 'Everybody who can reach the API server has these permissions.',
  run(cluster, report) {
    for (const kind of ['RoleBinding', 'ClusterRoleBinding']) {
      for (const { manifest, root } of objectsOf(cluster, `rbac.authorization.k8s.io/${kind}`)) {
        for (const name of root.child('subjects').items.map((each) => each.child('name'))) {
          if (!ANYBODY.includes(name.text)) continue;
          report(
            manifest,
            name.path,
            `grants permissions to unauthenticated requests (${name.text})`,
            'Bind a user, group or ServiceAccount instead.',
          );
        }
      }
    }
  },
};
