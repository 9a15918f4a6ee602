import type { CheckedField } from '../../checked-field';

/** The default of `--service-node-port-range`, which few clusters change. */
const [FIRST, LAST] = [30_000, 32_767];

/**
 * Node ports that a Service requests. The server allocates them one by one before validation, and stops at the first
 * failure. A dry run has no range and accepts any number; a real request does not.
 *
 * @source k8s.io/kubernetes pkg/registry/core/service/storage/alloc.go initNodePorts, Allocators.allocHealthCheckNodePort 1.36
 */
export function allocatePorts(spec: CheckedField): void {
  const type = spec.child('type').text;
  if (type !== 'NodePort' && type !== 'LoadBalancer') return;
  const taken = new Set<number>();
  if (!allocateNodePorts(spec.child('ports').items, taken)) return;
  const [policy, healthPort] = [spec.child('externalTrafficPolicy'), spec.child('healthCheckNodePort')];
  if (type === 'LoadBalancer' && policy.text === 'Local' && healthPort.number !== 0) take(healthPort, taken);
}

/**
 * Ports of one number share a node port, whatever their protocols; any other port that requests it fails.
 *
 * @source k8s.io/kubernetes pkg/registry/core/service/storage/alloc.go Allocators.updateNodePorts, initNodePorts 1.36
 */
function allocateNodePorts(ports: readonly CheckedField[], taken: Set<number>): boolean {
  const wishes = firstWishes(ports);
  const allocated = new Set<number>();
  for (const port of ports) {
    const number = port.child('port').number;
    const wish = wishes.get(number);
    if (wish === undefined) continue;
    const nodePort = port.child('nodePort');
    if (!allocated.has(number)) {
      if (!take(nodePort.holding(wish), taken)) return false;
      allocated.add(number);
    } else if (nodePort.number !== 0 && nodePort.number !== wish && !take(nodePort, taken)) return false;
  }
  return true;
}

/** The first requested node port, by port number. */
function firstWishes(ports: readonly CheckedField[]): ReadonlyMap<number, number> {
  const wishes = new Map<number, number>();
  for (const port of ports) {
    const [number, wish] = [port.child('port').number, port.child('nodePort').number];
    if (wish !== 0 && !wishes.has(number)) wishes.set(number, wish);
  }
  return wishes;
}

function take(nodePort: CheckedField, taken: Set<number>): boolean {
  const { number } = nodePort;
  if (!nodePort.mustBeWithin(FIRST, LAST)) return false;
  if (taken.has(number)) {
    nodePort.invalid(`${number} is taken by another port of this Service`);
    return false;
  }
  taken.add(number);
  return true;
}
