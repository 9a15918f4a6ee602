import { portName, qualifiedName } from '../../../kube/names';
import { portProblem, protocolProblem } from '../../../kube/ports';
import type { Reporter } from '../../core/problems';
import { below } from '../../core/problems';
import { optional, shown } from '../../core/props';
import type { Shape, Shapes } from '../../core/shape';
import { anyOf, mapOf, number, record, text } from '../../core/shapes';

/** Protocol of a port. */
export type Protocol = 'TCP' | 'UDP' | 'SCTP';

/** A port that the container listens on. */
export interface Port {
  /** Number in the container, from 1 to 65535. */
  readonly port: number;
  /**
   * Name, unique in the pod, at most 15 characters.
   * @default for the only port of a service "grpc" with a gRPC probe, "http" with one of HTTP, or what its number is known for,
   * such as "postgresql" for 5432; else "http" for a WebService, and "main"
   */
  readonly name?: string;
  /** Protocol. @default 'TCP' */
  readonly protocol?: Protocol;
  /** Number on the Service. @default the same as in the container */
  readonly service?: number;
  /** Application protocol, for load balancers and meshes: `kubernetes.io/h2c`. @default none */
  readonly appProtocol?: string;
  /** Port of the node itself. @default none */
  readonly hostPort?: number;
  /**
   * Port on every node, for a Service of type NodePort or LoadBalancer that the workload has by `service`; those of `expose`
   * choose their own.
   * @default the cluster chooses
   */
  readonly nodePort?: number;
}

/** One port by number, or several by name: `{ http: 8080, metrics: { port: 9090 } }`. */
export type Ports = Readonly<Record<string, number | Omit<Port, 'name'>>>;

/** Which protocols there are is checked with the port. */
const protocolText = text as Shape<Protocol>;

const SHAPES: Shapes<Port> = {
  port: number,
  name: text,
  protocol: protocolText,
  service: number,
  appProtocol: text,
  hostPort: number,
  nodePort: number,
};
const { name: _, ...NAMED_SHAPES } = SHAPES;

const OPTIONS = {
  expected: 'an object with a port',
  words: { containerPort: '`port`', targetPort: '`port`' },
};

export const PORT = anyOf<number | Port>([number, record<Port>(SHAPES, OPTIONS)], { code: 'INVALID_PORT' });

export const PORTS = mapOf(
  anyOf<number | Omit<Port, 'name'>>([number, record<Omit<Port, 'name'>>(NAMED_SHAPES, OPTIONS)], {
    code: 'INVALID_PORT',
  }),
  '{ http: 8080 }',
);

/** A port with its name. */
export interface NamedPort extends Port {
  /** Name, unique in the pod. */
  readonly name: string;
  /** Whether only monitoring asks it, whatever its name says. @default by its name: `metrics`, `http-metrics` */
  readonly forMonitoring?: true;
}

/** The ports of a container in their order, each with a name. */
export function readPorts(
  props: { readonly port?: number | Port; readonly ports?: Ports },
  defaultName: string,
  report: Reporter,
): readonly NamedPort[] {
  const ports: NamedPort[] = [];
  const { port: single, ports: several = {} } = props;
  if (single !== undefined) {
    const { name, ...options }: Port = typeof single === 'number' ? { port: single } : single;
    const port = { name: name ?? defaultName, ...options };
    checkPort(port, below('port', report));
    ports.push(port);
  }
  for (const [name, port] of Object.entries(several)) {
    const reportBelow = below(`ports.${name}`, report);
    const named = { ...(typeof port === 'number' ? { port } : port), name };
    checkPort(named, reportBelow);
    ports.push(named);
  }
  checkUnique(ports, report);
  return ports;
}

/** Reports numbers of a port on a Service that are out of range. */
export function checkServicePort(
  port: { readonly port?: number; readonly nodePort?: number },
  report: Reporter,
): void {
  for (const key of ['port', 'nodePort'] as const) checkNumber(port[key], key, report);
}

function checkNumber(number: number | undefined, path: string, report: Reporter): void {
  const wrong = number === undefined ? undefined : portProblem(number);
  if (wrong !== undefined)
    report({ code: 'INVALID_PORT', path, message: `Invalid value: ${shown(number)}: ${wrong}` });
}

function checkPort(port: NamedPort, report: Reporter): void {
  // A program in JavaScript may leave it out.
  if ((port.port as number | undefined) === undefined)
    report({ code: 'INVALID_PORT', path: 'port', message: 'Required value: a port needs its number' });
  checkNumber(port.port, 'port', report);
  for (const key of ['service', 'hostPort', 'nodePort'] as const) checkNumber(port[key], key, report);
  const wrong = portName(port.name);
  if (wrong !== undefined)
    report({ code: 'INVALID_NAME', path: 'name', message: `Invalid value: "${port.name}": ${wrong}` });
  const unnamed = port.appProtocol === undefined ? undefined : qualifiedName(port.appProtocol);
  if (unnamed !== undefined)
    report({
      code: 'INVALID_PORT',
      path: 'appProtocol',
      message: `Invalid value: "${port.appProtocol}": ${unnamed}`,
    });
  const unspoken = port.protocol === undefined ? undefined : protocolProblem(port.protocol);
  if (unspoken !== undefined)
    report({
      code: 'INVALID_PORT',
      path: 'protocol',
      message: `Invalid value: "${port.protocol}": ${unspoken}`,
    });
}

/** Numbers are unique with their protocol, in the container and, where it has others, on the Service. */
function checkUnique(ports: readonly NamedPort[], report: Reporter): void {
  const taken = new Set<string>();
  const once = (key: string, message: string): void => {
    if (taken.has(key)) report({ code: 'DUPLICATE_NAME', path: 'ports', message });
    taken.add(key);
  };
  for (const { name, port, service = port, protocol = 'TCP' } of ports) {
    once(name, `Duplicate value: "${name}": another port has this name`);
    once(`${port}/${protocol}`, `Duplicate value: "${port}/${protocol}"`);
    once(
      `service ${service}/${protocol}`,
      `Duplicate value: "${service}/${protocol}": another port uses it on the Service`,
    );
  }
}

/** Reports options of a Service where no Service leads to the container. */
export function checkUnserved(ports: readonly NamedPort[], report: Reporter): void {
  for (const port of ports) {
    for (const key of ['service', 'appProtocol', 'nodePort'] as const) {
      if (port[key] === undefined) continue;
      const message = 'Forbidden: no Service leads to this port';
      const hint = 'Only the main container of a WebService or a StatefulService has a Service.';
      report({ code: 'INVALID_PORT', path: `ports.${port.name}.${key}`, message, hint });
    }
  }
}

/** `ports` of a container. TCP is left out, as people write it. */
export function renderContainerPorts(ports: readonly NamedPort[]): readonly object[] {
  return ports.map(({ name, port, protocol, hostPort }) => ({
    name,
    containerPort: port,
    ...optional('protocol', protocol),
    ...optional('hostPort', hostPort),
  }));
}

/** `ports` of a Service that leads to the container's. */
export function renderServicePorts(ports: readonly NamedPort[]): readonly object[] {
  return ports.map(({ name, port, service, protocol, appProtocol, nodePort }) => ({
    name,
    port: service ?? port,
    targetPort: name,
    ...optional('protocol', protocol),
    ...optional('appProtocol', appProtocol),
    ...optional('nodePort', nodePort),
  }));
}
