import type { Rule } from '../../rule';
import type { Cluster } from '../../../graph/cluster';
import { resourcesOf } from '../../../graph/api-resources';
import {
  grants,
  resourceRules,
  rulesBeside,
  rulesBesideOver,
  type RoleRule,
} from '../../../graph/role-rules';
import { NAMELESS_VERBS } from '../../../kube/rbac/verbs';
import type { Manifest } from '../../../manifest/manifest';

export const rbacNamesUnmatched: Rule = {
  name: 'wiring/rbac-names-unmatched',
  severity: 'error',
  about:
    'Finds role rules that allow create or deletecollection with resourceNames. Not where patch is allowed for the same names: server-side apply creates objects by their name.',
  why: 'A POST request and a request for a collection name no object, so the rule never matches them and they are forbidden.',
  run(cluster, report) {
    const known = resourcesOf(cluster);
    const nameless = new Map<Manifest, ReadonlySet<string>>();
    for (const rule of resourceRules(cluster)) {
      const { manifest, groups, names, resources, verbs } = rule;
      // Requests for a subresource name its object: pods/exec.
      if (names.length === 0 || resources.some(({ text }) => text.includes('/') || text === '*')) continue;
      // An aggregated API may ask with a name of its own making.
      if (!groups.every((group) => resources.every(({ text }) => known.has(`${group}/${text}`)))) continue;
      const applies = verbs.some(({ text }) => text === 'patch') || isPatched(cluster, rule);
      const verb = verbs.find(({ text }) => NAMELESS_VERBS.includes(text) && !(text === 'create' && applies));
      if (verb === undefined) continue;
      const granted = nameless.get(manifest) ?? grantedToAll(rulesBeside(cluster, rule));
      nameless.set(manifest, granted);
      if (isGranted(granted, rule, verb.text)) continue;
      report(
        manifest,
        verb.path,
        MESSAGES[verb.text] ?? '',
        'Allow it in a separate rule without resourceNames.',
      );
    }
  },
};

const MESSAGES: Readonly<Record<string, string>> = {
  create: 'a POST request names no object, so verb "create" never matches resourceNames',
  deletecollection: 'verb "deletecollection" names no object, so resourceNames never match',
};

/**
 * Whether another rule allows to patch the same objects. A patch that creates its object needs the verb create as well, and
 * that request names it (apiserver `pkg/endpoints/handlers/patch.go`).
 */
function isPatched(cluster: Cluster, rule: RoleRule): boolean {
  const { groups, resources, names } = rule;
  for (const other of rulesBesideOver(cluster, rule)) {
    if (!other.verbs.some(({ text }) => text === 'patch' || text === '*')) continue;
    const others = new Set(other.names.map(({ text }) => text));
    if (others.size > 0 && !names.every(({ text }) => others.has(text))) continue;
    if (groups.every((group) => resources.every(({ text }) => grants(other, group, text)))) return true;
  }
  return false;
}

/** What rules without resourceNames grant of the verbs that name no object: verb, group and resource. */
function grantedToAll(rules: readonly RoleRule[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { groups, resources, verbs, names } of rules) {
    if (names.length > 0) continue;
    const granted = NAMELESS_VERBS.filter((verb) => verbs.some(({ text }) => text === verb || text === '*'));
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
