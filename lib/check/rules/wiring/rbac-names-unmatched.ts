import type { Rule } from '../../rule';
import { resourceRules, rulesBeside, type RoleRule } from '../../../graph/role-rules';
import type { Manifest } from '../../../manifest/manifest';

/** Verbs of requests that name no object (apiserver `pkg/endpoints/request`). */
const NAMELESS: readonly string[] = ['create', 'deletecollection'];

export const rbacNamesUnmatched: Rule = {
  name: 'wiring/rbac-names-unmatched',
  severity: 'error',
  about: 'Finds role rules that allow create or deletecollection with resourceNames.',
  why: 'Such requests name no object, so the rule never matches and they are forbidden.',
  run(cluster, report) {
    const nameless = new Map<Manifest, ReadonlySet<string>>();
    for (const rule of resourceRules(cluster)) {
      const { manifest, names, resources, verbs } = rule;
      // Requests for a subresource name its object: pods/exec.
      if (names.length === 0 || resources.some(({ text }) => text.includes('/') || text === '*')) continue;
      const verb = verbs.find(({ text }) => NAMELESS.includes(text));
      if (verb === undefined) continue;
      const granted = nameless.get(manifest) ?? grantedToAll(rulesBeside(cluster, rule));
      nameless.set(manifest, granted);
      if (isGranted(granted, rule, verb.text)) continue;
      const message = `verb "${verb.text}" names no object, so resourceNames never match`;
      report(manifest, verb.path, message, 'Allow it in a separate rule without resourceNames.');
    }
  },
};

/** What rules without resourceNames grant of the verbs that name no object: verb, group and resource. */
function grantedToAll(rules: readonly RoleRule[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { groups, resources, verbs, names } of rules) {
    if (names.length > 0) continue;
    const granted = NAMELESS.filter((verb) => verbs.some(({ text }) => text === verb || text === '*'));
    for (const verb of granted)
      for (const group of groups) for (const { text } of resources) found.add(keyOf(verb, group, text));
  }
  return found;
}

/** Whether another rule allows the same without resourceNames. */
function isGranted(granted: ReadonlySet<string>, { groups, resources }: RoleRule, verb: string): boolean {
  return groups.every((group) =>
    resources.every(
      ({ text }) => granted.has(keyOf(verb, group, text)) || granted.has(keyOf(verb, '*', text)),
    ),
  );
}

function keyOf(verb: string, group: string, resource: string): string {
  return JSON.stringify([verb, group, resource]);
}
