import { nearest } from '../../../errors';
import type { Rule, Report } from '../../rule';
import type { Field } from '../../../manifest/field';
import type { Container, Pods } from '../../../graph/pods';
import { worldOf } from '../../../graph/references';
import { choice } from '../../../graph/words';

export const probePortMissing: Rule = {
  name: 'wiring/probe-port-missing',
  severity: 'error',
  about:
    'Finds probes and lifecycle hooks that ask at a port by a name which their container does not give to any.',
  why: 'The API server takes it, and the probe fails each time: the pod never gets ready, or is restarted for ever.',
  run(cluster, report) {
    const world = worldOf(cluster);
    for (const manifest of cluster.set) {
      const pods = world.podsOf(manifest);
      if (pods === undefined) continue;
      for (const container of pods.containers) checkContainer(pods, container, report);
    }
  },
};

/** Once for each name: a container that lost its port fails all its probes. */
function checkContainer(pods: Pods, { field, name, ports }: Container, report: Report): void {
  const names = new Set(ports.map((port) => port.name).filter((each) => each !== ''));
  const told = new Set<string>();
  for (const port of askedPorts(field)) {
    const { value, path } = port;
    if (typeof value !== 'string' || names.has(value) || told.has(value)) continue;
    told.add(value);
    const near = nearest(value, names);
    const has =
      names.size === 0 ? 'Its ports have no names: write the number.' : `It has ${choice([...names])}.`;
    const hint = near === undefined ? has : `Did you mean "${near}"?`;
    report(pods.manifest, path, `the container "${name}" has no port called "${value}"`, hint);
  }
}

const PROBES = [
  ['startupProbe'],
  ['readinessProbe'],
  ['livenessProbe'],
  ['lifecycle', 'postStart'],
  ['lifecycle', 'preStop'],
];

function askedPorts(container: Field): Field[] {
  return PROBES.flatMap((path) =>
    ['httpGet', 'tcpSocket'].map((action) => container.at(...path, action, 'port')),
  ).filter((port) => port.isSet);
}
