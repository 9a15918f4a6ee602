import { atLeast } from '../../../kube/at-least';
import type { KubernetesRelease } from '../../../kube/schema';
import type { Reporter } from '../../core/problems';
import { below } from '../../core/problems';
import type { Keys } from '../../core/props';
import { checkKeys, nonEmptyRecord, wholeNumber } from '../../core/props';
import type { NamedPort } from './ports';
import type { CommandAction, HttpAction } from './probes';
import { actionKeys, checkAction, renderAction } from './probes';

/** Waits a number of seconds, without needing a shell in the image (since Kubernetes 1.30). */
export interface SleepAction {
  /** Seconds, at most what the pod gets to end. */
  readonly sleep: number;
}

export type LifecycleAction = CommandAction | HttpAction | SleepAction;

/** What happens when a container starts and before it ends. */
export interface Lifecycle {
  /** Right after the start. @default nothing */
  readonly postStart?: LifecycleAction;
  /** Before the container is told to end, such as a pause in which load balancers forget it. @default nothing */
  readonly preStop?: LifecycleAction;
}

const LIFECYCLE_KEYS: Keys<Lifecycle> = { postStart: true, preStop: true };
const ACTION_KEYS = actionKeys(['http', 'command', 'sleep']);

/** What the actions depend on. */
export interface LifecyclePlace {
  readonly kubernetes: KubernetesRelease;
  /** Ports of the container. */
  readonly ports: readonly NamedPort[];
  /** Seconds that the pod gets to end. */
  readonly gracePeriod: number;
}

/** `lifecycle` of a container. */
export function renderLifecycle(lifecycle: Lifecycle, place: LifecyclePlace, report: Reporter): object {
  checkKeys(lifecycle, LIFECYCLE_KEYS, report);
  const render = (name: keyof Lifecycle): object | undefined => {
    const action = lifecycle[name];
    if (action === undefined) return undefined;
    const telling = below(name, report);
    checkAction(action, ACTION_KEYS, telling);
    return 'sleep' in action
      ? renderSleep(action, place, telling)
      : renderAction(action, place.ports, telling);
  };
  return nonEmptyRecord('lifecycle', { postStart: render('postStart'), preStop: render('preStop') });
}

/** Source: PodLifecycleSleepAction (KEP-3960), on by default since 1.30, and since 1.33 for no second at all. */
function renderSleep({ sleep }: SleepAction, place: LifecyclePlace, report: Reporter): object {
  const { kubernetes, gracePeriod } = place;
  if (!atLeast(kubernetes, '1.30')) {
    const message = `Kubernetes ${kubernetes} cannot sleep by itself; that came with 1.30`;
    report({ code: 'INVALID_PROP', path: 'sleep', message, hint: "Use `command: ['sleep', '5']`." });
  }
  wholeNumber(sleep, 'sleep', atLeast(kubernetes, '1.33') ? 0 : 1, report, gracePeriod);
  return { sleep: { seconds: sleep } };
}
