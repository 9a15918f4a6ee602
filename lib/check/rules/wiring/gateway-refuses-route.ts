import { formatId } from '../../../manifest/manifest';
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
    for (const reference of referencesIn(cluster).references) {
      if (reference.type !== 'names' || reference.role !== 'gateway' || reference.found === undefined)
        continue;
      const listeners = Field.root(reference.found.object)
        .list('spec', 'listeners')
        .filter(
          (listener) => reference.part === undefined || listener.at('name').text === reference.part.value,
        );
      const refusals = listeners.map((listener) => refusalOf(world, reference, listener));
      const [first] = refusals;
      if (first === undefined || refusals.includes(undefined)) continue;
      report(
        reference.from,
        first.path,
        `${formatId(reference.found.id)} does not accept it: ${first.message}`,
        first.hint,
      );
    }
  },
};

interface Refusal {
  readonly path: string;
  readonly message: string;
  readonly hint: string;
}

function refusalOf(
  world: World,
  { from, found, path }: NamingReference,
  listener: Field,
): Refusal | undefined {
  const name = listener.at('name').text;
  const allowed = listener.at('allowedRoutes');
  const kinds = allowed.list('kinds').map((each) => each.at('kind').text);
  if (kinds.length > 0 && !kinds.includes(from.id.kind))
    return {
      path: 'kind',
      message: `listener "${name}" accepts only ${kinds.join(', ')}`,
      hint: 'Add the kind to allowedRoutes.kinds of the listener.',
    };
  const home = found === undefined ? '' : namespaceOf(found);
  if (!isNamespaceAllowed(world, allowed.at('namespaces'), namespaceOf(from), home)) {
    const message = `listener "${name}" accepts no routes from namespace "${namespaceOf(from)}"`;
    return { path, message, hint: 'Allow the namespace in allowedRoutes.namespaces of the listener.' };
  }
  const hostname = listener.at('hostname').text;
  const hosts = Field.root(from.object).at('spec', 'hostnames');
  const names = hosts.items.map(({ text }) => text);
  if (hostname === '' || names.length === 0 || names.some((host) => meet(host, hostname))) return undefined;
  const message = `listener "${name}" has hostname "${hostname}"`;
  return {
    path: `${hosts.path}[0]`,
    message,
    hint: `Use a host that matches ${hostname}, or another listener.`,
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
