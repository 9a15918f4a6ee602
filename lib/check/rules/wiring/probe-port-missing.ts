import { nearest } from '../../../errors';
import type { Rule, Report } from '../../rule';
import type { Field } from '../../../manifest/field';
import type { Container, Pods } from '../../../graph/pods';
import { worldOf } from '../../../graph/references';
import { choice } from '../../../graph/describe';

export const probePortMissing: Rule = {
  name: 'wiring/probe-port-missing',
  severity: 'error',
  about: 'Finds probes and lifecycle hooks that use a port name which their container does not have.',
  why: 'The API server accepts it, and the probe always fails: the pod never becomes ready, or restarts forever.',
  run(cluster, report) {
    const world = worldOf(cluster);
    for (const manifest of cluster.set) {
      const pods = world.podsOf(manifest);
      if (pods === undefined) continue;
      for (const container of pods.containers) checkContainer(pods, container, report);
    }
  },
};

/** Reports each name once: all probes of a container often use the same port. */
function checkContainer(pods: Pods, { field, name, ports }: Container, report: Report): void {
  const names = new Set(ports.map((port) => port.name).filter((each) => each !== ''));
  const reported = new Set<string>();
  for (const port of askedPorts(field)) {
    const { value, path } = port;
    if (typeof value !== 'string' || names.has(value) || reported.has(value)) continue;
    reported.add(value);
    const near = nearest(value, names);
    const has = names.size === 0 ? 'Its ports have no names; use the number.' : `Use ${choice([...names])}.`;
    const hint = near === undefined ? has : `Did you mean "${near}"?`;
    report(pods.manifest, path, `container "${name}" has no port named "${value}"`, hint);
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
