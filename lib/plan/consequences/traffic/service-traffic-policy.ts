import { needsNodePort } from '../../../apiserver/kinds/service-facts';
import { forEachStep, type StepReport } from '../rule';
import { nameOf, oldSpecOf, specOf } from '../words';

/** Source: "Traffic policies" and "Preserving the client source IP" of the Kubernetes documentation. */
export const serviceTrafficPolicy = forEachStep({
  kind: 'traffic',
  about: 'A Service sends traffic only to pods on the node that it arrives at, or no longer only to those.',
  effects: ['updated'],
  objects: ['/Service'],
  look(step, _, report) {
    const [old, spec] = [oldSpecOf(step), specOf(step)];
    const name = nameOf(step);
    if (
      needsNodePort(old) &&
      needsNodePort(spec) &&
      old['externalTrafficPolicy'] !== spec['externalTrafficPolicy']
    )
      external(name, spec, report);
    if (old['internalTrafficPolicy'] !== 'Local' && spec['internalTrafficPolicy'] === 'Local')
      report(
        'warning',
        `${name} sends traffic from inside the cluster only to pods on the node of the caller: callers on nodes without a ready pod get no answer.`,
      );
  },
});

function external(name: string, spec: Readonly<Record<string, unknown>>, report: StepReport): void {
  if (spec['externalTrafficPolicy'] !== 'Local')
    return report(
      'info',
      `Pods behind ${name} see the address of a node instead of that of a client outside.`,
    );
  const isBalanced = spec['type'] === 'LoadBalancer';
  const rest = isBalanced
    ? 'its load balancer has to skip nodes without one'
    : 'nodes without one do not answer';
  report(
    isBalanced ? 'info' : 'warning',
    `${name} sends traffic from outside only to ready pods on the node that it arrives at: ${rest}.`,
  );
}
