import { objectsOf } from '../../../graph/objects';
import type { Rule } from '../../rule';

/** Source: the names that kube-apiserver gives to requests without credentials. */
const ANYBODY = ['system:unauthenticated', 'system:anonymous'];

const binding = (group: string): string => `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: web
  namespace: shop
subjects:
  - kind: Group
    name: ${group}
    apiGroup: rbac.authorization.k8s.io
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: view
`;

export const anonymousAccess: Rule = {
  name: 'policy/anonymous-access',
  severity: 'warning',
  about: 'Finds bindings that grant something to requests without credentials.',
  why: 'Whoever reaches the API server has it.',
  example: { failing: binding('system:unauthenticated'), passing: binding('developers') },
  run(cluster, report) {
    for (const kind of ['RoleBinding', 'ClusterRoleBinding']) {
      for (const { manifest, root } of objectsOf(cluster, `rbac.authorization.k8s.io/${kind}`)) {
        for (const name of root.child('subjects').items.map((each) => each.child('name'))) {
          if (!ANYBODY.includes(name.text)) continue;
          report(
            manifest,
            name.path,
            `grants a role to anybody (${name.text})`,
            'Name a group, a user or a service account.',
          );
        }
      }
    }
  },
};
