import type { Rule } from '../../rule';
import { allows, grantsBeside, grantsOf, type Grant } from '../../../graph/grants';
import type { Cluster } from '../../../graph/cluster';

/** Requests that name no object (apiserver `pkg/endpoints/request`): a new one, or a whole collection. */
const NAMELESS: readonly string[] = ['create', 'deletecollection'];

export const rbacNamesUnmatched: Rule = {
  name: 'wiring/rbac-names-unmatched',
  severity: 'error',
  about: 'Finds rules of roles that allow objects by name to be created, or deleted as a collection.',
  why: 'Such requests name no object, so that the rule never matches them, and they are refused.',
  run(cluster, report) {
    for (const grant of grantsOf(cluster)) {
      const { of, names, resources, verbs } = grant;
      // A subresource is created below an object that has a name: pods/exec.
      if (names.length === 0 || resources.some(({ text }) => text.includes('/') || text === '*')) continue;
      const verb = verbs.find(({ text }) => NAMELESS.includes(text));
      if (verb === undefined || isGrantedBeside(cluster, grant, verb.text)) continue;
      const message = `"${verb.text}" never has a name, so that resourceNames never match it`;
      report(of, verb.path, message, 'Allow it in a rule of its own without resourceNames.');
    }
  },
};

/** Whether another rule allows the same without names, as it should. */
function isGrantedBeside(cluster: Cluster, grant: Grant, verb: string): boolean {
  const nameless = grantsBeside(cluster, grant).filter(({ verbs }) =>
    verbs.some(({ text }) => text === verb || text === '*'),
  );
  return grant.groups.every((group) =>
    grant.resources.every(({ text }) => nameless.some((other) => allows(other, group, text))),
  );
}
