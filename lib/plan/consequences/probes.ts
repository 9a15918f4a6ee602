import { recordIn, recordsIn } from '../../apiserver/defaults/plain';
import type { PlainRecord } from '../../manifest/data';
import { kindOf, nameOf } from './workload';
import type { Step, Steps, Report } from './rule';
import { worstMoment } from './worst-moment';

/**
 * New pods that never become ready: a startup or readiness probe asks at a port by a name that its container gives to
 * none, which the API server accepts. Ports by number are left alone, since a container may listen on any.
 */
export function deadProbes(step: Step, steps: Steps, report: Report): void {
  const [old] = deadIn(step.was);
  const [dead] = deadIn(step.now);
  // Where it was so before, nothing is told of old pods that serve.
  if (dead === undefined || old !== undefined) return;
  const why = `the ${dead.probe} of container ${dead.container} asks at port "${dead.port}", and no port of the container has that name`;
  report(step, 'error', `New pods of ${nameOf(step)} never become ready: ${why}. ${outcome(step, steps)}`);
}

function outcome(step: Step, steps: Steps): string {
  const rolling = worstMoment(step, steps);
  if (rolling === undefined) return 'Whatever starts after this does not serve.';
  const left = rolling.replicas - rolling.unavailable;
  const first = kindOf(step) === 'apps/StatefulSet' ? ' at the first pod' : '';
  if (left === 0) return 'The rollout stops with nothing left that serves.';
  return `The rollout stops${first}, with ${left} of ${rolling.replicas} old pods serving.`;
}

interface DeadProbe {
  readonly container: string;
  readonly probe: string;
  readonly port: string;
}

function deadIn(object: PlainRecord | undefined): DeadProbe[] {
  const template = recordIn(recordIn(object ?? {}, 'spec') ?? {}, 'template') ?? {};
  const spec = recordIn(template, 'spec') ?? {};
  return [...recordsIn(spec, 'containers'), ...recordsIn(spec, 'initContainers')].flatMap((container) => {
    const names = new Set(recordsIn(container, 'ports').map((port) => port['name']));
    return ['startupProbe', 'readinessProbe'].flatMap((probe): DeadProbe[] => {
      const asked = recordIn(container, probe) ?? {};
      const { port } = recordIn(asked, 'httpGet') ?? recordIn(asked, 'tcpSocket') ?? {};
      if (typeof port !== 'string' || !/[a-z]/i.test(port) || names.has(port)) return [];
      return [{ container: String(container['name']), probe, port }];
    });
  });
}
