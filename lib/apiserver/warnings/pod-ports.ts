import type { Field } from '../../manifest/field';
import { quoted, type Warnings } from './warning';

/**
 * Ports that containers of a pod declare more than once.
 *
 * @source k8s.io/kubernetes pkg/api/pod/warnings.go warningsForPodSpecAndMeta 1.37
 */
export function podPorts(containers: readonly Field[], warnings: Warnings): void {
  const ports = containers.flatMap((container) => container.list('ports'));
  if (ports.length === 0 || !warnings.since('1.28')) return;
  const earlier = new Map<string, Field[]>();
  for (const port of ports) {
    const [hostIP, hostPort] = [port.child('hostIP').text, port.child('hostPort').number];
    if (hostIP !== '' && hostPort === 0)
      warnings.add(port, `hostIP set without hostPort: ${asGoWrites(port)}`);
    const key = `${port.child('containerPort').number}/${port.child('protocol').text}`;
    const others = earlier.get(key) ?? [];
    for (const other of others) {
      const how = overlap(port, other);
      if (how !== undefined) warnings.add(port, `${how} port definition with ${other.path}`);
    }
    earlier.set(key, [...others, port]);
  }
  if (ports.length > 1 && warnings.since('1.33')) portNames(ports, warnings);
}

/** Two declarations of one port that differ in the address or port of the host. */
function overlap(port: Field, other: Field): string | undefined {
  const [hostIP, otherIP] = [port.child('hostIP').text, other.child('hostIP').text];
  const [hostPort, otherPort] = [port.child('hostPort').number, other.child('hostPort').number];
  if (hostIP === otherIP && hostPort === otherPort) return 'duplicate';
  if (hostPort === 0 || otherPort === 0) return 'overlapping';
  const isOneOpen = (hostIP === '') !== (otherIP === '');
  return hostPort === otherPort && isOneOpen ? 'dangerously ambiguous' : undefined;
}

function portNames(ports: readonly Field[], warnings: Warnings): void {
  const first = new Map<string, string>();
  for (const port of ports) {
    const name = port.child('name').text;
    const other = first.get(name);
    if (other !== undefined) {
      const who = `services and probes that select ports by name will use ${other}`;
      warnings.add(port, `duplicate port name ${quoted(name)} with ${other}, ${who}`);
    } else if (name !== '') first.set(name, port.path);
  }
}

/** A port as Go's `%+v` writes it. */
function asGoWrites(port: Field): string {
  const text = (name: string): string => port.child(name).text;
  const number = (name: string): string => String(port.child(name).number);
  const fields = [
    `Name:${text('name')}`,
    `HostPort:${number('hostPort')}`,
    `ContainerPort:${number('containerPort')}`,
    `Protocol:${text('protocol')}`,
    `HostIP:${text('hostIP')}`,
  ];
  return `{${fields.join(' ')}}`;
}
