import { bindingsIn } from '../../../graph/bindings';
import type { Rule } from '../../rule';

export const rbacClusterAdmin: Rule = {
  name: 'policy/rbac-cluster-admin',
  severity: 'warning',
  about: 'Finds bindings to cluster-admin.',
  why: 'It allows every action on every object; a bug in a program that has it can destroy the cluster.',
  run(cluster, report) {
    for (const { manifest, role, roleName, isClusterWide } of bindingsIn(cluster)) {
      if (role.kind !== 'ClusterRole' || role.name !== 'cluster-admin') continue;
      const where = isClusterWide ? 'in the whole cluster' : 'in its namespace';
      const message = `grants all permissions ${where} (cluster-admin)`;
      report(manifest, roleName.path, message, 'Bind a role with only the permissions needed.');
    }
  },
};
