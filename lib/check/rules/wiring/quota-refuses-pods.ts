import type { Cluster } from '../../../graph/cluster';
import { podMutatorOf } from '../../../graph/mutators';
import { NamespaceUse, type Counted } from '../../../graph/namespace-use';
import { podsOf, type Pods } from '../../../graph/pods';
import { demandText, unmetDemand } from '../../../graph/quota-demands';
import { canonical } from '../../../kube/quantity';
import { formatId } from '../../../manifest/manifest';
import type { Report, Rule } from '../../rule';

export const quotaRefusesPods: Rule = {
  name: 'wiring/quota-refuses-pods',
  severity: 'error',
  about:
    'Finds pods that a ResourceQuota of their namespace does not let in: they do not say what it limits, or the workloads together take more than it allows, at the fewest replicas they have. A warning where a webhook may change what they ask for.',
  why: 'The API server accepts the workloads, and the pods beyond the quota cannot be created.',
  run(cluster, report) {
    const use = new NamespaceUse(cluster, new Set());
    const byNamespace = new Map<string, Pods[]>();
    for (const pods of podsOf(cluster)) {
      if (pods.isOperated) continue;
      demanded(cluster, pods, report);
      byNamespace.set(pods.namespace, [...(byNamespace.get(pods.namespace) ?? []), pods]);
    }
    for (const [namespace, all] of byNamespace)
      for (const counted of use.limitsIn(namespace)) exceeded(cluster, use, counted, all, report);
  },
};

function demanded(cluster: Cluster, pods: Pods, report: Report): void {
  const demand = unmetDemand(cluster, pods.namespace, pods.spec.record);
  if (demand === undefined) return;
  const { path } = pods.spec.child('containers');
  const told = `${formatId(demand.quota.manifest.id)} refuses the pods: ${demandText(demand)}`;
  tell(cluster, pods, path, told, 'Set them, or let a LimitRange of the namespace give defaults.', report);
}

/** The tightest limit of a resource is told once, with the workload that takes the most of it. */
function exceeded(
  cluster: Cluster,
  use: NamespaceUse,
  counted: Counted,
  all: readonly Pods[],
  report: Report,
): void {
  const [tightest] = counted.limits;
  const [first] = all;
  if (tightest === undefined || first === undefined) return;
  const { hard, quota } = tightest;
  const taken = use.takenIn(first.namespace, counted);
  if (taken <= hard.nanos) return;
  const ownOf = ({ spec, namespace, manifest }: Pods): bigint =>
    use.amountOf(spec.record, namespace, counted) * BigInt(use.replicasOf(manifest));
  const largest = all.reduce((most, pods) => (ownOf(pods) > ownOf(most) ? pods : most), first);
  const own = ownOf(largest);
  // What is in the cluster already takes it: nothing here asks for more.
  if (own === 0n) return;
  const amount = (nanos: bigint): string => canonical({ ...hard, nanos });
  const share = own === taken ? 'its pods take' : `the pods of the namespace take ${amount(taken)}, its own`;
  const told = `${formatId(quota.manifest.id)} allows ${counted.resource} ${canonical(hard)}, and ${share} ${amount(own)}: some cannot be created`;
  const hint = 'Ask for less, run fewer replicas, or raise the quota.';
  tell(cluster, largest, largest.spec.child('containers').path, told, hint, report);
}

function tell(
  cluster: Cluster,
  pods: Pods,
  path: string,
  message: string,
  hint: string,
  report: Report,
): void {
  const mutator = podMutatorOf(cluster, pods);
  if (mutator === undefined) report(pods.manifest, path, message, hint);
  else report(pods.manifest, path, `${message}; ${formatId(mutator.id)} may change that`, hint, 'warning');
}
