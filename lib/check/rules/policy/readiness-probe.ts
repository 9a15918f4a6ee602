import { podsOf, longRunning } from '../../../graph/pods';
import type { Container, Pods } from '../../../graph/pods';
import type { Entry } from '../../../graph/objects';
import type { Rule } from '../../rule';
import { servicesOf } from '../../../graph/services';

export const readinessProbe: Rule = {
  name: 'policy/readiness-probe',
  severity: 'warning',
  about: 'Finds containers behind a Service without a readinessProbe.',
  why: 'They receive requests before they can answer, so each rollout fails some requests.',
  run(cluster, report) {
    for (const pod of podsOf(cluster)) {
      const services = servicesOf(cluster, pod).filter(({ root }) => asksWhetherReady(root));
      const missing = new Set(services.flatMap((service) => servers(pod, service)));
      for (const { field, name } of missing) {
        const probe = field.child('readinessProbe');
        if (probe.isSet) continue;
        const names = services.map(({ manifest }) => `Service "${manifest.id.name}"`).join(' and ');
        const message = `container "${name}" has no readinessProbe and gets requests from ${names} before it is ready`;
        report(pod.manifest, probe.path, message, 'Add a readinessProbe that checks the container itself.');
      }
    }
  },
};

function asksWhetherReady(service: Entry['root']): boolean {
  return !service.child('spec').child('publishNotReadyAddresses').isTrue;
}

/** The containers that have the ports of a Service; if none declares them, the first one. */
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
