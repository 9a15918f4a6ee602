import { podsOf, longRunning } from '../../../graph/pods';
import type { Container, Pods } from '../../../graph/pods';
import type { Entry } from '../../../graph/objects';
import type { Rule } from '../../rule';
import { servicesOf } from '../../../graph/services';

export const readinessProbe: Rule = {
  name: 'policy/readiness-probe',
  severity: 'warning',
  about: 'Finds containers that a Service sends requests to, and that no probe asks whether they are ready.',
  why: 'They get requests from their first moment, before they can answer, so each rollout loses some.',
  run(cluster, report) {
    for (const pod of podsOf(cluster)) {
      const services = servicesOf(cluster, pod).filter(({ root }) => asksWhetherReady(root));
      const missing = new Set(services.flatMap((service) => servers(pod, service)));
      for (const { field, name } of missing) {
        const probe = field.child('readinessProbe');
        if (probe.isSet) continue;
        const names = services.map(({ manifest }) => `"${manifest.id.name}"`).join(', ');
        const message = `the container "${name}" gets requests from the Service ${names} before it is ready`;
        report(pod.manifest, probe.path, message, 'Add a readinessProbe that asks the container itself.');
      }
    }
  },
};

function asksWhetherReady(service: Entry['root']): boolean {
  return !service.child('spec').child('publishNotReadyAddresses').isTrue;
}

/** The containers that have the ports of a Service; where none says so, the first one. */
function servers(pod: Pods, { root }: Entry): readonly Container[] {
  const running = longRunning(pod);
  const targets = root
    .child('spec')
    .child('ports')
    .items.map((port) => {
      const target = port.child('targetPort').value;
      return target === undefined || target === null || target === '' ? port.child('port').value : target;
    });
  const found = running.filter(({ field }) =>
    field
      .child('ports')
      .items.some(
        (port) =>
          targets.includes(port.child('containerPort').value) || targets.includes(port.child('name').text),
      ),
  );
  const [main] = running.filter(({ role }) => role === 'main');
  return found.length > 0 || main === undefined ? found : [main];
}
