import { formatId, type Manifest } from '../../../manifest/manifest';
import type { Rule } from '../../rule';
import { Field } from '../../../manifest/field';
import type { ReferenceGraph } from '../../../graph/reference';
import { referencesIn } from '../../../graph/references';

export const governingServiceHeadless: Rule = {
  name: 'wiring/governing-service-headless',
  severity: 'warning',
  about: 'Finds StatefulSets whose governing Service is not headless or does not select their pods.',
  why: 'Kubernetes gives each pod a DNS name, <pod>.<service>, through a headless Service that selects it. CoreDNS answers these names for other Services too; not every DNS server does.',
  run(cluster, report) {
    const graph = referencesIn(cluster);
    const known = new Map<Manifest, Selected>();
    const selectedBy = (service: Manifest): Selected => {
      const selected = known.get(service) ?? readSelected(graph, service);
      known.set(service, selected);
      return selected;
    };
    for (const reference of graph.references) {
      if (reference.type !== 'names' || reference.role !== 'governing-service') continue;
      const { from, found, resolution, path } = reference;
      if (found === undefined || resolution !== 'set') continue;
      const clusterIp = Field.root(found.object).at('spec', 'clusterIP');
      if (clusterIp.text !== 'None') {
        const message = `governs ${formatId(from.id)} but is not headless`;
        report(
          found,
          clusterIp.path,
          message,
          'Set clusterIP: None, and use a second Service for a cluster IP.',
        );
        continue;
      }
      const { all: selected, first } = selectedBy(found);
      // wiring/service-selects-nothing reports a Service that selects no pod.
      if (selected.size === 0 || selected.has(from)) continue;
      const message = `Service "${found.id.name}" does not select the pods of this StatefulSet`;
      report(from, path, message, `It selects the pods of ${first}.`);
    }
  },
};

/** The makers of the pods that a Service selects, and the first of them in words. */
interface Selected {
  readonly all: ReadonlySet<Manifest>;
  readonly first: string;
}

/** More objects than this are counted. */
const MOST_NAMED = 8;

function readSelected(graph: ReferenceGraph, service: Manifest): Selected {
  const all = new Set(graph.from(service).flatMap((each) => (each.type === 'selects' ? each.found : [])));
  const names = [...all].slice(0, MOST_NAMED).map(({ id }) => formatId(id));
  const rest = all.size - names.length;
  return { all, first: `${names.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}` };
}
