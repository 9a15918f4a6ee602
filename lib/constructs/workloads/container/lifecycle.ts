import type { FeatureGates } from '../../../kube/feature-gates';
import { needsGate } from '../../core/needs-gate';
import type { Reporter } from '../../core/problems';
import { below } from '../../core/problems';
import { nonEmptyRecord, integer } from '../../core/props';
import { forms, number, record } from '../../core/shapes';
import type { NamedPort } from './ports';
import type { CommandAction, HttpAction } from './probes';
import { ACTION_WORDS, COMMAND_ACTION, HTTP_ACTION, renderAction } from './probes';

/** A pause that needs no shell in the image (Kubernetes 1.30 and later). */
export interface SleepAction {
  /** Seconds, at most the grace period of the pod. */
  readonly sleep: number;
}

/** What happens when a container starts or stops. */
export type LifecycleAction = CommandAction | HttpAction | SleepAction;

/** Actions when a container starts and before it stops. */
export interface Lifecycle {
  /** Action right after the start. @default none */
  readonly postStart?: LifecycleAction;
  /** Action before the container is stopped, such as a pause in which load balancers stop sending requests. @default none */
  readonly preStop?: LifecycleAction;
}

const ACTION = forms<LifecycleAction>(
  {
    http: record<HttpAction>(HTTP_ACTION),
    command: record<CommandAction>(COMMAND_ACTION),
    sleep: record<SleepAction>({ sleep: number }),
  },
  ACTION_WORDS,
);

export const LIFECYCLE = record<Lifecycle>(
  { postStart: ACTION, preStop: ACTION },
  { example: '{ preStop: { sleep: 5 } }' },
);

/** What the actions depend on. */
export interface LifecyclePlace {
  /** @internal */
  readonly gates: FeatureGates;
  /** Ports of the container. */
  readonly ports: readonly NamedPort[];
  /** Seconds that the pod gets to stop. */
  readonly gracePeriod: number;
}

/** `lifecycle` of a container. */
export function renderLifecycle(lifecycle: Lifecycle, place: LifecyclePlace, report: Reporter): object {
  const render = (name: keyof Lifecycle): object | undefined => {
    const action = lifecycle[name];
    if (action === undefined) return undefined;
    const reportBelow = below(name, report);
    return 'sleep' in action
      ? renderSleep(action, place, reportBelow)
      : renderAction(action, place.ports, reportBelow);
  };
  return nonEmptyRecord('lifecycle', { postStart: render('postStart'), preStop: render('preStop') });
}

/** Nothing for a sleep of no second that the server refuses: it is the same as no action. */
function renderSleep(
  { sleep }: SleepAction,
  { gates, gracePeriod }: LifecyclePlace,
  report: Reporter,
): object | undefined {
  integer(sleep, 'sleep', 0, report, gracePeriod);
  if (sleep === 0 && !gates.isOn('PodLifecycleSleepActionAllowZero')) return undefined;
  const instead = "Use `command: ['sleep', '5']`, if the image has it.";
  needsGate('PodLifecycleSleepAction', gates, { path: 'sleep', instead }, report);
  return { sleep: { seconds: sleep } };
}
