import type { Rule } from '../../rule';
import { allows, grantsBeside, grantsOf, type Grant } from '../../../graph/grants';
import type { Cluster } from '../../../graph/cluster';

/** Verbs of requests that name no object (apiserver `pkg/endpoints/request`). */
const NAMELESS: readonly string[] = ['create', 'deletecollection'];

export const rbacNamesUnmatched: Rule = {
  name: 'wiring/rbac-names-unmatched',
  severity: 'error',
  about: 'Finds role rules that allow create or deletecollection with resourceNames.',
  why: 'Such requests name no object, so the rule never matches and they are forbidden.',
  run(cluster, report) {
    for (const grant of grantsOf(cluster)) {
      const { of, names, resources, verbs } = grant;
      // Requests for a subresource name its object: pods/exec.
      if (names.length === 0 || resources.some(({ text }) => text.includes('/') || text === '*')) continue;
      const verb = verbs.find(({ text }) => NAMELESS.includes(text));
      if (verb === undefined || isGrantedBeside(cluster, grant, verb.text)) continue;
      const message = `verb "${verb.text}" names no object, so resourceNames never match`;
      report(of, verb.path, message, 'Allow it in a separate rule without resourceNames.');
    }
  },
};

/** Whether another rule allows the same without resourceNames. */
function isGrantedBeside(cluster: Cluster, grant: Grant, verb: string): boolean {
  const nameless = grantsBeside(cluster, grant).filter(({ verbs }) =>
    verbs.some(({ text }) => text === verb || text === '*'),
  );
  return grant.groups.every((group) =>
    grant.resources.every(({ text }) => nameless.some((other) => allows(other, group, text))),
  );
}
