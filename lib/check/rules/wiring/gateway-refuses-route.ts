import { grouped } from '../../../kube/grouped';
import { formatId, type Manifest } from '../../../manifest/manifest';
import type { Rule } from '../../rule';
import { namespaceOf } from '../../../graph/namespace';
import { Field } from '../../../manifest/field';
import type { NamingReference } from '../../../graph/reference';
import { referencesIn, worldOf } from '../../../graph/references';
import { acceptsNamespace } from '../../../graph/selectors';
import type { World } from '../../../graph/world';

export const gatewayRefusesRoute: Rule = {
  name: 'wiring/gateway-refuses-route',
  severity: 'error',
  about:
    'Finds routes that no listener of their Gateway accepts because of their namespace, kind or hostnames.',
  why: 'The route is not attached, so its backends are unreachable. By default, listeners accept only routes of their own namespace.',
  run(cluster, report) {
    const world = worldOf(cluster);
    const known = new Map<Manifest, Listeners>();
    for (const reference of referencesIn(cluster).references) {
      if (reference.type !== 'names' || reference.role !== 'gateway') continue;
      const { found, part } = reference;
      if (found?.id.kind !== 'Gateway') continue;
      const listeners = known.get(found) ?? readListeners(found);
      known.set(found, listeners);
      const own = part === undefined ? listeners.all : (listeners.byName.get(part.value) ?? []);
      const [first] = own.slice(0, 1).flatMap((listener) => refusalOf(world, reference, listener) ?? []);
      if (first === undefined) continue;
      const others = part === undefined ? listeners.forHosts(hostsOf(reference.from)) : own;
      if (others.some((listener) => refusalOf(world, reference, listener) === undefined)) continue;
      const count = own.length === 1 ? '' : `none of its ${own.length} listeners fits: `;
      const message = `${formatId(found.id)} does not accept it: ${count}${first.message}`;
      if (first.doubt === undefined) report(reference.from, first.path, message, first.hint);
      else report(reference.from, first.path, `${message}, but ${first.doubt}`, first.hint, 'warning');
    }
  },
};

/** The listeners of a Gateway. */
interface Listeners {
  readonly all: readonly Field[];
  readonly byName: ReadonlyMap<unknown, readonly Field[]>;
  /** Those whose hostname may match one of some hosts. */
  readonly forHosts: (hosts: readonly string[]) => readonly Field[];
}

function readListeners(gateway: Manifest): Listeners {
  const all = Field.root(gateway.object).list('spec', 'listeners');
  const byHost = grouped(all, (listener) => listener.at('hostname').text);
  // Few have a wildcard, or none at all.
  const wide = all.filter((listener) => /^$|^\*/.test(listener.at('hostname').text));
  const forHosts = (hosts: readonly string[]): readonly Field[] => {
    if (hosts.length === 0 || hosts.some((host) => host.startsWith('*'))) return all;
    return [...wide, ...hosts.flatMap((host) => byHost.get(host) ?? [])];
  };
  return { all, byName: grouped(all, (listener) => listener.at('name').text), forHosts };
}

function hostsOf({ object }: Manifest): string[] {
  return Field.root(object).at('spec', 'hostnames').texts;
}

interface Refusal {
  readonly path: string;
  readonly message: string;
  readonly hint: string;
  /** Why it may be accepted all the same. */
  readonly doubt?: string;
}

function refusalOf(
  world: World,
  { from, found, path }: NamingReference,
  listener: Field,
): Refusal | undefined {
  const name = listener.at('name').text;
  const allowed = listener.at('allowedRoutes');
  const ofKind = refusalOfKind(from.id.kind, name, listener);
  if (ofKind !== undefined) return ofKind;
  const home = found === undefined ? '' : namespaceOf(found);
  if (!isNamespaceAllowed(world, allowed.at('namespaces'), namespaceOf(from), home)) {
    const message = `listener "${name}" accepts no routes from namespace "${namespaceOf(from)}"`;
    const isOpen = from.id.namespace === undefined && allowed.at('namespaces', 'from').text !== 'None';
    return {
      path,
      message,
      hint: 'Allow the namespace in allowedRoutes.namespaces of the listener.',
      ...(isOpen && { doubt: 'whoever applies it chooses its namespace' }),
    };
  }
  const hostname = listener.at('hostname').text;
  const names = hostsOf(from);
  if (hostname === '' || names.length === 0 || names.some((host) => meet(host, hostname))) return undefined;
  const message = `listener "${name}" has hostname "${hostname}"`;
  return {
    path: 'spec.hostnames[0]',
    message,
    hint: `Use a host that matches ${hostname}, or another listener.`,
  };
}

/** The kinds of routes that listeners of a protocol take. Source: "Supported protocols" of the Gateway API. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  HTTP: ['HTTPRoute', 'GRPCRoute'],
  HTTPS: ['HTTPRoute', 'GRPCRoute'],
  TCP: ['TCPRoute'],
  TLS: ['TLSRoute', 'TCPRoute'],
  UDP: ['UDPRoute'],
};

function refusalOfKind(kind: string, name: string, listener: Field): Refusal | undefined {
  const allowed = listener.list('allowedRoutes', 'kinds').map((each) => each.at('kind').text);
  if (allowed.length > 0 && !allowed.includes(kind))
    return {
      path: 'kind',
      message: `listener "${name}" accepts only ${allowed.join(', ')}`,
      hint: 'Add the kind to allowedRoutes.kinds of the listener.',
    };
  const protocol = listener.at('protocol').text;
  const taken = Object.hasOwn(KINDS, protocol) ? KINDS[protocol] : undefined;
  if (allowed.length > 0 || taken === undefined || taken.includes(kind)) return undefined;
  return {
    path: 'kind',
    message: `listener "${name}" has protocol ${protocol}, which takes only ${taken.join(', ')}`,
    hint: 'Use another kind of route, or another listener.',
  };
}

/** Source: Gateway API, RouteNamespaces; the default is `Same`. */
function isNamespaceAllowed(world: World, namespaces: Field, from: string, home: string): boolean {
  const which = namespaces.at('from').text || 'Same';
  if (which === 'Same') return from === home;
  if (which !== 'Selector') return which === 'All';
  const labels = world.labelsOf(from);
  return labels === undefined || acceptsNamespace(namespaces, labels);
}

/** Whether two hosts, each of which may begin with `*.`, match a common name. */
function meet(a: string, b: string): boolean {
  if (a === b) return true;
  const covers = (wide: string, narrow: string): boolean =>
    wide.startsWith('*.') && narrow.endsWith(wide.slice(1));
  return covers(a, b) || covers(b, a);
}
