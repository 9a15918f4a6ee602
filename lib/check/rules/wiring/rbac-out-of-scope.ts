import type { Rule } from '../../rule';
import { allows, grantsBeside, grantsOf, resourcesOf } from '../../../graph/grants';

export const rbacOutOfScope: Rule = {
  name: 'wiring/rbac-out-of-scope',
  severity: 'error',
  about: 'Finds rules of a Role for cluster-scoped resources, such as nodes.',
  why: 'A Role grants access within its namespace, so the rule never matches.',
  run(cluster, report) {
    const known = resourcesOf(cluster);
    for (const grant of grantsOf(cluster)) {
      const { of, groups, resources } = grant;
      if (of.id.kind !== 'Role') continue;
      for (const at of resources) {
        const [name = ''] = at.text.split('/');
        const found = groups.flatMap((group) => known.get(`${group}/${name}`) ?? []);
        if (found.length === 0 || found.some(({ isNamespaced }) => isNamespaced)) continue;
        // A request for a Namespace counts as inside it (RequestInfo of apiserver).
        if (name === 'namespaces') continue;
        const ofCluster = grantsBeside(cluster, grant).filter(({ of: { id } }) => id.kind === 'ClusterRole');
        if (found.every(({ group }) => ofCluster.some((other) => allows(other, group, at.text)))) continue;
        const hint = 'Use a ClusterRole and a ClusterRoleBinding.';
        report(of, at.path, `"${name}" is cluster-scoped, and a Role grants access within a namespace`, hint);
      }
    }
  },
};
