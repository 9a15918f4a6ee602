import type { Rule } from '../../rule';
import { allows, grantsBeside, grantsOf, resourcesOf } from '../../../graph/grants';

export const rbacOutOfScope: Rule = {
  name: 'wiring/rbac-out-of-scope',
  severity: 'error',
  about: 'Finds rules of a Role about resources that are in no namespace, such as nodes.',
  why: 'A Role grants access within its namespace, so that the rule never matches anything.',
  run(cluster, report) {
    const known = resourcesOf(cluster);
    for (const grant of grantsOf(cluster)) {
      const { of, groups, resources } = grant;
      if (of.id.kind !== 'Role') continue;
      for (const at of resources) {
        const [name = ''] = at.text.split('/');
        const found = groups.flatMap((group) => known.get(`${group}/${name}`) ?? []);
        if (found.length === 0 || found.some(({ isNamespaced }) => isNamespaced)) continue;
        // A request for a namespace is in the namespace that it is for (RequestInfo of apiserver).
        if (name === 'namespaces') continue;
        const ofCluster = grantsBeside(cluster, grant).filter(({ of: { id } }) => id.kind === 'ClusterRole');
        if (found.every(({ group }) => ofCluster.some((other) => allows(other, group, at.text)))) continue;
        const hint = 'Grant it with a ClusterRole and a ClusterRoleBinding.';
        report(of, at.path, `"${name}" are in no namespace, and a Role is for one`, hint);
      }
    }
  },
};
