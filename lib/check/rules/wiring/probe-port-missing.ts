import { nearest } from '../../../errors';
import { formatId, type Manifest } from '../../../manifest/manifest';
import type { Rule, Report } from '../../rule';
import type { Cluster } from '../../../graph/cluster';
import type { Field } from '../../../manifest/field';
import { podMutatorOf } from '../../../graph/mutators';
import { runsAsWritten } from '../../../graph/pod-template';
import type { Container, Pods } from '../../../graph/pods';
import { worldOf } from '../../../graph/references';
import { choice } from '../../../graph/describe';

export const probePortMissing: Rule = {
  name: 'wiring/probe-port-missing',
  severity: 'error',
  about:
    'Finds probes and lifecycle hooks that use a port name which their container does not have: a warning where a webhook or a controller may add the port, for information a number that no container of the pod declares.',
  why: 'The API server accepts it, and the probe always fails: the pod never becomes ready, or restarts forever.',
  run(cluster, report) {
    const world = worldOf(cluster);
    for (const manifest of cluster.set) {
      const pods = world.podsOf(manifest);
      if (pods === undefined) continue;
      const declared = new Set(pods.containers.flatMap(({ ports }) => ports.map(({ number }) => number)));
      for (const container of pods.containers) {
        const asked = askedPorts(container.field);
        checkContainer(cluster, pods, container, asked, report);
        checkNumbers(pods.manifest, container, asked, declared, report);
      }
    }
  },
};

/** Reports each name once: all probes of a container often use the same port. */
function checkContainer(
  cluster: Cluster,
  pods: Pods,
  container: Container,
  asked: readonly AskedPort[],
  report: Report,
): void {
  if (asked.length === 0) return;
  const { name, ports } = container;
  const names = new Set(ports.map((port) => port.name).filter((each) => each !== ''));
  const reported = new Set<string>();
  for (const { port, fails } of asked) {
    const { value, path } = port;
    if (typeof value !== 'string' || names.has(value) || reported.has(value)) continue;
    reported.add(value);
    // The kubelet takes "8080" for the number; admission reports it.
    if (/^\d+$/.test(value)) continue;
    const near = nearest(value, names);
    const has = names.size === 0 ? 'Its ports have no names; use the number.' : `Use ${choice([...names])}.`;
    const hint = near === undefined ? has : `Did you mean "${near}"?`;
    const missing = `container "${name}" has no port named "${value}"`;
    const doubt = near === undefined ? doubtOf(cluster, pods, container) : undefined;
    if (doubt === undefined) report(pods.manifest, path, `${missing}, so ${fails}`, hint);
    else report(pods.manifest, path, `${missing}, but ${doubt} may add it`, hint, 'warning');
  }
}

/** Declaring a port is for information, but the others of the pod are declared (`ContainerPort` of core/v1). */
function checkNumbers(
  manifest: Manifest,
  { name, ports }: Container,
  asked: readonly AskedPort[],
  declared: ReadonlySet<number>,
  report: Report,
): void {
  if (ports.length === 0) return;
  const reported = new Set<number>();
  for (const { port, probe } of asked) {
    const { value, path } = port;
    if (typeof value !== 'number' || declared.has(value) || reported.has(value)) continue;
    if (port.beside('host')?.isSet === true) continue;
    reported.add(value);
    const message = `container "${name}" declares no port ${value}, which its ${probe} asks`;
    report(
      manifest,
      path,
      message,
      `Use ${choice(ports.map(({ number }) => number))}, or declare it.`,
      'info',
    );
  }
}

/** Who may add a port to a container; nobody where the template is what runs. */
function doubtOf(cluster: Cluster, pods: Pods, { field }: Container): string | undefined {
  const mutator = podMutatorOf(cluster, pods);
  if (mutator !== undefined) return formatId(mutator.id);
  // Istio merges a container with this image with the one of its template.
  if (field.child('image').text === 'auto') return 'the injection of Istio';
  return runsAsWritten(pods.kind) ? undefined : `the controller of ${pods.manifest.id.kind}`;
}

const PROBES = [
  { path: ['startupProbe'], fails: 'its startupProbe always fails and the container restarts forever' },
  { path: ['readinessProbe'], fails: 'its readinessProbe always fails and the pod never becomes ready' },
  { path: ['livenessProbe'], fails: 'its livenessProbe always fails and the container restarts forever' },
  {
    path: ['lifecycle', 'postStart'],
    fails: 'its postStart hook always fails and the container restarts forever',
  },
  {
    path: ['lifecycle', 'preStop'],
    fails: 'its preStop hook always fails and the container stops without it',
  },
];

interface AskedPort {
  readonly port: Field;
  /** The probe or hook that asks it. */
  readonly probe: string;
  /** What comes of it if there is no such port. */
  readonly fails: string;
}

function askedPorts(container: Field): AskedPort[] {
  return PROBES.flatMap(({ path, fails }) => {
    const probe = container.at(...path);
    // Most containers have few of them.
    if (!probe.isSet) return [];
    return ['httpGet', 'tcpSocket', 'grpc']
      .map((action) => ({ port: probe.at(action, 'port'), probe: path.at(-1) ?? '', fails }))
      .filter(({ port }) => port.isSet);
  });
}
