import { accountName } from '../../../graph/accounts';
import { withoutApiServer, type WithoutApiServer } from '../../../graph/api-server';
import { listObjects } from '../../../graph/describe';
import { grouped } from '../../../kube/grouped';
import type { Rule } from '../../rule';

/** A policy of the cluster that is in no file may allow it, so that this is no proof. */
export const networkPolicyBlocksApiServer: Rule = {
  name: 'wiring/network-policy-blocks-api-server',
  severity: 'warning',
  about:
    'Finds egress policies that let pods connect to nothing that may be the API server, though they mount a token whose ServiceAccount has permissions. It is an info where they may connect to nothing at all.',
  why: 'Requests to the API server time out, so that the permissions are of no use.',
  run(cluster, report) {
    const judged = new Set(cluster.set);
    for (const [{ manifest }, blocked] of grouped(withoutApiServer(cluster), ({ policy }) => policy)) {
      if (!judged.has(manifest)) continue;
      const isShut = blocked.every((each) => each.isShut);
      report(manifest, 'spec.egress', describe(blocked), HINT, isShut ? 'info' : undefined);
    }
  },
};

function describe(blocked: readonly WithoutApiServer[]): string {
  const who = listObjects(blocked.map(({ pods }) => pods.manifest));
  const [first] = [...new Set(blocked.map(({ pods }) => accountName(pods)))];
  return `blocks the API server for ${who}: ServiceAccount "${first ?? ''}" has permissions, and no egress rule allows addresses of the API server on a port such as 443 or 6443`;
}

const HINT =
  'Allow an ipBlock with the addresses and ports that `kubectl get endpointslices kubernetes` prints: the API server is no pod that selectors match.';
