import {
  isHeadless,
  needsClusterIp,
  needsHealthCheck,
  needsNodePort,
} from '../apiserver/kinds/service-facts';
import { formatIp, parseIp } from '../kube/ip';
import type { Field } from '../manifest/field';
import type { Entry } from './objects';

/** A node port or an address that a Service asks for, and that the API server gives to one Service of the cluster. */
export interface Allocation {
  /** The same for the same port or address, however it is written. */
  readonly key: string;
  readonly at: Field;
  readonly what: 'port' | 'IP';
}

/**
 * What a Service asks the allocators of the API server for. There is one for the node ports of a cluster, which knows numbers
 * and no protocols: health checks, TCP and UDP share it. Ports of a Service with one number may share a node port.
 *
 * @source k8s.io/kubernetes pkg/registry/core/service/storage/alloc.go initNodePorts, Allocators.allocHealthCheckNodePort, Allocators.allocIPs 1.36
 */
export function allocationsOf({ root }: Pick<Entry, 'root'>): readonly Allocation[] {
  const spec = root.at('spec');
  const found = new Map<string, Allocation>();
  const add = (what: Allocation['what'], at: Field, value: string): void => {
    const key = `${what} ${value}`;
    if (!found.has(key)) found.set(key, { key, at, what });
  };
  const addPort = (at: Field): void => {
    if (typeof at.value === 'number' && at.value !== 0) add('port', at, String(at.value));
  };
  if (needsNodePort(spec.record)) for (const port of spec.list('ports')) addPort(port.at('nodePort'));
  if (needsHealthCheck(spec.record)) addPort(spec.at('healthCheckNodePort'));
  if (needsClusterIp(spec.record) && !isHeadless(spec.record))
    for (const at of [spec.at('clusterIP'), ...spec.list('clusterIPs')]) {
      const ip = parseIp(at.text);
      if (ip !== undefined) add('IP', at, formatIp(ip));
    }
  return [...found.values()];
}
