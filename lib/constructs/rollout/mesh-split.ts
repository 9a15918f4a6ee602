import type { CustomPatches } from '../../kube/custom/patches';
import { shorten } from '../../kube/names';
import { NAME_LENGTH } from '../core/names';
import { KubeObject } from '../core/object';
import { publicPorts } from '../network/service-ports';
import type { NamedPort } from '../workloads/container/ports';
import type { TraitPlace } from '../workloads/trait';
import { nameOf } from './split';

/** The VirtualService that splits the requests of an Istio mesh for the Service of the workload. */
export function virtualService(place: TraitPlace): KubeObject<CustomPatches['VirtualService']> {
  const { workload, name, ports } = place;
  const route = ({ name: port, port: number, service = number }: NamedPort): object => ({
    name: port,
    ...(ports.length > 1 && { match: [{ port: service }] }),
    route: [
      { destination: { host: nameOf(place, 'stable'), port: { number: service } }, weight: 100 },
      { destination: { host: nameOf(place, 'canary'), port: { number: service } }, weight: 0 },
    ],
  });
  return new KubeObject<CustomPatches['VirtualService']>(workload, 'virtual-service', {
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: place.metadata(),
    content: () => ({ spec: { hosts: [name], http: ports.filter(isTcp).map(route) } }),
  });
}

/**
 * The HTTPRoutes that split the requests of a Linkerd mesh, one for each port of the Service of the workload, their parent.
 *
 * Source: the example for Linkerd of the Gateway API plugin of Argo Rollouts; "HTTPRoute" of the reference of Linkerd.
 */
export function meshRoutes(place: TraitPlace): readonly KubeObject<CustomPatches['HTTPRoute']>[] {
  const { workload, name, ports } = place;
  return publicPorts(ports)
    .filter(isTcp)
    .map(({ name: port, port: number, service = number }, index) => {
      const id = index === 0 ? 'split' : `split-${port}`;
      return new KubeObject<CustomPatches['HTTPRoute']>(workload, id, {
        apiVersion: 'gateway.networking.k8s.io/v1',
        kind: 'HTTPRoute',
        metadata: { ...place.metadata(), name: shorten([name, id], NAME_LENGTH) },
        content: () => ({
          spec: {
            parentRefs: [{ group: '', kind: 'Service', name, port: service }],
            rules: [
              {
                backendRefs: [
                  { name: nameOf(place, 'stable'), port: service, weight: 100 },
                  { name: nameOf(place, 'canary'), port: service, weight: 0 },
                ],
              },
            ],
          },
        }),
      });
    });
}

export function isTcp({ protocol = 'TCP' }: NamedPort): boolean {
  return protocol === 'TCP';
}
