import { podsOf, longRunning } from '../../../graph/pods';
import type { Container, Pods } from '../../../graph/pods';
import type { Entry } from '../../../graph/objects';
import type { Rule } from '../../rule';
import { servicesOf, type Service } from '../../../graph/services';
import { jsonText } from '../../../manifest/json-text';

export const readinessProbe: Rule = {
  name: 'policy/readiness-probe',
  severity: 'warning',
  about: 'Finds containers behind a Service without a readinessProbe.',
  why: 'They receive requests before they can answer, so each rollout fails some requests.',
  run(cluster, report) {
    const groups = new Map<readonly Service[], Group>();
    const groupOf = (services: readonly Service[]): Group => {
      const known = groups.get(services) ?? readGroup(services);
      groups.set(services, known);
      return known;
    };
    for (const pod of podsOf(cluster)) {
      const behind = servicesOf(cluster, pod).map(groupOf);
      const targets = behind.flatMap((group) => group.targets);
      if (targets.length === 0) continue;
      const doors = doorsOf(pod);
      const missing = new Set(targets.flatMap((each) => servers(doors, each)));
      for (const { field, name } of missing) {
        const probe = field.child('readinessProbe');
        if (probe.isSet) continue;
        const message = `container "${name}" has no readinessProbe and gets requests from ${namesOf(behind)} before it is ready`;
        report(pod.manifest, probe.path, message, 'Add a readinessProbe that checks the container itself.');
      }
    }
  },
};

/** The Services of the same pods that ask whether these are ready. */
interface Group {
  readonly names: readonly string[];
  /** What their ports lead to; Services with the same ports count once. */
  readonly targets: readonly (readonly unknown[])[];
}

function readGroup(services: readonly Service[]): Group {
  const asking = services.filter(({ root }) => !root.child('spec').child('publishNotReadyAddresses').isTrue);
  const targets = asking.map(({ root }) => targetsOf(root));
  return {
    names: asking.map(({ manifest }) => `Service "${manifest.id.name}"`),
    targets: [...new Map(targets.map((each) => [jsonText(each), each])).values()],
  };
}

/** More Services than this are counted. */
const MOST_NAMED = 3;

function namesOf(groups: readonly Group[]): string {
  const most = groups.flatMap(({ names }) => names.slice(0, MOST_NAMED));
  const rest = groups.reduce((sum, { names }) => sum + names.length, 0) - MOST_NAMED;
  const shown = most.slice(0, MOST_NAMED).join(' and ');
  return rest > 0 ? `${shown} and ${rest} more` : shown;
}

function targetsOf(service: Entry['root']): unknown[] {
  return service
    .child('spec')
    .child('ports')
    .items.map((port) => {
      const target = port.child('targetPort').value;
      return target === undefined || target === null || target === '' ? port.child('port').value : target;
    });
}

/** The containers of a pod by what a Service may call their ports, and the one that is asked where none declares them. */
interface Doors {
  readonly byPort: ReadonlyMap<unknown, readonly Container[]>;
  readonly main: readonly Container[];
}

function doorsOf(pod: Pods): Doors {
  const running = longRunning(pod);
  const byPort = new Map<unknown, Container[]>();
  for (const container of running)
    for (const port of container.field.child('ports').items)
      for (const target of [port.child('containerPort').value, port.child('name').text]) {
        const known = byPort.get(target);
        if (known === undefined) byPort.set(target, [container]);
        else known.push(container);
      }
  return { byPort, main: running.filter(({ role }) => role === 'main').slice(0, 1) };
}

/** The containers that have the ports of a Service; if none declares them, the first one. */
function servers({ byPort, main }: Doors, targets: readonly unknown[]): readonly Container[] {
  const found = targets.flatMap((target) => byPort.get(target) ?? []);
  return found.length > 0 ? found : main;
}
