import type { Rule } from '../../rule';
import { grantsEvery, resourceRules, rulesBeside, type RoleRule } from '../../../graph/role-rules';
import type { Cluster } from '../../../graph/cluster';

/** Verbs of requests that name no object (apiserver `pkg/endpoints/request`). */
const NAMELESS: readonly string[] = ['create', 'deletecollection'];

export const rbacNamesUnmatched: Rule = {
  name: 'wiring/rbac-names-unmatched',
  severity: 'error',
  about: 'Finds role rules that allow create or deletecollection with resourceNames.',
  why: 'Such requests name no object, so the rule never matches and they are forbidden.',
  run(cluster, report) {
    for (const rule of resourceRules(cluster)) {
      const { manifest, names, resources, verbs } = rule;
      // Requests for a subresource name its object: pods/exec.
      if (names.length === 0 || resources.some(({ text }) => text.includes('/') || text === '*')) continue;
      const verb = verbs.find(({ text }) => NAMELESS.includes(text));
      if (verb === undefined || isGrantedBeside(cluster, rule, verb.text)) continue;
      const message = `verb "${verb.text}" names no object, so resourceNames never match`;
      report(manifest, verb.path, message, 'Allow it in a separate rule without resourceNames.');
    }
  },
};

/** Whether another rule allows the same without resourceNames. */
function isGrantedBeside(cluster: Cluster, rule: RoleRule, verb: string): boolean {
  const nameless = rulesBeside(cluster, rule).filter(({ verbs }) =>
    verbs.some(({ text }) => text === verb || text === '*'),
  );
  return rule.groups.every((group) =>
    rule.resources.every(({ text }) => nameless.some((other) => grantsEvery(other, group, text))),
  );
}
