import { formatId } from '../../../manifest/manifest';
import type { Rule } from '../../rule';
import { Field } from '../../../manifest/field';
import { referencesIn } from '../../../graph/references';

export const governingServiceHeadless: Rule = {
  name: 'wiring/governing-service-headless',
  severity: 'error',
  about: 'Finds StatefulSets whose governing Service is not headless or does not select their pods.',
  why: 'Only a headless Service that selects the pods gives each a DNS name: <pod>.<service>.',
  run(cluster, report) {
    const graph = referencesIn(cluster);
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
      const selected = graph.from(found).flatMap((each) => (each.type === 'selects' ? each.found : []));
      // wiring/service-selects-nothing reports a Service that selects no pod.
      if (selected.length === 0 || selected.includes(from)) continue;
      const message = `Service "${found.id.name}" does not select the pods of this StatefulSet`;
      report(
        from,
        path,
        message,
        `It selects the pods of ${selected.map(({ id }) => formatId(id)).join(', ')}.`,
      );
    }
  },
};
