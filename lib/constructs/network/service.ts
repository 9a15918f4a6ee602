import { cidrProblem } from '../../kube/ip';
import { shorten } from '../../kube/names';
import type { Patches } from '../../kube/patches';
import type { LoadBalancers } from '../../profiles/cluster-profile';
import { Environment } from '../core/environment';
import { checkAnnotations } from '../core/metadata';
import { NAME_LENGTH } from '../core/names';
import { KubeObject } from '../core/object';
import type { Reporter } from '../core/problems';
import { below } from '../core/problems';
import { nonEmpty, optional, shown } from '../core/props';
import type { Shapes } from '../core/shape';
import { isShaped } from '../core/shaped';
import { choice, ENTRIES, flag, list, record, text } from '../core/shapes';
import { asFlaggerHasThem } from '../rollout/flagger-service';
import { primaryOf, servingLabels } from '../rollout/primary';
import type { NamedPort } from '../workloads/container/ports';
import { renderServicePorts } from '../workloads/container/ports';
import type { Trait, TraitPlace } from '../workloads/trait';
import { findPart } from '../workloads/trait';
import { connections } from './connections';
import type { ServicePorts } from './service-ports';
import {
  checkChosen,
  isOutside,
  portsToServe,
  SERVICE_PORTS,
  servedPorts,
  withoutNode,
} from './service-ports';

/** Type and options of a Service. */
export interface ServiceProps {
  /** Type of the Service. @default 'ClusterIP', set by the API server */
  readonly type?: 'ClusterIP' | 'NodePort' | 'LoadBalancer';
  /**
   * Whether a load balancer is reached from the network of the cloud only, by the annotations `loadBalancers.internal` of
   * the cluster's profile.
   * @default false: by those of `loadBalancers.external`
   */
  readonly internal?: boolean;
  /** Annotations, such as those that cloud providers read. @default those of the cluster's profile */
  readonly annotations?: Readonly<Record<string, string>>;
  /** Whether requests of one client go to the same pod. @default 'None', set by the API server */
  readonly sessionAffinity?: 'None' | 'ClientIP';
  /** Whether traffic from outside stays on the node that it reached. @default 'Cluster', set by the API server */
  readonly externalTrafficPolicy?: 'Cluster' | 'Local';
  /** Address blocks that may reach a load balancer, in CIDR notation. @default all */
  readonly loadBalancerSourceRanges?: readonly string[];
  /** The implementation of a load balancer, where the cluster has several. @default the cluster's */
  readonly loadBalancerClass?: string;
  /** Whether a load balancer opens a port on every node, too. @default true, set by the API server */
  readonly allocateLoadBalancerNodePorts?: boolean;
  /** Whether traffic from inside stays on the node that it comes from. @default 'Cluster', set by the API server */
  readonly internalTrafficPolicy?: 'Cluster' | 'Local';
  /**
   * Names of the ports that it leads to, those of sidecars and other containers as well, or by name what is different on
   * this Service: `{ https: { port: 443, nodePort: 30443 } }`.
   * @default all ports of the main container; for type NodePort or LoadBalancer the only one that is not for metrics (by its
   * name, or since `scrape` names it), and with several of them synth asks which
   */
  readonly ports?: ServicePorts;
}

/** A Service in addition to the one that has the workload's name. */
export interface NamedServiceProps extends ServiceProps {
  /** Its name. @default that of the workload with `client`, or with the id that `expose` got: `<name>-client`, `<name>-<id>` */
  readonly name?: string;
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
  readonly service: KubeObject<Patches['Service']>;
  /**
   * Makes another Service for the same pods, called `<name>-<id>` or by its prop `name`: a load balancer for the world in addition to the
   * Service that the cluster uses.
   */
  expose(id: string, service: NamedServiceProps): KubeObject<Patches['Service']>;
}

/** What other traits ask the Service of a workload. */
export interface ServedPart {
  /** The ports of the Service that `host` of the workload names; `undefined` where that is its headless one. */
  readonly served: readonly NamedPort[] | undefined;
}

const SERVICE_SHAPES: Shapes<ServiceProps> = {
  type: choice(['ClusterIP', 'NodePort', 'LoadBalancer']),
  internal: flag,
  annotations: ENTRIES,
  sessionAffinity: choice(['None', 'ClientIP']),
  externalTrafficPolicy: choice(['Cluster', 'Local']),
  loadBalancerSourceRanges: list(text),
  loadBalancerClass: text,
  allocateLoadBalancerNodePorts: flag,
  internalTrafficPolicy: choice(['Cluster', 'Local']),
  ports: SERVICE_PORTS,
};
const EXAMPLE = { example: "{ type: 'LoadBalancer' }" };
const SERVICE = record<ServiceProps>(SERVICE_SHAPES, EXAMPLE);
const NAMED_SERVICE = record<NamedServiceProps>({ ...SERVICE_SHAPES, name: text }, EXAMPLE);

/** A Service for the pods of a workload. */
export const service: Trait<ServedProps, Served, Served & ServedPart> = {
  shapes: { service: SERVICE },
  members: { service: true, expose: true },
  attach: (place, props) => ({
    service: makeService(place, 'service', place.name, props.service ?? {}, 'service'),
    served: servedPorts(place.ports, props.service),
    expose: exposer(place),
  }),
};

/** How clients reach replicas that have a headless Service for their names. */
export interface ClientServedProps {
  /**
   * Type and options of a Service for clients, with one address, in addition to the headless one.
   * @default none: clients use the headless Service
   * @example { type: 'LoadBalancer', ports: ['http'] }
   */
  readonly service?: NamedServiceProps;
}

/**
 * The Services of replicas for clients.
 *
 * | object | when | why |
 * |---|---|---|
 * | Service | with `service`, and one more for each `expose` | gives clients one address, which leads to replicas that are ready |
 */
export interface ClientServed {
  /** The Service for clients, called `<name>-client` or by its prop `name`; `undefined` without the prop `service`. */
  readonly clientService: KubeObject<Patches['Service']> | undefined;
  /** Makes another Service for the replicas, called `<name>-<id>` or by its prop `name`. */
  expose(id: string, service: NamedServiceProps): KubeObject<Patches['Service']>;
}

/** Services of replicas in addition to their headless one. */
export const clientService: Trait<ClientServedProps, ClientServed, ClientServed & ServedPart> = {
  shapes: { service: NAMED_SERVICE },
  members: { clientService: true, expose: true },
  attach: (place, props) => ({
    clientService:
      props.service &&
      makeService(place, 'client', clientName(place.name, props.service), props.service, 'service'),
    served: props.service && servedPorts(place.ports, props.service),
    expose: exposer(place),
  }),
};

/** The name of the Service for clients of the replicas called `name`. */
export function clientName(name: string, service: NamedServiceProps): string {
  return service.name ?? shorten([name, 'client'], NAME_LENGTH);
}

/** What the ids of further Services begin with. */
const FURTHER = 'service-';

/** The method that makes a further Service. */
function exposer(
  place: TraitPlace,
): (id: string, service: NamedServiceProps) => KubeObject<Patches['Service']> {
  return (id, service) => {
    const path = `expose('${id}')`;
    const props: NamedServiceProps = isShaped(place.workload, path, service, NAMED_SERVICE) ? service : {};
    const name = props.name ?? shorten([place.name, id], NAME_LENGTH);
    return makeService(place, `${FURTHER}${id}`, name, props, path);
  };
}

/** A Service of the pods. One that is reached from outside lets everyone call them. */
function makeService(
  place: TraitPlace,
  id: string,
  name: string,
  props: ServiceProps,
  path: string,
): KubeObject<Patches['Service']> {
  const { workload, metadata } = place;
  const isFurther = id.startsWith(FURTHER);
  if (isOutside(props.type)) {
    const served = servedPorts(portsToServe(place, props), props);
    findPart(workload, connections)?.allowFromAnywhere(served, 'service');
  }
  const loadBalancers = Environment.of(workload)?.profile.loadBalancers ?? {};
  return new KubeObject<Patches['Service']>(workload, id, {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { ...metadata(annotationsOf(props, loadBalancers)), name },
    content: (report) => {
      if (props.internal === true && props.type === 'LoadBalancer' && loadBalancers.internal === undefined)
        report({
          code: 'INVALID_PROP',
          path: `${path}.internal`,
          message: 'Forbidden: the profile of the cluster does not say how',
          hint: "Set `loadBalancers.internal` of the environment's profile: eks, gke and aks do.",
        });
      const known = portsToServe(place, props);
      const ports = isFurther ? known.map(withoutNode) : known;
      const spec = renderService(props, servingLabels(workload), ports, below(path, report));
      const isFlaggers = id === 'service' && primaryOf(workload) !== undefined;
      return { spec: isFlaggers ? { ...spec, ports: asFlaggerHasThem(servedPorts(ports, props)) } : spec };
    },
  });
}

/** Those of the profile, and those of the Service, which come first. */
function annotationsOf(
  { type, internal = false, annotations }: ServiceProps,
  { internal: inside, external: outside }: LoadBalancers,
): Readonly<Record<string, string>> | undefined {
  const own = type === 'LoadBalancer' ? (internal ? inside : outside) : undefined;
  return own === undefined || Object.keys(own).length === 0 ? annotations : { ...own, ...annotations };
}

/** `spec` of a Service that leads to the pods of `selector`. */
export function renderService(
  props: ServiceProps,
  selector: Readonly<Record<string, string>>,
  ports: readonly NamedPort[],
  report: Reporter,
): object {
  const served = servedPorts(ports, props);
  checkService(props, served, report);
  checkChosen(props, ports, report);
  return {
    selector,
    ports: renderServicePorts(served),
    ...optional('type', props.type),
    ...optional('sessionAffinity', props.sessionAffinity),
    ...optional('externalTrafficPolicy', props.externalTrafficPolicy),
    ...optional('internalTrafficPolicy', props.internalTrafficPolicy),
    ...optional('loadBalancerClass', props.loadBalancerClass),
    ...optional('allocateLoadBalancerNodePorts', props.allocateLoadBalancerNodePorts),
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
  onlyFor(['LoadBalancer'], props.internal === true, 'internal');
  onlyFor(outside, externalTrafficPolicy !== undefined, 'externalTrafficPolicy');
  onlyFor(['LoadBalancer'], loadBalancerSourceRanges.length > 0, 'loadBalancerSourceRanges');
  for (const key of ['loadBalancerClass', 'allocateLoadBalancerNodePorts'] as const)
    onlyFor(['LoadBalancer'], props[key] !== undefined, key);
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
