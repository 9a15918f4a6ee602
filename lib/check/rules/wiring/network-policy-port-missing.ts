import type { Rule } from '../../rule';
import type { Cluster } from '../../../graph/cluster';
import { policyPorts, type ForeignPort } from '../../../graph/policy-ports';
import { portDoubt } from '../../../graph/port-doubt';
import { declaredPorts } from '../../../graph/ports';
import { makersOf } from '../../../graph/selections';
import { listObjects } from '../../../graph/describe';
import { formatId, type Manifest } from '../../../manifest/manifest';
import { servicesOf } from '../../../graph/services';

export const networkPolicyPortMissing: Rule = {
  name: 'wiring/network-policy-port-missing',
  severity: 'error',
  about:
    'Finds NetworkPolicy ports that no container of the affected pods has: an error for a name, or for the port of a Service that leads to another one; for information only for other numbers.',
  why: 'Policies use ports of pods, not of Services: the intended port stays blocked. A container may listen at a number that it does not declare.',
  run(cluster, report) {
    for (const foreign of policyPorts(cluster)) {
      const { policy, at, pods } = foreign;
      const protocol = at.beside('protocol')?.text || 'TCP';
      const port = `${protocol} port "${String(at.value)}"`;
      const who = listObjects(makersOf(pods));
      const { hint } = declaredPorts(pods);
      if (typeof at.value !== 'number') {
        const from = policy.manifest;
        const doubt = portDoubt(cluster, pods, declaredPorts(pods), { name: at.text, from });
        const message = `no container of ${who} has ${port}`;
        if (doubt === undefined) report(from, at.path, message, hint);
        else report(from, at.path, `${message}, but ${doubt}`, hint, 'warning');
        continue;
      }
      const service = confusedWith(cluster, foreign, at.value);
      const message = `no container of ${who} declares ${port}`;
      if (service === undefined) report(policy.manifest, at.path, message, hint, 'info');
      else report(policy.manifest, at.path, `${message}: it is a port of ${formatId(service.id)}`, hint);
    }
  },
};

/** The Service of the pods that has a port of this number, which leads to another one of theirs that the policy leaves out. */
function confusedWith(cluster: Cluster, { policy, pods }: ForeignPort, number: number): Manifest | undefined {
  const rules = [...(policy.rules.ingress ?? []), ...(policy.rules.egress ?? [])];
  const isOpen = (target: unknown): boolean =>
    rules.some(
      ({ ports }) => ports.length === 0 || ports.some((each) => each.child('port').value === target),
    );
  const services = pods.flatMap((each) => servicesOf(cluster, each).flat());
  return services.find(({ root }) =>
    root.list('spec', 'ports').some((port) => {
      const target = port.at('targetPort');
      const leads = port.at('port').value === number && target.isSet && target.value !== number;
      return leads && !isOpen(target.value);
    }),
  )?.manifest;
}
