import { SELECTING_VERBS } from '../../../kube/rbac/verbs';
import type { Rule } from '../../rule';
import { resourceRules } from '../../../graph/role-rules';

export const rbacListsByName: Rule = {
  name: 'wiring/rbac-lists-by-name',
  severity: 'warning',
  about: 'Finds role rules that allow list or watch with resourceNames.',
  why: 'They match only requests with the field selector metadata.name=<name>; most clients list without it and are forbidden.',
  run(cluster, report) {
    for (const { manifest, names, verbs } of resourceRules(cluster)) {
      const verb = names.length === 0 ? undefined : verbs.find(({ text }) => SELECTING_VERBS.includes(text));
      if (verb === undefined) continue;
      const message = `verb "${verb.text}" matches resourceNames only with the field selector metadata.name`;
      report(manifest, verb.path, message, 'Allow it without resourceNames, or remove it.');
    }
  },
};
