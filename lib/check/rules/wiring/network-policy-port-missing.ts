import type { Rule } from '../../rule';
import type { Cluster } from '../../../graph/cluster';
import { policyPorts, type ForeignPort } from '../../../graph/policy-ports';
import { portDoubt } from '../../../graph/port-doubt';
import { declaredPorts } from '../../../graph/ports';
import type { Policy } from '../../../graph/policies';
import type { Pods } from '../../../graph/pods';
import { makersOf } from '../../../graph/selections';
import { listObjects } from '../../../graph/describe';
import { formatId, type Manifest } from '../../../manifest/manifest';
import { push } from '../../../kube/grouped';
import { servicesOf } from '../../../graph/services';

export const networkPolicyPortMissing: Rule = {
  name: 'wiring/network-policy-port-missing',
  severity: 'error',
  about:
    'Finds NetworkPolicy ports that no container of the affected pods has: an error for a name, or for the port of a Service that leads to another one; for information only for other numbers.',
  why: 'Policies use ports of pods, not of Services: the intended port stays blocked. A container may listen at a number that it does not declare.',
  run(cluster, report) {
    const confused = new ConfusedServices(cluster);
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
      const service = confused.of(foreign, at.value);
      const message = `no container of ${who} declares ${port}`;
      if (service === undefined) report(policy.manifest, at.path, message, hint, 'info');
      else report(policy.manifest, at.path, `${message}: it is a port of ${formatId(service.id)}`, hint);
    }
  },
};

/** Services with a port of the number that a policy names, which leads to another port of theirs that it leaves out. */
class ConfusedServices {
  readonly #cluster: Cluster;
  readonly #open = new Map<Policy, ReadonlySet<unknown> | 'all'>();
  readonly #leading = new Map<readonly Pods[], ReadonlyMap<unknown, readonly Leading[]>>();

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
  }

  /** The first of those that send requests to the pods. */
  of({ policy, pods }: ForeignPort, number: number): Manifest | undefined {
    const open = known(this.#open, policy, () => openPorts(policy));
    if (open === 'all') return undefined;
    const leading = known(this.#leading, pods, () => this.#leadingTo(pods));
    return leading.get(number)?.find(({ target }) => !open.has(target))?.manifest;
  }

  /** The ports of Services that lead to pods at another number, by their own. */
  #leadingTo(pods: readonly Pods[]): ReadonlyMap<unknown, readonly Leading[]> {
    const found = new Map<unknown, Leading[]>();
    for (const { root, manifest } of new Set(pods.flatMap((each) => servicesOf(this.#cluster, each).flat())))
      for (const port of root.list('spec', 'ports')) {
        const [number, target] = [port.at('port').value, port.at('targetPort')];
        if (target.isSet && target.value !== number) push(found, number, { manifest, target: target.value });
      }
    return found;
  }
}

/** A port of a Service, and the port of its pods that it leads to. */
interface Leading {
  readonly manifest: Manifest;
  readonly target: unknown;
}

/** The ports that rules of a policy name. */
function openPorts({ rules }: Policy): ReadonlySet<unknown> | 'all' {
  const open = new Set<unknown>();
  for (const { ports } of [...(rules.ingress ?? []), ...(rules.egress ?? [])]) {
    if (ports.length === 0) return 'all';
    for (const each of ports) open.add(each.child('port').value);
  }
  return open;
}

function known<K, V>(found: Map<K, V>, key: K, make: () => V): V {
  const value = found.get(key) ?? make();
  found.set(key, value);
  return value;
}
