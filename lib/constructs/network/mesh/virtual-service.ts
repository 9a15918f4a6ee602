import type { NamedPort } from '../../workloads/container/ports';
import { weightedServices, type WeightedService } from './backends';
import type { Calls } from './traffic-props';

/**
 * `spec` of the VirtualService of a workload. One with several ports has a route for each: calls that no route matches are
 * answered with 404.
 *
 * Source: VirtualService of networking.istio.io/v1.
 */
export function virtualServiceSpec(
  name: string,
  ports: readonly NamedPort[],
  calls: Calls,
  here: string | undefined,
): object {
  const tcp = ports.filter(({ protocol = 'TCP' }) => protocol === 'TCP');
  const match = ({ port, service = port }: NamedPort): object =>
    tcp.length > 1 ? { match: [{ port: service }] } : {};
  const others = tcp.filter((port) => port !== calls.port);
  return {
    hosts: [name],
    http: [
      { ...match(calls.port), ...timing(calls), route: weightedServices(name, calls, here).map(destination) },
      ...others.map((each) => ({
        ...match(each),
        route: [{ destination: { host: name, port: { number: each.service ?? each.port } } }],
      })),
    ],
  };
}

function timing({ timeout, retries }: Calls): object {
  return {
    ...(timeout !== undefined && { timeout }),
    ...(retries !== undefined && {
      retries: {
        attempts: retries.attempts,
        ...(retries.timeout !== undefined && { perTryTimeout: retries.timeout }),
        ...(retries.attempts > 0 && {
          retryOn: ['connect-failure', 'refused-stream', ...retries.on].join(','),
        }),
      },
    }),
  };
}

function destination({ name, namespace, port, weight }: WeightedService): object {
  const host = namespace === undefined ? name : `${name}.${namespace}.svc.cluster.local`;
  return { destination: { host, port: { number: port } }, weight };
}
