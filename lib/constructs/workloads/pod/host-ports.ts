import type { ContainerProps } from '../container/container';
import { portsOf } from '../container/container';
import type { Reporter } from '../../core/problems';
import { isRecord, shown } from '../../core/props';

/**
 * Reports ports of the node that the pod cannot use: with hostNetwork each port is one of the node, and no two containers
 * may use the same. Source: validateContainerPorts, checkHostPortConflicts and ValidateHostNetwork of core/v1.
 */
export function checkHostPorts(
  containers: readonly ContainerProps<unknown>[],
  hostNetwork: boolean,
  report: Reporter,
): void {
  const taken = new Set<string>();
  const taking = hostNetwork ? containers : containers.filter(takesHostPort);
  for (const port of taking.flatMap((container) => portsOf(container))) {
    const { name, port: number, protocol = 'TCP', hostPort = hostNetwork ? number : undefined } = port;
    if (hostPort === undefined) continue;
    const path = `ports.${name}.hostPort`;
    if (hostNetwork && hostPort !== number)
      report({
        code: 'INVALID_PORT',
        path,
        message: `Invalid value: ${shown(hostPort)}: must be ${number} with hostNetwork`,
      });
    const key = `${hostPort}/${protocol}`;
    if (taken.has(key))
      report({
        code: 'DUPLICATE_NAME',
        path,
        message: `Duplicate value: "${key}": another container uses this port of the node`,
      });
    taken.add(key);
  }
}

/** Most containers have no port of the node: of those, no names of ports need to be found. */
function takesHostPort({ port, ports = {} }: ContainerProps<unknown>): boolean {
  return [port, ...Object.values(ports)].some((each) => isRecord(each) && 'hostPort' in each);
}
