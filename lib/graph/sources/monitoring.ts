import type { LabelIndex, Labelled } from '../label-index';
import { SYSTEM_NAMESPACES } from '../namespace';
import type { Field } from '../../manifest/field';
import type { ReferenceCollector, ReferenceSource } from '../reference-collector';
import { EVERYTHING, selectorAt } from '../selectors';

/** The Services that a ServiceMonitor has Prometheus scrape, and the Secrets that it logs in with. */
export const serviceMonitor: ReferenceSource = (collect, object) => {
  const at = object.at('spec', 'selector');
  const namespaces = monitoredNamespaces(collect, object);
  if (!areOfTheCluster(collect.world.services, namespaces))
    collect.services('monitor-services', at, selectorAt(at) ?? EVERYTHING, namespaces);
  for (const endpoint of object.list('spec', 'endpoints')) ofLogin(collect, endpoint);
};

/** The pods that a PodMonitor has Prometheus scrape. */
export const podMonitor: ReferenceSource = (collect, object) => {
  const at = object.at('spec', 'selector');
  const namespaces = monitoredNamespaces(collect, object);
  if (!areOfTheCluster(collect.world.pods, namespaces))
    collect.pods('monitor-pods', at, selectorAt(at) ?? EVERYTHING, namespaces);
  for (const endpoint of object.list('spec', 'podMetricsEndpoints')) ofLogin(collect, endpoint);
};

/** Source: prometheus-operator `NamespaceSelector`: `any`, else the names, else its own. */
function monitoredNamespaces(collect: ReferenceCollector, object: Field): readonly string[] | undefined {
  const selector = object.at('spec', 'namespaceSelector');
  if (selector.at('any').value === true) return undefined;
  const names = selector.list('matchNames').map(({ text }) => text);
  return names.length > 0 ? names : [collect.namespace];
}

/** Pods and Services in the system namespaces come with the cluster, unless the set has some there too. */
function areOfTheCluster(index: LabelIndex<Labelled>, namespaces: readonly string[] | undefined): boolean {
  return namespaces?.every((name) => SYSTEM_NAMESPACES.has(name) && index.in(name).length === 0) ?? false;
}

function ofLogin(collect: ReferenceCollector, endpoint: Field): void {
  const refs = [
    endpoint.at('bearerTokenSecret'),
    endpoint.at('authorization', 'credentials'),
    endpoint.at('basicAuth', 'username'),
    endpoint.at('basicAuth', 'password'),
    ...['ca', 'cert'].map((name) => endpoint.at('tlsConfig', name, 'secret')),
    endpoint.at('tlsConfig', 'keySecret'),
  ];
  for (const ref of refs) {
    const target = { group: '', kind: 'Secret', namespace: collect.namespace, name: ref.at('name').text };
    const optional = ref.at('optional').value === true;
    collect.name('secret', ref.at('name'), target, { optional, part: { type: 'key', at: ref.at('key') } });
  }
}
