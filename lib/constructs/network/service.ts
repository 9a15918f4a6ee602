import { cidrProblem } from '../../kube/ip';
import { shorten } from '../../kube/names';
import { checkAnnotations } from '../core/metadata';
import { NAME_LENGTH } from '../core/names';
import { KubeObject } from '../core/object';
import type { Reporter } from '../core/problems';
import { below } from '../core/problems';
import { nonEmpty, optional, shown } from '../core/props';
import { isShaped } from '../core/shaped';
import { choice, ENTRIES, list, record, text } from '../core/shapes';
import type { NamedPort } from '../workloads/container/ports';
import { renderServicePorts } from '../workloads/container/ports';
import type { Trait, TraitPlace } from '../workloads/trait';
import { findPart } from '../workloads/trait';
import { connections } from './connections';

/** Type and options of a Service. */
export interface ServiceProps {
  /** Type of the Service. @default 'ClusterIP', set by the API server */
  readonly type?: 'ClusterIP' | 'NodePort' | 'LoadBalancer';
  /** Annotations, such as those that cloud providers read. @default none */
  readonly annotations?: Readonly<Record<string, string>>;
  /** Whether requests of one client go to the same pod. @default 'None', set by the API server */
  readonly sessionAffinity?: 'None' | 'ClientIP';
  /** Whether traffic from outside stays on the node that it reached. @default 'Cluster', set by the API server */
  readonly externalTrafficPolicy?: 'Cluster' | 'Local';
  /** Address blocks that may reach a load balancer, in CIDR notation. @default all */
  readonly loadBalancerSourceRanges?: readonly string[];
}

/** How the pods are reached inside the cluster. */
export interface ServedProps {
  /**
   * Type and options of its Service.
   * @default reachable inside the cluster only
   * @example { type: 'LoadBalancer', externalTrafficPolicy: 'Local' }
   */
  readonly service?: ServiceProps;
}

/**
 * The Services of a workload.
 *
 * | object | when | why |
 * |---|---|---|
 * | Service | always, and one more for each `expose` | gives the pods one name and address |
 */
export interface Served {
  /** The Service of the workload's name. */
  readonly service: KubeObject;
  /**
   * Makes another Service for the same pods, called `<name>-<id>`: a load balancer for the world in addition to the
   * Service that the cluster uses.
   */
  expose(id: string, service: ServiceProps): KubeObject;
}

const SERVICE = record<ServiceProps>(
  {
    type: choice(['ClusterIP', 'NodePort', 'LoadBalancer']),
    annotations: ENTRIES,
    sessionAffinity: choice(['None', 'ClientIP']),
    externalTrafficPolicy: choice(['Cluster', 'Local']),
    loadBalancerSourceRanges: list(text),
  },
  { example: "{ type: 'LoadBalancer' }" },
);

/** A Service for the pods of a workload. */
export const service: Trait<ServedProps, Served> = {
  shapes: { service: SERVICE },
  members: { service: true, expose: true },
  attach: (place, props) => ({
    service: makeService(place, 'service', place.name, props.service ?? {}, 'service'),
    expose: (id, more) => {
      const path = `expose('${id}')`;
      const props = isShaped(place.workload, path, more, SERVICE) ? more : {};
      return makeService(place, `service-${id}`, shorten([place.name, id], NAME_LENGTH), props, path);
    },
  }),
};

/** A Service of the pods. One that is reached from outside lets everyone call them. */
function makeService(
  { workload, ports, metadata }: TraitPlace,
  id: string,
  name: string,
  props: ServiceProps,
  path: string,
): KubeObject {
  if (props.type === 'LoadBalancer' || props.type === 'NodePort')
    findPart(workload, connections)?.allowFromAnywhere(ports);
  return new KubeObject(workload, id, {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { ...metadata(props.annotations), name },
    content: (report) => ({ spec: renderService(props, workload.matchLabels, ports, below(path, report)) }),
  });
}

/** `spec` of a Service that leads to the pods of `selector`. */
export function renderService(
  props: ServiceProps,
  selector: Readonly<Record<string, string>>,
  ports: readonly NamedPort[],
  report: Reporter,
): object {
  checkService(props, ports, report);
  return {
    selector,
    ports: renderServicePorts(ports),
    ...optional('type', props.type),
    ...optional('sessionAffinity', props.sessionAffinity),
    ...optional('externalTrafficPolicy', props.externalTrafficPolicy),
    ...nonEmpty('loadBalancerSourceRanges', props.loadBalancerSourceRanges ?? []),
  };
}

/** Reports what is only allowed with another type. Source: validateService of core/v1. */
function checkService(props: ServiceProps, ports: readonly NamedPort[], report: Reporter): void {
  checkAnnotations(props.annotations, 'annotations', report);
  const { type = 'ClusterIP', externalTrafficPolicy, loadBalancerSourceRanges = [] } = props;
  const onlyFor = (types: readonly string[], isSet: boolean, path: string): void => {
    if (isSet && !types.includes(type))
      report({
        code: 'INVALID_PROP',
        path,
        message: `Forbidden: only allowed with type ${types.map(shown).join(' or ')}`,
      });
  };
  const outside = ['NodePort', 'LoadBalancer'];
  onlyFor(outside, externalTrafficPolicy !== undefined, 'externalTrafficPolicy');
  onlyFor(['LoadBalancer'], loadBalancerSourceRanges.length > 0, 'loadBalancerSourceRanges');
  for (const { name, nodePort } of ports) onlyFor(outside, nodePort !== undefined, `ports.${name}.nodePort`);
  for (const range of loadBalancerSourceRanges) {
    const wrong = cidrProblem(range);
    if (wrong !== undefined)
      report({
        code: 'INVALID_PROP',
        path: 'loadBalancerSourceRanges',
        message: `Invalid value: "${range}": ${wrong}`,
      });
  }
}
