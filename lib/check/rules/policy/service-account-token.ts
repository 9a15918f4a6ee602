import { podsOf } from '../../../graph/pods';
import type { Rule } from '../../rule';
import { accountOf, isGranted } from '../../../graph/accounts';

/** Source: the ServiceAccount admission plugin; the pod's own word counts before that of its account. */
export const serviceAccountToken: Rule = {
  name: 'policy/service-account-token',
  severity: 'warning',
  about: 'Finds pods that carry a token for the API server with which they may do nothing.',
  why: 'Whoever breaks in finds a login to the cluster, and a binding made later for another purpose gives it rights.',
  run(cluster, report) {
    for (const template of podsOf(cluster)) {
      const { manifest, spec, namespace } = template;
      const mount = spec.child('automountServiceAccountToken');
      const account = accountOf(cluster, template);
      const ofAccount = account?.root.child('automountServiceAccountToken');
      const name = spec.child('serviceAccountName').text || spec.child('serviceAccount').text || 'default';
      if (mount.value === false || (!mount.isSet && ofAccount?.value === false)) continue;
      // What an account that is not here may do is not known.
      if (account === undefined && name !== 'default') continue;
      if (isGranted(cluster, namespace, name)) continue;
      const message = `carries a token of the service account "${name}", which nothing is granted to`;
      report(manifest, mount.path, message, 'Write automountServiceAccountToken: false.');
    }
  },
};
