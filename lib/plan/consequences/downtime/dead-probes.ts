import { podTemplateOf } from '../../../graph/pod-template';
import type { PlainRecord } from '../../../manifest/data';
import { worstMoment } from '../rollout/worst-moment';
import { forEachStep, type Step, type Steps } from '../rule';
import { kindOf, nameOf } from '../words';

/**
 * New pods that never become ready: a startup or readiness probe uses a port by a name that its container gives to
 * none, which the API server accepts. Ports by number are left alone, since a container may listen on any.
 */
export const deadProbes = forEachStep({
  kind: 'downtime',
  about: 'New pods never become ready: a probe uses a port name that its container does not have.',
  effects: ['pods-replaced'],
  isInPlace: true,
  look(step, steps, report) {
    const [old] = deadIn(step.was);
    const [dead] = deadIn(step.now);
    // If it was so before, the old pods do not serve either.
    if (dead === undefined || old !== undefined) return;
    const why = `the ${dead.probe} of container "${dead.container}" uses port "${dead.port}", and the container has no port of that name`;
    report('error', `New pods of ${nameOf(step)} never become ready: ${why}. ${outcome(step, steps)}`);
  },
});

function outcome(step: Step, steps: Steps): string {
  const rolling = worstMoment(step, steps);
  if (rolling === undefined) return 'No new pod will serve.';
  const left = rolling.replicas - rolling.unavailable;
  const first = kindOf(step) === 'apps/StatefulSet' ? ' at the first pod' : '';
  if (left === 0) return 'The rollout stops, and no pod serves.';
  return `The rollout stops${first}, with ${left} of ${rolling.replicas} old pods serving.`;
}

interface DeadProbe {
  readonly container: string;
  readonly probe: string;
  readonly port: string;
}

function deadIn(object: PlainRecord | undefined): DeadProbe[] {
  const spec = podTemplateOf(object)?.field.at('spec');
  const containers = [...(spec?.list('containers') ?? []), ...(spec?.list('initContainers') ?? [])];
  return containers.flatMap((container) => {
    const names = new Set(container.list('ports').map((port) => port.at('name').text));
    return ['startupProbe', 'readinessProbe'].flatMap((probe): DeadProbe[] => {
      const asked = container.at(probe);
      const action = asked.at('httpGet').isSet ? asked.at('httpGet') : asked.at('tcpSocket');
      const port = action.at('port').text;
      if (!/[a-z]/i.test(port) || names.has(port)) return [];
      return [{ container: container.at('name').text, probe, port }];
    });
  });
}
