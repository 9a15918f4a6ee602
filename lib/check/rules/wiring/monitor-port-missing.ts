import { nearest } from '../../../errors';
import type { Rule, Report } from '../../rule';
import { Field } from '../../../manifest/field';
import { hasPort, listPorts, portsOf } from '../../../graph/ports';
import type { Pods } from '../../../graph/pods';
import type { SelectingReference } from '../../../graph/reference';
import { referencesIn, worldOf } from '../../../graph/references';
import { choice, listObjects } from '../../../graph/describe';
import { serviceOf } from '../../../graph/services';
import type { Cluster } from '../../../graph/cluster';
import type { World } from '../../../graph/world';

export const monitorPortMissing: Rule = {
  name: 'wiring/monitor-port-missing',
  severity: 'error',
  about:
    'Finds endpoints of ServiceMonitors and PodMonitors with a port that none of their Services or pods has.',
  why: 'Prometheus drops the target without an error, so alerts on its metrics never fire. A ServiceMonitor uses port names of the Service, a PodMonitor those of the container.',
  run(cluster, report) {
    const world = worldOf(cluster);
    for (const reference of referencesIn(cluster).references) {
      if (reference.type !== 'selects' || reference.found.length === 0) continue;
      if (reference.role === 'monitor-services') ofServices(cluster, reference, report);
      else if (reference.role === 'monitor-pods') ofPods(podsIn(world, reference), reference, report);
    }
  },
};

function ofServices(cluster: Cluster, { from, found }: SelectingReference, report: Report): void {
  const services = found.map(({ object }) => Field.root(object).at('spec'));
  const names = services.flatMap((spec) => spec.list('ports').map((port) => port.at('name').text));
  const known = [...new Set(names.filter((name) => name !== ''))];
  for (const endpoint of Field.root(from.object).list('spec', 'endpoints')) {
    const port = endpoint.at('port');
    if (port.text !== '' && !known.includes(port.text)) {
      const near = nearest(port.text, known);
      const has = known.length === 0 ? 'Name the port of the Service.' : `Use ${choice(known)}.`;
      const hint = near === undefined ? has : `Did you mean "${near}"?`;
      report(from, port.path, `${listObjects(found)} has no port named "${port.text}"`, hint);
    }
    const pods = found.flatMap((manifest) => serviceOf(cluster, manifest)?.pods ?? []);
    if (port.text === '' && pods.length > 0) ofTarget(pods, endpoint.at('targetPort'), from, report);
  }
}

function ofPods(pods: readonly Pods[], { from }: SelectingReference, report: Report): void {
  for (const endpoint of Field.root(from.object).list('spec', 'podMetricsEndpoints')) {
    for (const name of ['port', 'portNumber', 'targetPort']) {
      if (endpoint.at(name).isSet) {
        ofTarget(pods, endpoint.at(name), from, report);
        break;
      }
    }
  }
}

/** Checks a container port. Prometheus scrapes over TCP. */
function ofTarget(pods: readonly Pods[], at: Field, from: SelectingReference['from'], report: Report): void {
  const { value } = at;
  if (typeof value !== 'string' && typeof value !== 'number') return;
  if (pods.some((each) => hasPort(each, value, 'TCP') !== false)) return;
  const near = nearest(
    String(value),
    pods.flatMap(portsOf).map(({ name }) => name),
  );
  const hint = near === undefined ? listPorts(pods) : `Did you mean "${near}"?`;
  report(
    from,
    at.path,
    `no container of ${listObjects(pods.map(({ manifest }) => manifest))} has port "${value}"`,
    hint,
  );
}

function podsIn(world: World, { found }: SelectingReference): Pods[] {
  return found.flatMap((manifest) => world.podsOf(manifest) ?? []);
}
