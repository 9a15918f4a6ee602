import { formatId, type Manifest } from '../../../manifest/manifest';
import type { Rule } from '../../rule';
import { blockedEnds } from '../../../graph/blocked-ends';
import { policyMaker } from '../../../graph/policies';

export const networkPolicyBlocksRoute: Rule = {
  name: 'wiring/network-policy-blocks-route',
  severity: 'error',
  about:
    'Finds NetworkPolicies that let only pods of their namespace connect to pods behind an Ingress, a route or a load balancer.',
  why: 'Requests from outside come from a controller or a node; they are blocked and time out.',
  run(cluster, report) {
    const reported = new Set<Manifest>();
    for (const { by, pods, port, policy: first, isBroken } of blockedEnds(cluster)) {
      if (isBroken || reported.has(first)) continue;
      reported.add(first);
      const message = `blocks traffic from outside to port ${port.number}/${port.protocol} of ${formatId(pods.manifest.id)}, which ${formatId(by.id)} exposes`;
      const maker = policyMaker(cluster, pods.namespace, first);
      const hint = 'Allow the port without peers, or from the namespace of the controller.';
      if (maker === undefined) report(first, 'spec.ingress', message, hint);
      else {
        const doubt = `${formatId(maker.id)} may create a policy that allows it`;
        report(first, 'spec.ingress', `${message}, but ${doubt}`, hint, 'warning');
      }
    }
  },
};
