import type { Rule } from '../../rule';
import { isClosed } from '../../../kube/rbac/resources';
import { resourceRules } from '../../../graph/role-rules';
import { choice } from '../../../graph/describe';
import { REQUEST_VERBS, verbMeantBy } from '../../../kube/rbac/verbs';

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
    'Finds role rules with an unknown verb: an error where it is a verb with a slip, such as lsit or Get; a warning for others, such as read, in groups of Kubernetes. Other groups may have verbs of their own.',
  why: 'No request has the verb, so the intended access is forbidden. Only an application that asks the API server about permissions (SubjectAccessReview) may know verbs of its own.',
  run(cluster, report) {
    for (const { manifest, groups, verbs } of resourceRules(cluster)) {
      const areClosed = groups.every(isClosed);
      for (const { text, path } of verbs) {
        if (text === '' || REQUEST_VERBS.includes(text) || MORE.has(text)) continue;
        const near = verbMeantBy(text);
        const message = `unknown verb "${text}"`;
        if (near !== undefined) report(manifest, path, message, `Did you mean "${near}"?`);
        else if (areClosed)
          report(
            manifest,
            path,
            `no request has verb "${text}", but an application may ask for it in a SubjectAccessReview`,
            `Use ${choice(REQUEST_VERBS)}.`,
            'warning',
          );
      }
    }
  },
};
