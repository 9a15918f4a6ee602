import { blockedEnds, type BlockedEnd } from '../../../graph/blocked-ends';
import { formatId, identityKey } from '../../../manifest/manifest';
import type { ConsequenceRule, Step, Steps } from '../rule';
import { kindOf } from '../words';
import { POLICY } from './connection-causes';

/** Pods that requests from outside reached so far, and that new or changed policies cut off. */
export const outside: ConsequenceRule = {
  kind: 'traffic',
  about:
    'Network policies cut off pods behind an Ingress, a route or a load balancer from traffic from outside.',
  run(steps, report) {
    const policies = changedPolicies(steps);
    if (policies.length === 0) return;
    const { before, after } = steps;
    const there = new Set([...before.set].map(({ id }) => identityKey(id)));
    const blocked = new Set(blockedEnds(before).map(keyOf));
    const told = new Set<string>();
    for (const end of blockedEnds(after)) {
      const key = keyOf(end);
      const isNew = ![end.pods.manifest, end.by].every(({ id }) => there.has(identityKey(id)));
      if (blocked.has(key) || told.has(key) || isNew) continue;
      told.add(key);
      const step =
        policies.find(({ change }) => change.after === end.policy) ??
        policies.find(({ change }) => change.id.namespace === end.policy.id.namespace);
      if (step !== undefined) report(step, isService(end) ? 'error' : 'warning', sentence(end));
    }
  },
};

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
