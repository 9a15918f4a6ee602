import { nearest } from '../../../errors';
import type { Rule } from '../../rule';
import { resourcesOf } from '../../../graph/api-resources';
import { resourceRules } from '../../../graph/role-rules';
import { choice } from '../../../graph/describe';

/** Verbs of requests for resources (apiserver `pkg/endpoints/request` RequestInfo). */
const VERBS = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection'];

/** Special verbs: RBAC, impersonation, signers, pod security, tokens, proxies. */
const MORE: ReadonlySet<string> = new Set([
  '*',
  'approve',
  'attest',
  'bind',
  'escalate',
  'impersonate',
  'proxy',
  'request-serviceaccounts-token-audience',
  'sign',
  'use',
]);

export const rbacVerbUnknown: Rule = {
  name: 'wiring/rbac-verb-unknown',
  severity: 'error',
  about:
    'Finds role rules with an unknown verb, such as read, write or Get. Ignores API groups that are not known.',
  why: 'The rule is accepted but never matches, so the intended access is forbidden.',
  run(cluster, report) {
    const groups = new Set([...resourcesOf(cluster).values()].map(({ group }) => group));
    for (const { manifest, groups: named, verbs } of resourceRules(cluster)) {
      if (!named.every((group) => groups.has(group))) continue;
      for (const { text, path } of verbs) {
        if (text === '' || VERBS.includes(text) || MORE.has(text)) continue;
        const near = nearest(text, VERBS);
        const hint = near === undefined ? `Use ${choice(VERBS)}.` : `Did you mean "${near}"?`;
        report(manifest, path, `unknown verb "${text}"`, hint);
      }
    }
  },
};
