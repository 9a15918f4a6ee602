import type { Rule, Report } from '../../rule';
import { Field } from '../../../manifest/field';
import type { Pods } from '../../../graph/pods';
import { hasPort, listPorts } from '../../../graph/ports';
import type { SelectingReference } from '../../../graph/reference';
import { referencesIn, worldOf } from '../../../graph/references';
import { listObjects } from '../../../graph/describe';

export const serviceTargetPort: Rule = {
  name: 'wiring/service-target-port',
  severity: 'error',
  about: 'Finds Service ports whose target port no container of the pods has, by name or number.',
  why: 'Connections to that port are refused; with a name, the Service has no endpoints at all.',
  run(cluster, report) {
    const world = worldOf(cluster);
    for (const reference of referencesIn(cluster).references) {
      if (reference.type !== 'selects' || reference.role !== 'service-pods') continue;
      const pods = reference.found.flatMap((manifest) => world.podsOf(manifest) ?? []);
      if (pods.length > 0) checkPorts(reference, pods, report);
    }
  },
};

function checkPorts({ from, found }: SelectingReference, pods: readonly Pods[], report: Report): void {
  for (const port of Field.root(from.object).list('spec', 'ports')) {
    const protocol = port.at('protocol').text || 'TCP';
    const at = port.at('targetPort').isSet ? port.at('targetPort') : port.at('port');
    const value = at.value;
    if (typeof value !== 'string' && typeof value !== 'number') continue;
    const verdicts = pods.map((each) => hasPort(each, value, protocol));
    // A container without declared ports may listen on it.
    if (verdicts.some((verdict) => verdict !== false)) continue;
    const other = ['TCP', 'UDP', 'SCTP'].find((each) => pods.some((pod) => hasPort(pod, value, each)));
    if (other !== undefined) {
      const message = `port "${value}" of ${listObjects(found)} is ${other}, not ${protocol}`;
      report(
        from,
        port.at('protocol').isSet ? port.at('protocol').path : at.path,
        message,
        `Set protocol: ${other}.`,
      );
    } else {
      const message = `no container of ${listObjects(found)} has ${protocol} port "${value}"`;
      report(from, at.path, message, listPorts(pods));
    }
  }
}
