import { formatId, type Manifest } from '../../../manifest/manifest';
import type { Rule } from '../../rule';
import type { Cluster } from '../../../graph/cluster';
import { Field } from '../../../manifest/field';
import type { Pods } from '../../../graph/pods';
import { ingressPolicies, type Policy } from '../../../graph/policies';
import { mayBeOutside } from '../../../graph/policy-peers';
import { brokenPolicies, isAboutPort, portOf, type Port } from '../../../graph/policy-ports';
import { referencesIn } from '../../../graph/references';
import { serviceOf } from '../../../graph/services';

export const networkPolicyBlocksRoute: Rule = {
  name: 'wiring/network-policy-blocks-route',
  severity: 'error',
  about:
    'Finds NetworkPolicies that let only pods of their namespace connect to pods behind an Ingress, a route or a load balancer.',
  why: 'Requests from outside come from a controller or a node; they are blocked and time out.',
  run(cluster, report) {
    const broken = brokenPolicies(cluster);
    const reported = new Set<Manifest>();
    for (const { by, pods, port } of openEnds(cluster)) {
      const closing = ingressPolicies(cluster).get(pods.manifest) ?? [];
      const [first] = closing;
      if (
        first === undefined ||
        reported.has(first.manifest) ||
        closing.some(({ manifest }) => broken.has(manifest))
      )
        continue;
      if (closing.some((policy) => letsOutsidersIn(policy, pods, port))) continue;
      reported.add(first.manifest);
      const message = `blocks traffic from outside to port ${port.number}/${port.protocol} of ${formatId(pods.manifest.id)}, which ${formatId(by.id)} exposes`;
      report(
        first.manifest,
        'spec.ingress',
        message,
        'Allow the port without peers, or from the namespace of the controller.',
      );
    }
  },
};

/** Peers in other namespaces and IP blocks may be a controller or a node; the pods of this namespace are known. */
function letsOutsidersIn({ rules }: Policy, pods: Pods, port: Port): boolean {
  return (rules.ingress ?? []).some(
    (rule) => isAboutPort(rule, pods, port) && (rule.peers.length === 0 || rule.peers.some(mayBeOutside)),
  );
}

interface OpenEnd {
  readonly by: Manifest;
  readonly pods: Pods;
  readonly port: Port;
}

/** The ports of pods that are exposed outside the cluster. */
function openEnds(cluster: Cluster): OpenEnd[] {
  const exposed = [...cluster.set].filter(isExposed).map((service) => endsOf(cluster, service, service));
  const routed = referencesIn(cluster).references.map((reference) => {
    if (reference.type !== 'names' || reference.found?.id.kind !== 'Service') return [];
    if (reference.role !== 'ingress-backend' && reference.role !== 'route-backend') return [];
    return endsOf(cluster, reference.found, reference.from, reference.part?.value);
  });
  return [...exposed, ...routed].flat();
}

function isExposed({ id, object }: Manifest): boolean {
  const type = Field.root(object).at('spec', 'type').text;
  return id.apiVersion === 'v1' && id.kind === 'Service' && ['LoadBalancer', 'NodePort'].includes(type);
}

function endsOf(cluster: Cluster, service: Manifest, by: Manifest, wanted?: string | number): OpenEnd[] {
  const pods = serviceOf(cluster, service)?.pods ?? [];
  return Field.root(service.object)
    .list('spec', 'ports')
    .filter((at) => wanted === undefined || [at.at('name').value, at.at('port').value].includes(wanted))
    .flatMap((at) => {
      const target = at.at('targetPort').value ?? at.at('port').value;
      return pods.flatMap((each) => {
        const port = portOf(each, target, at.at('protocol').text || 'TCP');
        return port === undefined ? [] : [{ by, pods: each, port }];
      });
    });
}
