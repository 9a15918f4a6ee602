import { closedDns, withoutDns } from '../../../graph/dns';
import { listObjects } from '../../../graph/describe';
import type { Cluster } from '../../../graph/cluster';
import { podsByOwner } from '../../../graph/pods';
import { grouped } from '../../../kube/grouped';
import { identityKey, type Manifest } from '../../../manifest/manifest';
import type { ConsequenceRule, Report, Step, Steps } from '../rule';
import { kindOf } from '../words';
import { POLICY } from './connection-causes';

/** Pods that exist before and after, and can no longer resolve names; pods that are new are for `check`. */
export const dns: ConsequenceRule = {
  kind: 'traffic',
  about: 'Network policies no longer let pods reach the DNS servers of the cluster.',
  run(steps, report) {
    const changed = steps.steps.filter((step) => kindOf(step) === POLICY && step.change.effect !== 'none');
    if (changed.length === 0) return;
    const causeOf = causesIn(changed);
    ofPods(steps, causeOf, report);
    ofServers(steps, causeOf, report);
  },
};

function ofPods({ before, after }: Steps, causeOf: Causes, report: Report): void {
  const had = new Set([...podsByOwner(before).keys()].map(({ id }) => identityKey(id)));
  for (const { pods } of withoutDns(before)) had.delete(identityKey(pods.manifest.id));
  const lost = withoutDns(after).filter(({ pods }) => had.has(identityKey(pods.manifest.id)));
  const byStep = grouped(lost, ({ policy }) => causeOf(policy.manifest));
  for (const [step, all] of byStep) {
    if (step === undefined) continue;
    const who = listObjects(all.map(({ pods }) => pods.manifest));
    const why = 'no egress rule allows port 53/UDP to a DNS server';
    report(step, 'warning', `Pods of ${who} can no longer resolve names: ${why}.`);
  }
}

function ofServers({ before, after }: Steps, causeOf: Causes, report: Report): void {
  const was = new Map(namespacesOf(before));
  for (const [namespace, { policy, isOpenToSome }] of namespacesOf(after)) {
    if (was.has(namespace)) continue;
    const step = causeOf(policy.manifest);
    if (step === undefined) continue;
    const who = isOpenToSome ? 'Only the peers of its policies can' : 'No pod can';
    const where = `the DNS servers of the cluster in namespace ${namespace}`;
    report(step, 'error', `${who} still reach ${where}: names no longer resolve for others.`);
  }
}

function namespacesOf(cluster: Cluster) {
  return closedDns(cluster).map((closed) => [closed.policy.namespace, closed] as const);
}

type Causes = (policy: Manifest) => Step | undefined;

/** The step that changes a policy, or the first of another policy of its namespace, such as one that is deleted. */
function causesIn(changed: readonly Step[]): Causes {
  const own = new Map(changed.map((step) => [identityKey(step.change.id), step]));
  const first = new Map(changed.toReversed().map((step) => [step.change.id.namespace, step]));
  return ({ id }) => own.get(identityKey(id)) ?? first.get(id.namespace);
}
