import { oneOf } from '../../errors';
import { cidrProblem } from '../../kube/ip';
import type { NamedPort } from '../workloads/container/ports';
import { renderServicePorts } from '../workloads/container/ports';
import { checkAnnotations } from '../core/metadata';
import type { Reporter } from '../core/problems';
import type { Keys } from '../core/props';
import { checkKeys, nonEmpty, oneOfKnown, optional } from '../core/props';

/** How a Service is reached. */
export interface ServiceProps {
  /** @default 'ClusterIP', as the API server fills in */
  readonly type?: 'ClusterIP' | 'NodePort' | 'LoadBalancer';
  /** Annotations, such as those that cloud providers read. @default none */
  readonly annotations?: Readonly<Record<string, string>>;
  /** Whether one client keeps meeting the same pod. @default 'None', as the API server fills in */
  readonly sessionAffinity?: 'None' | 'ClientIP';
  /** Whether traffic from outside stays on the node it came to. @default 'Cluster', as the API server fills in */
  readonly externalTrafficPolicy?: 'Cluster' | 'Local';
  /** Addresses that may reach a load balancer. @default all */
  readonly loadBalancerSourceRanges?: readonly string[];
}

const KEYS: Keys<ServiceProps> = {
  type: true,
  annotations: true,
  sessionAffinity: true,
  externalTrafficPolicy: true,
  loadBalancerSourceRanges: true,
};

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

/** Tells of what goes only with another type. Source: validateService of core/v1. */
function checkService(props: ServiceProps, ports: readonly NamedPort[], report: Reporter): void {
  checkKeys(props, KEYS, report);
  checkAnnotations(props.annotations, 'annotations', report);
  const { type = 'ClusterIP', sessionAffinity, externalTrafficPolicy, loadBalancerSourceRanges = [] } = props;
  oneOfKnown(type, ['ClusterIP', 'NodePort', 'LoadBalancer'], 'type', report);
  oneOfKnown(sessionAffinity, ['None', 'ClientIP'], 'sessionAffinity', report);
  oneOfKnown(externalTrafficPolicy, ['Cluster', 'Local'], 'externalTrafficPolicy', report);
  const onlyFor = (types: readonly string[], said: boolean, path: string): void => {
    if (said && !types.includes(type))
      report({ code: 'INVALID_PROP', path, message: `goes only with the type ${oneOf(types)}` });
  };
  const outside = ['NodePort', 'LoadBalancer'];
  onlyFor(outside, externalTrafficPolicy !== undefined, 'externalTrafficPolicy');
  onlyFor(['LoadBalancer'], loadBalancerSourceRanges.length > 0, 'loadBalancerSourceRanges');
  for (const { name, nodePort } of ports) onlyFor(outside, nodePort !== undefined, `ports.${name}.nodePort`);
  for (const range of loadBalancerSourceRanges) {
    const wrong = cidrProblem(range);
    if (wrong !== undefined)
      report({ code: 'INVALID_PROP', path: 'loadBalancerSourceRanges', message: `"${range}": ${wrong}` });
  }
}
