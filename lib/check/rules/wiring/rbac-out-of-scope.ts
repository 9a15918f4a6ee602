import type { Rule } from '../../rule';
import { resourcesOf } from '../../../graph/api-resources';
import { grantsEvery, resourceRules, rulesBeside } from '../../../graph/role-rules';

/** Verbs of requests for resources, whose scope is that of the resource (apiserver `pkg/endpoints/request`). */
const REQUESTS: ReadonlySet<string> = new Set(
  '*,get,list,watch,create,update,patch,delete,deletecollection'.split(','),
);

export const rbacOutOfScope: Rule = {
  name: 'wiring/rbac-out-of-scope',
  severity: 'error',
  about: 'Finds rules of a Role for cluster-scoped resources, such as nodes.',
  why: 'A Role grants access within its namespace, so the rule never matches.',
  run(cluster, report) {
    const known = resourcesOf(cluster);
    for (const rule of resourceRules(cluster)) {
      const { manifest, groups, resources } = rule;
      if (manifest.id.kind !== 'Role') continue;
      for (const at of resources) {
        const [name = ''] = at.text.split('/');
        const found = groups.flatMap((group) => known.get(`${group}/${name}`) ?? []);
        if (found.length === 0 || found.some(({ isNamespaced }) => isNamespaced)) continue;
        // A request for a Namespace counts as inside it (RequestInfo of apiserver).
        if (name === 'namespaces') continue;
        // Other verbs are asked for in a namespace: `use` of a PodSecurityPolicy, in that of the pod.
        if (rule.verbs.every(({ text }) => !REQUESTS.has(text))) continue;
        const ofCluster = rulesBeside(cluster, rule).filter(
          (other) => other.manifest.id.kind === 'ClusterRole',
        );
        if (found.every(({ group }) => ofCluster.some((other) => grantsEvery(other, group, at.text))))
          continue;
        const hint = 'Use a ClusterRole and a ClusterRoleBinding.';
        report(
          manifest,
          at.path,
          `"${name}" is cluster-scoped, and a Role grants access within a namespace`,
          hint,
        );
      }
    }
  },
};
