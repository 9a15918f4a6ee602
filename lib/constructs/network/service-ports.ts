import { nearest } from '../../errors';
import type { Reporter } from '../core/problems';
import { below } from '../core/problems';
import { optional } from '../core/props';
import { anyOf, list, mapOf, number, record, text } from '../core/shapes';
import { portsOf } from '../workloads/container/container';
import type { NamedPort } from '../workloads/container/ports';
import { checkServicePort } from '../workloads/container/ports';
import type { TraitPlace } from '../workloads/trait';

/** A port of one Service, where it differs from the other Services of the same pods. */
export interface ServicePort {
  /** Number on the Service. @default that of the port of the container */
  readonly port?: number;
  /** Port on every node, for type NodePort or LoadBalancer. @default that of the port, but for `expose`: the cluster chooses */
  readonly nodePort?: number;
}

/** Which ports a Service leads to: their names, or by name what is different on this Service: `{ http: 80 }`. */
export type ServicePorts = readonly string[] | Readonly<Record<string, number | ServicePort>>;

/** What decides about the ports of a Service. */
interface Chosen {
  readonly type?: string;
  readonly ports?: ServicePorts;
}

export const SERVICE_PORTS = anyOf<ServicePorts>([
  list(text),
  mapOf(anyOf<number | ServicePort>([number, record<ServicePort>({ port: number, nodePort: number })])),
]);

/** What people call a port that only monitoring asks. */
const FOR_MONITORING = /(^|-)(metrics|prom|prometheus|telemetry)(-|$)/;

/** The ports that are not for monitoring; all, where there are no others. */
export function publicPorts(ports: readonly NamedPort[]): readonly NamedPort[] {
  const others = ports.filter(
    ({ name, forMonitoring = false }) => !forMonitoring && !FOR_MONITORING.test(name),
  );
  return others.length === 0 ? ports : others;
}

/** Whether a Service of `type` is reached from outside the cluster. */
export function isOutside(type: string | undefined): boolean {
  return type === 'LoadBalancer' || type === 'NodePort';
}

/**
 * The ports of a container that a Service leads to, with their numbers on it. Names that there are not are reported when it
 * is rendered.
 */
export function servedPorts(ports: readonly NamedPort[], props: Chosen = {}): readonly NamedPort[] {
  const { type, ports: chosen } = props;
  if (chosen === undefined) return isOutside(type) ? publicPorts(ports) : ports;
  return ports.flatMap((port) => {
    const own = choiceOf(chosen, port.name);
    if (own === undefined) return [];
    return [{ ...port, ...optional('service', own.port), ...optional('nodePort', own.nodePort) }];
  });
}

/** The ports of the main container, and those of containers that run beside it. */
export function podPorts({
  ports,
  runningContainers,
}: Pick<TraitPlace, 'ports' | 'runningContainers'>): readonly NamedPort[] {
  const [, ...others] = Object.values(runningContainers());
  return [...ports, ...others.flatMap((container) => portsOf(container))];
}

/** The ports that a Service can lead to: those of the main container, and by name those of the others. */
export function portsToServe(
  place: Pick<TraitPlace, 'ports' | 'runningContainers'>,
  { ports: chosen }: Chosen,
): readonly NamedPort[] {
  return chosen === undefined ? place.ports : podPorts(place);
}

/** A port of a node belongs to one Service: that of the workload's own name, or the one that chooses it. */
export function withoutNode({ nodePort: _, ...port }: NamedPort): NamedPort {
  return port;
}

function choiceOf(chosen: ServicePorts, name: string): ServicePort | undefined {
  if (isList(chosen)) return chosen.includes(name) ? {} : undefined;
  const own = Object.hasOwn(chosen, name) ? chosen[name] : undefined;
  return typeof own === 'number' ? { port: own } : own;
}

/** Reports ports that the container does not have, numbers out of range, and a choice that only the user can make. */
export function checkChosen(props: Chosen, ports: readonly NamedPort[], report: Reporter): void {
  const { type, ports: chosen } = props;
  if (chosen === undefined) {
    checkAsked(type, ports, report);
    return;
  }
  checkUnique(servedPorts(ports, props), report);
  const names = isList(chosen) ? chosen : Object.keys(chosen);
  if (names.length === 0)
    report({ code: 'MISSING_PROP', path: 'ports', message: 'Required value: a Service needs a port' });
  const known = ports.map(({ name }) => name);
  for (const [index, name] of names.entries()) {
    const path = isList(chosen) ? `ports[${index}]` : `ports.${name}`;
    const own = choiceOf(chosen, name);
    if (own !== undefined) checkServicePort(own, below(path, report));
    if (known.includes(name)) continue;
    const near = nearest(name, known);
    const message = `unknown port "${name}"; the pods have ${known.join(', ') || 'none'}`;
    report({
      code: 'INVALID_PORT',
      path,
      message,
      ...optional('hint', near && `Did you mean "${near}"?`),
    });
  }
}

/** A Service that is reached from outside opens nothing that nobody asked for. */
function checkAsked(type: string | undefined, ports: readonly NamedPort[], report: Reporter): void {
  if (!isOutside(type) || publicPorts(ports).length < 2) return;
  const names = ports.map(({ name }) => name);
  const example = publicPorts(ports).map(({ name }) => `'${name}'`);
  report({
    code: 'MISSING_PROP',
    path: 'ports',
    message: `Required value: which of the ports ${names.join(', ')} are open outside the cluster`,
    hint: `Name them: \`ports: [${example.join(', ')}]\`.`,
  });
}

/** The numbers that a Service chooses are unique with their protocol. */
function checkUnique(ports: readonly NamedPort[], report: Reporter): void {
  const taken = new Set<string>();
  for (const { name, port, service = port, protocol = 'TCP' } of ports) {
    const key = `${service}/${protocol}`;
    const message = `Duplicate value: "${key}": another port uses it on the Service`;
    if (taken.has(key)) report({ code: 'DUPLICATE_NAME', path: `ports.${name}`, message });
    taken.add(key);
  }
}

function isList(chosen: ServicePorts): chosen is readonly string[] {
  return Array.isArray(chosen);
}
