import type { LabelIndex, Labelled } from '../label-index';
import { SYSTEM_NAMESPACES } from '../namespace';
import type { Place } from '../place';
import { selectorAt, type Seeing, type Source } from '../seeing';

/** The Services that a ServiceMonitor has Prometheus scrape, and the Secrets that it logs in with. */
export const serviceMonitor: Source = (see, object) => {
  const at = object.at('spec', 'selector');
  const namespaces = monitoredNamespaces(see, object);
  if (!areOfTheCluster(see.world.services, namespaces))
    see.services('monitor-services', at, selectorAt(at), namespaces);
  for (const endpoint of object.list('spec', 'endpoints')) ofLogin(see, endpoint);
};

/** The pods that a PodMonitor has Prometheus scrape. */
export const podMonitor: Source = (see, object) => {
  const at = object.at('spec', 'selector');
  const namespaces = monitoredNamespaces(see, object);
  if (!areOfTheCluster(see.world.pods, namespaces)) see.pods('monitor-pods', at, selectorAt(at), namespaces);
  for (const endpoint of object.list('spec', 'podMetricsEndpoints')) ofLogin(see, endpoint);
};

/** Source: prometheus-operator `NamespaceSelector`: `any`, else the names, else its own. */
function monitoredNamespaces(see: Seeing, object: Place): readonly string[] | undefined {
  const selector = object.at('spec', 'namespaceSelector');
  if (selector.at('any').value === true) return undefined;
  const names = selector.list('matchNames').map(({ text }) => text);
  return names.length > 0 ? names : [see.namespace];
}

/** What runs in the system's own namespaces comes with the cluster, unless the set has the like of it there as well. */
function areOfTheCluster(index: LabelIndex<Labelled>, namespaces: readonly string[] | undefined): boolean {
  return namespaces?.every((name) => SYSTEM_NAMESPACES.has(name) && index.in(name).length === 0) ?? false;
}

function ofLogin(see: Seeing, endpoint: Place): void {
  const refs = [
    endpoint.at('bearerTokenSecret'),
    endpoint.at('authorization', 'credentials'),
    endpoint.at('basicAuth', 'username'),
    endpoint.at('basicAuth', 'password'),
    ...['ca', 'cert'].map((name) => endpoint.at('tlsConfig', name, 'secret')),
    endpoint.at('tlsConfig', 'keySecret'),
  ];
  for (const ref of refs) {
    const target = { group: '', kind: 'Secret', namespace: see.namespace, name: ref.at('name').text };
    const optional = ref.at('optional').value === true;
    see.name('secret', ref.at('name'), target, { optional, part: { type: 'key', at: ref.at('key') } });
  }
}
