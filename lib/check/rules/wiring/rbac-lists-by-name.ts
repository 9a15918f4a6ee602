import type { Rule } from '../../rule';
import { grantsOf } from '../../../graph/grants';

export const rbacListsByName: Rule = {
  name: 'wiring/rbac-lists-by-name',
  severity: 'warning',
  about: 'Finds rules of roles that allow objects by name to be listed or watched.',
  why: 'They match only requests with the field selector metadata.name=<name>; most clients list without, and are refused.',
  run(cluster, report) {
    for (const { of, names, verbs } of grantsOf(cluster)) {
      const verb =
        names.length === 0 ? undefined : verbs.find(({ text }) => text === 'list' || text === 'watch');
      if (verb === undefined) continue;
      const message = `"${verb.text}" matches resourceNames only with the field selector metadata.name`;
      report(of, verb.path, message, 'Allow it without resourceNames, or leave it out.');
    }
  },
};
