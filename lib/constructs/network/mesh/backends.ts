import { namespaceOf } from '../peer';
import type { Calls } from './traffic-props';

/** A Service with its share of the calls. */
export interface WeightedService {
  readonly name: string;
  /** Where it is not that of the workload that is called. */
  readonly namespace: string | undefined;
  readonly port: number;
  readonly weight: number;
}

/** The Services that get the calls, that of the workload first. A Service is called like the host of its workload. */
export function weightedServices(
  name: string,
  { to, own, port }: Calls,
  here: string | undefined,
): readonly WeightedService[] {
  const others = to.map(({ service, ports, weight }): WeightedService => {
    const there = namespaceOf(service);
    const same = ports.find((each) => each.name === port.name) ?? ports[0] ?? port;
    const namespace = there === here ? undefined : there;
    return { name: service.host, namespace, port: same.service ?? same.port, weight };
  });
  return [{ name, namespace: undefined, port: port.service ?? port.port, weight: own }, ...others];
}
