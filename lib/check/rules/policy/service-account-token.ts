import { podsOf } from '../../../graph/pods';
import type { Rule } from '../../rule';
import { accountName, accountOf, isGranted, mountsToken } from '../../../graph/accounts';

/** Source: the ServiceAccount admission plugin; the field of the pod overrides that of its ServiceAccount. */
export const serviceAccountToken: Rule = {
  name: 'policy/service-account-token',
  severity: 'warning',
  about: 'Finds pods that mount an API token without permissions.',
  why: 'An attacker finds credentials for the API server, and a binding made later for another purpose gives them permissions.',
  run(cluster, report) {
    for (const template of podsOf(cluster)) {
      const { manifest, spec, namespace } = template;
      const name = accountName(template);
      if (mountsToken(cluster, template) === false) continue;
      // The permissions of an account outside the set are unknown.
      if (accountOf(cluster, template) === undefined && name !== 'default') continue;
      if (isGranted(cluster, namespace, name)) continue;
      const message = `mounts a token for ServiceAccount "${name}", which has no permissions`;
      report(
        manifest,
        spec.child('automountServiceAccountToken').path,
        message,
        'Set automountServiceAccountToken: false.',
      );
    }
  },
};
