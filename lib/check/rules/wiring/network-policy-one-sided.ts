import { formatId } from '../../../manifest/manifest';
import type { Rule, Report } from '../../rule';
import type { Cluster } from '../../../graph/cluster';
import { isBlockedCall } from '../../../graph/hosts/blocked-calls';
import { IngressSide } from '../../../graph/ingress-side';
import type { Pods } from '../../../graph/pods';
import { policiesOf, policyMaker, type Policy, type PolicyRule } from '../../../graph/policies';
import { peersOf } from '../../../graph/policy-peers';
import { brokenPolicies, portOf, type Port } from '../../../graph/policy-ports';
import { worldOf } from '../../../graph/references';

/** A policy for more workloads than these is not about single connections. */
const MOST_PEERS = 20;

export const networkPolicyOneSided: Rule = {
  name: 'wiring/network-policy-one-sided',
  severity: 'error',
  about:
    'Finds connections to a port that the egress policy of one side allows and the ingress policies of the other side block.',
  why: 'Both sides must allow a connection; this one times out.',
  run(cluster, report) {
    const broken = brokenPolicies(cluster);
    const side = new IngressSide(cluster);
    for (const policy of policiesOf(cluster)) {
      if (broken.has(policy.manifest) || policy.isForAll || policy.pods.length > MOST_PEERS) continue;
      for (const rule of policy.rules.egress ?? []) checkRule(cluster, side, policy, rule, report);
    }
  },
};

function checkRule(
  cluster: Cluster,
  side: IngressSide,
  policy: Policy,
  rule: PolicyRule,
  report: Report,
): void {
  const called = peersOf(worldOf(cluster), policy, rule) ?? [];
  if (called.length > MOST_PEERS) return;
  for (const to of called) {
    const first = side.firstFor(to);
    if (first === undefined) continue;
    for (const { port, from } of refused(cluster, side, policy, rule, to)) {
      const caller = formatId(from.manifest.id);
      const message = `blocks ${caller} on port ${port.number}/${port.protocol}, which ${formatId(policy.manifest.id)} allows it to call`;
      const maker = policyMaker(cluster, to.namespace, first);
      const hint = 'Allow its labels and this port in spec.ingress.';
      if (maker === undefined) report(first, 'spec.ingress', message, hint);
      else {
        const doubt = `${formatId(maker.id)} may create a policy that allows it`;
        report(first, 'spec.ingress', `${message}, but ${doubt}`, hint, 'warning');
      }
    }
  }
}

/**
 * The ports of `to` that the rule allows and the policies of the other side block, with the first caller. Of callers whose
 * texts show the call, wiring/connection-blocked tells.
 */
function refused(
  cluster: Cluster,
  side: IngressSide,
  policy: Policy,
  rule: PolicyRule,
  to: Pods,
): { readonly port: Port; readonly from: Pods }[] {
  return rule.ports.flatMap((at) => {
    const port = portOf(to, at.at('port').value, at.at('protocol').text || 'TCP');
    if (port === undefined) return [];
    const from = policy.pods.find(
      (pods) => !side.letsIn(pods, to, port) && !isBlockedCall(cluster, pods, { to, port }),
    );
    return from === undefined ? [] : [{ port, from }];
  });
}
