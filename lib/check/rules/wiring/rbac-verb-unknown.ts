import { nearest } from '../../../errors';
import type { Rule } from '../../rule';
import { grantsOf, resourcesOf } from '../../../graph/grants';
import { choice } from '../../../graph/words';

/** Verbs of requests for resources (apiserver `pkg/endpoints/request` RequestInfo). */
const VERBS = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection'];

/** Verbs that stand for a permission of their own: RBAC, impersonation, signers, pod security, tokens, proxies. */
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
    'Finds rules of roles with a verb that no request has: read, write, Get. Groups that nobody here defines are left alone.',
  why: 'The rule is accepted and never matches anything, so that the access that was meant is refused.',
  run(cluster, report) {
    const groups = new Set([...resourcesOf(cluster).values()].map(({ group }) => group));
    for (const { of, groups: named, verbs } of grantsOf(cluster)) {
      if (!named.every((group) => groups.has(group))) continue;
      for (const { text, path } of verbs) {
        if (text === '' || VERBS.includes(text) || MORE.has(text)) continue;
        const near = nearest(text, VERBS);
        const hint = near === undefined ? `There are ${choice(VERBS)}.` : `Did you mean "${near}"?`;
        report(of, path, `no request has the verb "${text}"`, hint);
      }
    }
  },
};
