import { blockedEnds, type BlockedEnd } from '../../../graph/blocked-ends';
import type { Cluster } from '../../../graph/cluster';
import { formatId, identityKey } from '../../../manifest/manifest';
import type { ConsequenceRule, Step, Steps } from '../rule';
import { kindOf } from '../words';
import { POLICY } from './connection-causes';

/** Pods that requests from outside reached so far, and that new or changed policies cut off. */
export const outside: ConsequenceRule = {
  kind: 'traffic',
  about:
    'Network policies cut off pods behind an Ingress, a route or a load balancer from traffic from outside, or let it in again.',
  run(steps, report) {
    const policies = changedPolicies(steps);
    if (policies.length === 0) return;
    const { before, after } = steps;
    for (const end of endsOnlyIn(after, before)) {
      const step = stepOf(end, policies, 'after');
      if (step !== undefined) report(step, isService(end) ? 'error' : 'warning', sentence(end));
    }
    for (const end of endsOnlyIn(before, after)) {
      const step = stepOf(end, policies, 'before');
      if (step !== undefined) report(step, 'info', opened(end));
    }
  },
};

/** What is blocked in one of two clusters that have both ends, each once. */
function endsOnlyIn(some: Cluster, other: Cluster): readonly BlockedEnd[] {
  const there = new Set([...other.set].map(({ id }) => identityKey(id)));
  const blocked = new Set(blockedEnds(other).map(keyOf));
  const ends = blockedEnds(some).filter(
    (end) =>
      !blocked.has(keyOf(end)) && [end.pods.manifest, end.by].every(({ id }) => there.has(identityKey(id))),
  );
  return [...new Map(ends.toReversed().map((end) => [keyOf(end), end])).values()].toReversed();
}

/** The change of the policy that blocks an end on its side, or of another policy around it. */
function stepOf(
  { policy }: BlockedEnd,
  policies: readonly Step[],
  side: 'before' | 'after',
): Step | undefined {
  return (
    policies.find(({ change }) => change[side] === policy) ??
    policies.find(({ change }) => change.id.namespace === policy.id.namespace)
  );
}

function changedPolicies({ steps }: Steps): Step[] {
  return steps.filter(
    (step) => kindOf(step) === POLICY && step.change.effect !== 'none' && step.change.effect !== 'rejected',
  );
}

function keyOf({ pods, port }: BlockedEnd): string {
  return `${identityKey(pods.manifest.id)} ${port.number}/${port.protocol}`;
}

function isService({ by }: BlockedEnd): boolean {
  return by.id.kind === 'Service';
}

function opened(end: BlockedEnd): string {
  const { by, pods, port } = end;
  const from = isService(end) ? 'the cluster' : 'the namespace';
  return `Network policies now let traffic from outside ${from} reach ${formatId(pods.manifest.id)} on ${port.number}/${port.protocol}, which ${formatId(by.id)} exposes.`;
}

/** Where the pods of a controller run is not known: it can be one of those that the policies let in. */
function sentence(end: BlockedEnd): string {
  const { by, pods, port } = end;
  const name = formatId(by.id);
  const to = `${formatId(pods.manifest.id)} on ${port.number}/${port.protocol}`;
  const way = 'Allow the port from everywhere, or from the namespace of the controller.';
  if (isService(end))
    return `Network policies no longer let traffic from outside the cluster reach ${to}, which ${name} exposes. Allow the port from everywhere, or from the addresses of the clients.`;
  return `Network policies no longer let traffic from outside the namespace reach ${to}, which ${name} exposes: requests time out, unless the pods of its controller are among those that the policies let in. ${way}`;
}
