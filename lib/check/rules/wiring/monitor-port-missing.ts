import { nearest } from '../../../errors';
import type { Rule, Report } from '../../rule';
import { Field } from '../../../manifest/field';
import type { Manifest } from '../../../manifest/manifest';
import { declaredPorts } from '../../../graph/ports';
import { podsByOwner, type Pods } from '../../../graph/pods';
import { makersOf } from '../../../graph/selections';
import type { SelectingReference } from '../../../graph/reference';
import { referencesIn } from '../../../graph/references';
import { othersSelected } from '../../../graph/selection-doubt';
import { choice, listObjects } from '../../../graph/describe';
import { serviceOf } from '../../../graph/services';
import type { Cluster } from '../../../graph/cluster';

export const monitorPortMissing: Rule = {
  name: 'wiring/monitor-port-missing',
  severity: 'error',
  about:
    'Finds endpoints of ServiceMonitors and PodMonitors with a port that none of their Services or pods has.',
  why: 'Prometheus drops the target without an error, so alerts on its metrics never fire. A ServiceMonitor uses port names of the Service, a PodMonitor those of the container.',
  run(cluster, report) {
    const targets = new Map<readonly Manifest[], Targets>();
    for (const reference of referencesIn(cluster).references) {
      if (reference.type !== 'selects' || reference.found.length === 0) continue;
      const { role, found } = reference;
      if (role !== 'monitor-services' && role !== 'monitor-pods') continue;
      // Monitors with one selector share what they select.
      const targetsOf = role === 'monitor-services' ? behindServices : ofPodMonitor;
      const those = targets.get(found) ?? targetsOf(cluster, found);
      targets.set(found, those);
      if (role === 'monitor-services') checkServices(cluster, those, reference, report);
      else checkPods(those, reference, report);
    }
  },
};

/** What a monitor selects. */
interface Targets {
  readonly pods: readonly Pods[];
  /** The names that the ports of the Services have. */
  readonly portNames: ReadonlySet<string>;
}

function behindServices(cluster: Cluster, services: readonly Manifest[]): Targets {
  const ports = services.flatMap(({ object }) => Field.root(object).list('spec', 'ports'));
  const names = ports.map((port) => port.at('name').text).filter((name) => name !== '');
  const selections = new Set(services.map((manifest) => serviceOf(cluster, manifest)?.pods ?? []));
  return { pods: [...new Set([...selections].flat())], portNames: new Set(names) };
}

function ofPodMonitor(cluster: Cluster, makers: readonly Manifest[]): Targets {
  const byOwner = podsByOwner(cluster);
  return { pods: makers.flatMap((manifest) => byOwner.get(manifest) ?? []), portNames: new Set() };
}

function checkServices(
  cluster: Cluster,
  { pods, portNames }: Targets,
  reference: SelectingReference,
  report: Report,
): void {
  const { from, found } = reference;
  for (const endpoint of Field.root(from.object).list('spec', 'endpoints')) {
    const port = endpoint.at('port');
    if (port.text !== '' && !portNames.has(port.text)) {
      const near = nearest(port.text, portNames);
      const has = portNames.size === 0 ? 'Name the port of the Service.' : `Use ${choice([...portNames])}.`;
      const hint = near === undefined ? has : `Did you mean "${near}"?`;
      const message = `${listObjects(found)} has no port named "${port.text}"`;
      const doubt = near === undefined ? othersSelected(cluster, reference) : undefined;
      if (doubt === undefined) report(from, port.path, message, hint);
      else report(from, port.path, `${message}, but ${doubt}`, hint, 'warning');
    }
    if (port.text === '' && pods.length > 0) checkTarget(pods, endpoint.at('targetPort'), from, report);
  }
}

function checkPods({ pods }: Targets, { from }: SelectingReference, report: Report): void {
  for (const endpoint of Field.root(from.object).list('spec', 'podMetricsEndpoints')) {
    const at = ['port', 'portNumber', 'targetPort']
      .map((name) => endpoint.at(name))
      .find(({ isSet }) => isSet);
    if (at !== undefined) checkTarget(pods, at, from, report);
  }
}

/** Checks a container port. Prometheus scrapes over TCP. */
function checkTarget(pods: readonly Pods[], at: Field, from: Manifest, report: Report): void {
  const { value } = at;
  if (typeof value !== 'string' && typeof value !== 'number') return;
  const declared = declaredPorts(pods);
  if (declared.mayHave(value, 'TCP')) return;
  const near = nearest(String(value), declared.names);
  const hint = near === undefined ? declared.hint : `Did you mean "${near}"?`;
  const who = listObjects(makersOf(pods));
  // A container may listen at a number that it does not declare.
  if (typeof value === 'number')
    report(from, at.path, `no container of ${who} declares port "${value}"`, hint, 'info');
  else report(from, at.path, `no container of ${who} has port "${value}"`, hint);
}
