import type { Rule, Report } from '../../rule';
import { Field } from '../../../manifest/field';
import type { Cluster } from '../../../graph/cluster';
import type { Pods } from '../../../graph/pods';
import { portDoubt } from '../../../graph/port-doubt';
import { declaredPorts } from '../../../graph/ports';
import type { SelectingReference } from '../../../graph/reference';
import { referencesIn } from '../../../graph/references';
import { serviceOf } from '../../../graph/services';
import { listObjects } from '../../../graph/describe';

export const serviceTargetPort: Rule = {
  name: 'wiring/service-target-port',
  severity: 'error',
  about:
    'Finds Service ports whose target port no container of the pods has: an error for a name, unless something may add it, for information only for a number.',
  why: 'With a name that no container has, the Service has no endpoints. A number works if a container listens there, declared or not; if none does, connections are refused.',
  run(cluster, report) {
    for (const reference of referencesIn(cluster).references) {
      if (reference.type !== 'selects' || reference.role !== 'service-pods') continue;
      const pods = serviceOf(cluster, reference.from)?.pods ?? [];
      if (pods.length > 0) checkPorts(cluster, reference, pods, report);
    }
  },
};

function checkPorts(
  cluster: Cluster,
  { from, found }: SelectingReference,
  pods: readonly Pods[],
  report: Report,
): void {
  const declared = declaredPorts(pods);
  for (const port of Field.root(from.object).list('spec', 'ports')) {
    const protocol = port.at('protocol').text || 'TCP';
    const at = port.at('targetPort').isSet ? port.at('targetPort') : port.at('port');
    const value = at.value;
    if (typeof value !== 'string' && typeof value !== 'number') continue;
    if (declared.mayHave(value, protocol)) continue;
    // Declaring a port is for information (`ContainerPort` of core/v1).
    const severity = typeof value === 'number' ? 'info' : undefined;
    const other = ['TCP', 'UDP', 'SCTP'].find((each) => declared.has(value, each));
    if (other !== undefined) {
      const message = `port "${value}" of ${listObjects(found)} is ${other}, not ${protocol}`;
      report(
        from,
        port.at('protocol').isSet ? port.at('protocol').path : at.path,
        message,
        `Set protocol: ${other}.`,
        severity,
      );
    } else {
      const verb = severity === undefined ? 'has' : 'declares';
      const message = `no container of ${listObjects(found)} ${verb} ${protocol} port "${value}"`;
      const doubt =
        typeof value === 'string' ? portDoubt(cluster, pods, declared, { name: value, from }) : undefined;
      if (doubt === undefined) report(from, at.path, message, declared.hint, severity);
      else report(from, at.path, `${message}, but ${doubt}`, declared.hint, 'warning');
    }
  }
}
