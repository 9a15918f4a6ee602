import { portKey } from '../../kube/hosts/host-keys';
import { portNumber, type Mention } from '../../kube/hosts/mention';
import { defaultPort } from '../../kube/hosts/schemes';
import { Field } from '../../manifest/field';
import type { Manifest } from '../../manifest/manifest';
import type { Target } from '../reference';
import type { World } from '../world';

/** A Service by its name in the DNS. */
export interface ServiceHost {
  readonly target: Target;
  /** The Service; absent where there is none of this name. */
  readonly manifest?: Manifest;
}

/** The name of a Service, and the pod of it that the first label may mean. */
interface Reading {
  readonly name: string;
  readonly namespace: string;
  readonly hasPod: boolean;
}

/**
 * What a name may mean in a namespace, in the order in which resolvers look: `api`, `api.shop`, `api.shop.svc`, with any
 * domain of a cluster, each behind the name of a pod.
 *
 * Source: DNS for Services and Pods, and the search domains of `dnsPolicy: ClusterFirst`.
 */
function readingsOf({ host, isBelowVariable }: Mention, namespace: string): readonly Reading[] {
  const labels = isBelowVariable ? ['', ...host.split('.', 12)] : host.split('.', 12);
  const [first = '', second = '', third = '', fourth = ''] = labels;
  const isPod = (name: string, place: string): Reading => ({ name, namespace: place, hasPod: true });
  const isService = (name: string, place: string): Reading => ({ name, namespace: place, hasPod: false });
  if (fourth === 'svc') return [isPod(second, third)];
  if (third === 'svc') return isBelowVariable ? [] : [isService(first, second)];
  if (labels.length === 1) return [isService(first, namespace)];
  if (labels.length === 3) return [isPod(second, third)];
  if (labels.length !== 2) return [];
  return isBelowVariable ? [isPod(second, namespace)] : [isPod(second, namespace), isService(first, second)];
}

/** Whether a name has the label that sets the names of Services apart. */
export function hasServiceForm({ host, isBelowVariable }: Mention): boolean {
  const at = host.split('.', 5).indexOf('svc');
  return isBelowVariable ? at === 2 : at === 2 || at === 3;
}

/** The Services that a mention may mean in a namespace, those that there are first. */
export function serviceHosts(world: World, namespace: string, mention: Mention): readonly ServiceHost[] {
  const all = readingsOf(mention, namespace).flatMap((reading): ServiceHost[] => {
    const target = { group: '', kind: 'Service', namespace: reading.namespace, name: reading.name };
    const { manifest, resolution } = world.find(target) ?? {};
    if (resolution === 'builtin' || resolution === 'derived') return [];
    if (manifest === undefined) return reading.hasPod && !hasServiceForm(mention) ? [] : [{ target }];
    // Only a headless Service has names for its pods.
    if (reading.hasPod && !isHeadless(manifest)) return [];
    return isCertain(mention, manifest) ? [{ target, manifest }] : [];
  });
  return [...all.filter(({ manifest }) => manifest), ...all.filter(({ manifest }) => !manifest)];
}

/** A word that is the name of a Service may be any word: only as a host, or with a port of it, it means that. */
function isCertain(mention: Mention, service: Manifest): boolean {
  if (mention.host.includes('.') || mention.isBelowVariable) return true;
  if (mention.shown === 'url' || mention.shown === 'named') return true;
  return mention.shown === 'port' && servicePorts(service).some(({ port }) => port === mention.port);
}

export function isHeadless(service: Manifest): boolean {
  return Field.root(service.object).at('spec', 'clusterIP').text === 'None';
}

/** A port of a Service. */
export interface ServicePort {
  readonly port: number;
  readonly protocol: string;
  /** The port of the pods, by number or name. */
  readonly target: string | number;
}

export function servicePorts(service: Manifest): readonly ServicePort[] {
  return Field.root(service.object)
    .list('spec', 'ports')
    .map((at) => {
      const port = at.child('port').number;
      const target = at.child('targetPort').value;
      return {
        port,
        protocol: at.child('protocol').text || 'TCP',
        target: typeof target === 'string' || typeof target === 'number' ? target : port,
      };
    });
}

/** The ports of pods that a mention of their Service leads to: all, where it does not say which. */
export function calledPorts(
  mention: Mention,
  service: Manifest,
  beside: (key: string) => string | undefined,
): readonly ServicePort[] {
  const ports = servicePorts(service);
  const headless = isHeadless(service);
  const said = mention.port ?? portBeside(mention, beside);
  if (said !== undefined) {
    // Without an address of its own, a Service leads to the ports of the pods as they are.
    if (headless) return [{ port: said, protocol: 'TCP', target: said }];
    return ports.filter(({ port }) => port === said);
  }
  const usual = mention.scheme === undefined ? undefined : defaultPort(mention.scheme);
  if (headless) return headlessPorts(ports, usual);
  const own = ports.filter(({ port }) => port === usual);
  return own.length > 0 ? own : ports;
}

/** The ports of pods by which a headless Service may be called: that of the scheme first, then those that it declares. */
function headlessPorts(ports: readonly ServicePort[], usual: number | undefined): readonly ServicePort[] {
  if (usual === undefined) return ports;
  const others = ports.filter(({ target }) => target !== usual);
  return [{ port: usual, protocol: 'TCP', target: usual }, ...others];
}

function portBeside({ key }: Mention, beside: (key: string) => string | undefined): number | undefined {
  const name = key === undefined ? undefined : portKey(key);
  return name === undefined ? undefined : portNumber(beside(name) ?? '');
}
