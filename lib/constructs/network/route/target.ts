import { Chart as Cdk8sChart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { isPlainRecord } from '../../../manifest/data';
import type { Reporter } from '../../core/problems';
import { checkName } from '../../core/metadata';
import { integer, optional } from '../../core/props';
import type { Reference } from '../../core/reference';
import { isReference, referenceTo } from '../../core/reference';
import type { Shape } from '../../core/shape';
import { anyOf, list, number, record, text } from '../../core/shapes';
import type { NamedPort } from '../../workloads/container/ports';
import { findPart } from '../../workloads/trait';
import type { Peer } from '../peer';
import { namespaceOf } from '../peer';
import { clientService, service } from '../service';
import { publicPorts } from '../service-ports';

/** A workload with a Service: a WebService or a StatefulService. */
export interface RoutedWorkload extends Peer {
  /** Name of its Service. */
  readonly host: string;
  /** Ports of its main container. */
  readonly ports: readonly NamedPort[];
}

/** A Service that a route leads to: that of a workload, one of any kind of construct, or `existing('Service', 'name')`. */
export type RouteService = RoutedWorkload | Reference<'Service'>;

/** A Service with its share of the requests. */
export interface RouteBackend {
  /** The Service. */
  readonly service: RouteService;
  /** Its port: by name, or by number where it is not of a workload. @default the first that is not for metrics */
  readonly port?: string | number;
  /** Its share: of 100 in the route of a workload, else in relation to the others. @default all, else 1 */
  readonly weight?: number;
}

/** Where a route leads: to one Service, or to several with weights. */
export type RouteTo = RouteService | RouteBackend | readonly RouteBackend[];

const WORKLOAD: Shape<RoutedWorkload> = {
  expected: 'a workload with a Service',
  takes: (value) =>
    typeof value === 'object' &&
    value !== null &&
    ['node', 'matchLabels', 'ports', 'host'].every((key) => key in value),
};

const SERVICE = anyOf<RouteService>([WORKLOAD, referenceTo<'Service'>()]);

const BACKEND = record<RouteBackend>(
  { service: SERVICE, port: anyOf<string | number>([text, number]), weight: number },
  { expected: '{ service }' },
);

const PLAIN_BACKEND: Shape<RouteBackend> = {
  ...BACKEND,
  takes: (value) => isPlainRecord(value) && 'service' in value,
};

export const ROUTE_TO = anyOf<RouteTo>([list(BACKEND), PLAIN_BACKEND, SERVICE]);

/** A Service that stands for a workload, with its share of what the workload gets. */
export interface StandIn {
  readonly name: string;
  readonly weight?: number;
  /** What an Ingress writes in place of the port: the AWS Load Balancer Controller reads an annotation. */
  readonly port?: 'use-annotation';
}

/** A port of a Service; one that another app makes may have no name here. */
type TargetPort = Pick<NamedPort, 'port' | 'service'> & { readonly name?: string };

/** A Service that a rule leads to. */
export interface RouteTarget {
  /** The workload behind the Service, where it is one of ours. */
  readonly workload?: RoutedWorkload;
  readonly name: string;
  readonly namespace: string | undefined;
  readonly port: TargetPort;
  readonly weight?: number;
}

/** The ports that the Service of a workload leads to. */
export function portsOfService(workload: RoutedWorkload | Peer): readonly NamedPort[] {
  return (
    findPart(workload, service)?.served ??
    findPart(workload, clientService)?.served ??
    (workload as RoutedWorkload).ports
  );
}

/** The port of a workload that is called `name`, or the first that is not for metrics. */
export function choosePort(
  ports: readonly NamedPort[],
  name: string | number | undefined,
  report: Reporter,
): NamedPort | undefined {
  const port =
    name === undefined
      ? publicPorts(ports)[0]
      : ports.find((each) => each.name === name || (each.service ?? each.port) === name);
  if (port === undefined) {
    const names = ports.map((each) => each.name).join(', ') || 'none';
    report({
      code: 'INVALID_PORT',
      path: 'port',
      message: `unknown port "${name ?? ''}"; the Service has ${names}`,
    });
  }
  return port;
}

/** The Service of `backend`; `undefined` where it has no such port, which is reported. */
export function targetOf(
  { service: given, port, weight }: RouteBackend,
  report: Reporter,
): RouteTarget | undefined {
  const share = optional('weight', integer(weight, 'weight', 0, report, 1_000_000));
  if (WORKLOAD.takes(given)) {
    const workload = given as RoutedWorkload;
    const chosen = choosePort(portsOfService(workload), port, report);
    if (chosen === undefined) return undefined;
    return { workload, name: workload.host, namespace: namespaceOf(workload), port: chosen, ...share };
  }
  if ((given as RouteService | undefined) === undefined) {
    report({ code: 'MISSING_PROP', path: 'service', message: 'Required value: the Service' });
    return undefined;
  }
  const reference = given as Reference<'Service'> & { readonly port?: unknown; readonly namespace?: string };
  const { kind, name } = reference;
  checkName(name, 'service', report);
  if (kind !== 'Service') {
    report({ code: 'INVALID_PROP', path: 'service', message: `expected a Service, got ${kind} "${name}"` });
    return undefined;
  }
  const number = port ?? reference.port;
  if (typeof number !== 'number') {
    const hint = 'Set its number: `{ service, port: 8080 }`.';
    report({
      code: 'MISSING_PROP',
      path: 'port',
      message: `Required value: the port of Service "${name}"`,
      hint,
    });
    return undefined;
  }
  return { name, namespace: namespaceOfReference(reference), port: { port: number }, ...share };
}

/** That of a construct; an object that exists is in the namespace of whatever refers to it, unless it says another. */
function namespaceOfReference(reference: Reference & { readonly namespace?: string }): string | undefined {
  if (!('node' in reference)) return reference.namespace;
  const { metadata } = reference as { readonly metadata?: { readonly namespace?: string } };
  return metadata?.namespace ?? Cdk8sChart.of(reference as unknown as IConstruct).namespace;
}

/** What `to` lists. */
export function backendsIn(
  to: RouteTo,
): readonly { readonly backend: RouteBackend; readonly path: string }[] {
  if (Array.isArray(to))
    return (to as readonly RouteBackend[]).map((backend, index) => ({ backend, path: `to[${index}]` }));
  if (isPlainRecord(to) && !isReference(to)) return [{ backend: to as unknown as RouteBackend, path: 'to' }];
  return [{ backend: { service: to as RouteService }, path: 'to' }];
}
