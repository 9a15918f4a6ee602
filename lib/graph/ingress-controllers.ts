import { Field } from '../manifest/field';
import { formatId, type Manifest } from '../manifest/manifest';
import type { Cluster } from './cluster';
import { knownOf } from './objects';

/** Where the controller of an Ingress serves it. */
export interface IngressAddress {
  /** The same text for Ingresses that share an address. */
  readonly address: string;
  /** Why two of this text may not share one, as what follows "but". */
  readonly doubt?: string;
}

/**
 * Controllers that serve all Ingresses of a class at one address, by the `controller` of the IngressClass or its beginning.
 * Of one host and path the older Ingress counts.
 *
 * Source: their documentation. https://kubernetes.io/docs/concepts/services-networking/ingress-controllers/ lists them.
 */
const ONE_ADDRESS = [
  'azure/application-gateway',
  'haproxy-ingress.github.io/',
  'haproxy.org/',
  'ingress-controllers.konghq.com/',
  'istio.io/ingress-controller',
  'k8s.io/ingress-nginx',
  'nginx.org/ingress-controller',
  'openshift.io/ingress-to-route',
  'projectcontour.io/',
  'traefik.io/ingress-controller',
];

/** The names that the charts of those controllers give their class. */
const THEIR_CLASSES: ReadonlySet<string> = new Set([
  'azure-application-gateway',
  'contour',
  'haproxy',
  'istio',
  'kong',
  'nginx',
  'openshift-default',
  'traefik',
]);

/** Controllers that make a load balancer for each Ingress, and their classes. */
const OWN_ADDRESSES: ReadonlySet<string> = new Set([
  'alb',
  'eks.amazonaws.com/alb',
  'gce',
  'gce-internal',
  'ingress.k8s.aws/alb',
  'k8s.io/ingress-gce',
  'tailscale',
  'tailscale.com/ts-ingress',
]);

/** The Ingresses of one group share a load balancer of AWS. */
const GROUP = 'alb.ingress.kubernetes.io/group.name';

export function addressOf(cluster: Cluster, ingress: Manifest): IngressAddress {
  const object = Field.root(ingress.object);
  const annotations = object.at('metadata', 'annotations');
  const named =
    object.at('spec', 'ingressClassName').text || annotations.key('kubernetes.io/ingress.class').text;
  const { name, controller } = classNamed(cluster, named);
  if (OWN_ADDRESSES.has(controller || name)) {
    const group = annotations.key(GROUP).text;
    return { address: group === '' ? `of ${formatId(ingress.id)}` : `group ${group}` };
  }
  const isKnown =
    controller === '' ? THEIR_CLASSES.has(name) : ONE_ADDRESS.some((each) => controller.startsWith(each));
  if (isKnown) return { address: `class ${name}` };
  const which = name === '' ? 'the default class of the cluster' : `class "${name}"`;
  return { address: `class ${name}`, doubt: `${which} may serve each Ingress at an address of its own` };
}

interface IngressClass {
  readonly name: string;
  readonly controller: string;
}

/** A class as far as it is known: the default one for no name. */
function classNamed(cluster: Cluster, name: string): IngressClass {
  const { byName, usual } = cluster.derived(readClasses);
  if (name === '') return usual ?? { name, controller: '' };
  return byName.get(name) ?? { name, controller: '' };
}

const IS_DEFAULT = 'ingressclass.kubernetes.io/is-default-class';

function readClasses(cluster: Cluster) {
  const byName = new Map<string, IngressClass>();
  let usual: IngressClass | undefined;
  for (const { manifest, root } of knownOf(cluster, 'networking.k8s.io/IngressClass')) {
    const found = { name: manifest.id.name, controller: root.at('spec', 'controller').text };
    byName.set(found.name, found);
    if (root.at('metadata', 'annotations').key(IS_DEFAULT).text === 'true') usual ??= found;
  }
  return { byName, usual };
}

/** Annotations by which controllers tell apart what has the same host and path: entry points, methods, headers. */
const ROUTING = [
  'alb.ingress.kubernetes.io/conditions.',
  'alb.ingress.kubernetes.io/listen-ports',
  'haproxy-ingress.github.io/http-match',
  'haproxy-ingress.github.io/http-header-match',
  'konghq.com/headers.',
  'konghq.com/methods',
  'konghq.com/protocols',
  'traefik.ingress.kubernetes.io/router.',
];

/** The annotations of an Ingress by which its controller decides which requests it gets. */
export function routingAnnotations(annotations: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries(annotations)
    .filter(([name]) => ROUTING.some((each) => name.startsWith(each)))
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
