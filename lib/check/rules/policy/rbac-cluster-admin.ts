import { objectsOf } from '../../../graph/objects';
import type { Rule } from '../../rule';

export const rbacClusterAdmin: Rule = {
  name: 'policy/rbac-cluster-admin',
  severity: 'warning',
  about: 'Finds bindings to cluster-admin.',
  why: 'It allows every action on every object; a bug in a program that has it can destroy the cluster.',
  run(cluster, report) {
    for (const kind of ['RoleBinding', 'ClusterRoleBinding']) {
      for (const { manifest, root } of objectsOf(cluster, `rbac.authorization.k8s.io/${kind}`)) {
        const role = root.child('roleRef');
        const name = role.child('name');
        if (role.child('kind').text !== 'ClusterRole' || name.text !== 'cluster-admin') continue;
        const where = kind === 'RoleBinding' ? 'in its namespace' : 'in the whole cluster';
        report(
          manifest,
          name.path,
          `grants all permissions ${where} (cluster-admin)`,
          'Bind a role with only the permissions needed.',
        );
      }
    }
  },
};
