import type { ContainerProps } from '../container/container';
import { portsOf } from '../container/container';
import type { Reporter } from '../../core/problems';

/**
 * Tells of ports of the node that the pod cannot have: on the node's network each port is one of the node, and no two
 * containers get the same. Source: validateContainerPorts, checkHostPortConflicts and ValidateHostNetwork of core/v1.
 */
export function checkHostPorts(
  containers: readonly ContainerProps<unknown>[],
  hostNetwork: boolean,
  report: Reporter,
): void {
  const taken = new Set<string>();
  for (const port of containers.flatMap((container) => portsOf(container))) {
    const { name, port: number, protocol = 'TCP', hostPort = hostNetwork ? number : undefined } = port;
    if (hostPort === undefined) continue;
    const path = `ports.${name}.hostPort`;
    if (hostNetwork && hostPort !== number)
      report({ code: 'INVALID_PORT', path, message: `on the node's network it can only be ${number}` });
    const key = `${hostPort}/${protocol}`;
    if (taken.has(key))
      report({ code: 'DUPLICATE_NAME', path, message: `two containers ask for port ${key} of the node` });
    taken.add(key);
  }
}
