import { formatId } from '../../../manifest/manifest';
import type { Rule } from '../../rule';
import { Field } from '../../../manifest/field';
import { referencesIn } from '../../../graph/references';

export const governingServiceHeadless: Rule = {
  name: 'wiring/governing-service-headless',
  severity: 'error',
  about:
    'Finds StatefulSets whose governing Service has an address of its own, or does not select their pods.',
  why: 'Only a headless Service that selects them gives each pod a name in DNS: <pod>.<service>.',
  run(cluster, report) {
    const graph = referencesIn(cluster);
    for (const reference of graph.references) {
      if (reference.type !== 'names' || reference.role !== 'governing-service') continue;
      const { from, found, resolution, path } = reference;
      if (found === undefined || resolution !== 'set') continue;
      const clusterIp = Field.root(found.object).at('spec', 'clusterIP');
      if (clusterIp.text !== 'None') {
        const message = `governs the pods of ${formatId(from.id)}, and is not headless`;
        report(
          found,
          clusterIp.path,
          message,
          'Write clusterIP: None; a second Service can have the address.',
        );
        continue;
      }
      const selected = graph.from(found).flatMap((each) => (each.type === 'selects' ? each.found : []));
      // One that selects nothing at all is told of as such.
      if (selected.length === 0 || selected.includes(from)) continue;
      const message = `the Service "${found.id.name}" does not select the pods of this StatefulSet`;
      report(
        from,
        path,
        message,
        `It selects those of ${selected.map(({ id }) => formatId(id)).join(', ')}.`,
      );
    }
  },
};
