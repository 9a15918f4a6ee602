import { formatId } from '../../../manifest/manifest';
import type { Rule, Report } from '../../rule';
import type { Cluster } from '../../../graph/cluster';
import type { Pods } from '../../../graph/pods';
import { ingressPolicies, policiesOf, type Policy, type PolicyRule } from '../../../graph/policies';
import { isPeer, peersOf } from '../../../graph/policy-peers';
import { brokenPolicies, isAboutPort, portOf, type Port } from '../../../graph/policy-ports';
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
    for (const policy of policiesOf(cluster)) {
      if (broken.has(policy.manifest) || policy.isForAll || policy.pods.length > MOST_PEERS) continue;
      for (const rule of policy.rules.egress ?? []) checkRule(cluster, policy, rule, report);
    }
  },
};

function checkRule(cluster: Cluster, policy: Policy, rule: PolicyRule, report: Report): void {
  const called = peersOf(worldOf(cluster), policy, rule) ?? [];
  if (called.length > MOST_PEERS) return;
  for (const to of called) {
    const closing = ingressPolicies(cluster).get(to.manifest) ?? [];
    const [first] = closing;
    if (first === undefined || closing.some(({ manifest }) => brokenPolicies(cluster).has(manifest)))
      continue;
    for (const { port, from } of refused(cluster, policy, rule, to, closing)) {
      const caller = formatId(from.manifest.id);
      const message = `blocks ${caller} on port ${port.number}/${port.protocol}, which ${formatId(policy.manifest.id)} allows it to call`;
      report(first.manifest, 'spec.ingress', message, 'Allow its labels and this port in spec.ingress.');
    }
  }
}

/** The ports of `to` that the rule allows and the policies of the other side block, with the first caller. */
function refused(
  cluster: Cluster,
  policy: Policy,
  rule: PolicyRule,
  to: Pods,
  closing: readonly Policy[],
): { readonly port: Port; readonly from: Pods }[] {
  const world = worldOf(cluster);
  return rule.ports.flatMap((at) => {
    const port = portOf(to, at.at('port').value, at.at('protocol').text || 'TCP');
    if (port === undefined) return [];
    const isLetIn = (from: Pods): boolean =>
      closing.some(({ namespace, rules }) =>
        (rules.ingress ?? []).some(
          (each) =>
            isAboutPort(each, to, port) &&
            (each.peers.length === 0 || each.peers.some((peer) => isPeer(world, namespace, peer, from))),
        ),
      );
    const from = policy.pods.find((pods) => !isLetIn(pods));
    return from === undefined ? [] : [{ port, from }];
  });
}
