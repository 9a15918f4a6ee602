import type { PlainRecord } from '../../manifest/data';
import type { KubeObject } from '../../manifest/manifest';
import type { Events } from './events';
import { at, condition, hasCondition, numberAt, recordsAt, textAt, timeAt } from '../fields';
import { oneLine, reasonLine } from '../lines';

/**
 * What it takes for a pod or workload to go on: `passing`, time; `lacking`, something that another may be about to bring,
 * such as a node, a Secret or a volume; `stuck`, a person, for an image that cannot be pulled or a quota that is full;
 * `crashing`, another program; `final`, nothing does.
 */
export type Outlook = 'passing' | 'lacking' | 'stuck' | 'crashing' | 'final';

/** What a person would look for at a pod. */
export interface Reason {
  readonly text: string;
  readonly outlook: Outlook;
  /** The container that has ended, whose log says more. */
  readonly crashed?: Crashed | undefined;
}

/** A container that has ended with an error. */
export interface Crashed {
  readonly container: string;
  readonly restarts: number;
}

/** Whether waiting does not help. */
export function isStuck(reason: Reason | undefined): boolean {
  return reason !== undefined && reason.outlook !== 'passing';
}

/** Milliseconds beyond the grace period after which a pod should be gone. */
const LATE = 10_000;

/** Why a pod does not run, is not ready, or was restarted; undefined if nothing is to be said. */
export function podReason(pod: KubeObject, events: Events, now: number): Reason | undefined {
  const phase = textAt(pod, 'status', 'phase');
  if (at(pod, 'metadata', 'deletionTimestamp') !== undefined) return lateReason(pod, now);
  if (phase === 'Succeeded') return undefined;
  if (phase === 'Failed')
    return { text: failedText(pod), outlook: 'final', crashed: crashedOf(endedIn(pod)) };
  return (
    unscheduled(pod) ??
    containerReason(pod, events) ??
    (phase === 'Pending' ? startReason(pod, events) : unreadyReason(pod, events)) ??
    restartReason(pod)
  );
}

const stuck = (text: string): Reason => ({ text, outlook: 'stuck' });
const passing = (text: string, crashed?: Crashed): Reason => ({ text, outlook: 'passing', crashed });

/** Statuses of all containers, in the order in which they start. */
function statusesOf(pod: KubeObject): PlainRecord[] {
  return [
    ...recordsAt(pod, 'status', 'initContainerStatuses'),
    ...recordsAt(pod, 'status', 'containerStatuses'),
  ];
}

function lateReason(pod: KubeObject, now: number): Reason | undefined {
  const end = timeAt(pod, 'metadata', 'deletionTimestamp') ?? now;
  if (now - end < LATE) return undefined;
  const finalizers = at(pod, 'metadata', 'finalizers');
  const held =
    Array.isArray(finalizers) && finalizers.length > 0
      ? `, held by the finalizers ${finalizers.join(', ')}`
      : '';
  return stuck(`should have ended ${Math.round((now - end) / 1000)}s ago${held}`);
}

function failedText(pod: KubeObject): string {
  const { reason, message } = {
    reason: textAt(pod, 'status', 'reason'),
    message: textAt(pod, 'status', 'message'),
  };
  if (reason !== '' || message !== '') return reasonLine(reason, message);
  const ended = endedIn(pod);
  return ended === undefined
    ? 'the pod failed'
    : `container ${textAt(ended, 'name')} ${endOf(at(ended, 'state', 'terminated'))}`;
}

/** The first container that has ended with an error. */
function endedIn(pod: KubeObject): PlainRecord | undefined {
  return statusesOf(pod).find((status) => (numberAt(status, 'state', 'terminated', 'exitCode') ?? 0) !== 0);
}

function crashedOf(status: PlainRecord | undefined): Crashed | undefined {
  return status && { container: textAt(status, 'name'), restarts: numberAt(status, 'restartCount') ?? 0 };
}

function unscheduled(pod: KubeObject): Reason | undefined {
  const scheduled = condition(pod, 'PodScheduled');
  if (scheduled?.['status'] !== 'False') return undefined;
  if (scheduled['reason'] === 'SchedulingGated') {
    const gates = recordsAt(pod, 'spec', 'schedulingGates').map((gate) => textAt(gate, 'name'));
    return passing(`is not scheduled before its gates are removed: ${gates.join(', ')}`);
  }
  const why = oneLine(textAt(scheduled, 'message') || textAt(scheduled, 'reason'));
  return { text: `cannot be scheduled: ${why}`, outlook: 'lacking' };
}

/** Reasons for which a container waits on its way to the first start. */
const STARTING = /^(|ContainerCreating|PodInitializing)$/;

/** The first container that waits for something other than its turn, or that has failed. */
function containerReason(pod: KubeObject, events: Events): Reason | undefined {
  for (const status of statusesOf(pod)) {
    const name = textAt(status, 'name');
    const waiting = textAt(status, 'state', 'waiting', 'reason');
    if (!STARTING.test(waiting)) return waitingReason(pod, status, events);
    const ended = at(status, 'state', 'terminated');
    if ((numberAt(ended, 'exitCode') ?? 0) !== 0)
      return {
        text: `container ${name} ${endOf(ended)}${probeText(pod, ended, events)}`,
        outlook: 'crashing',
        crashed: crashedOf(status),
      };
  }
  return undefined;
}

/** Reasons of a container that are about its image. */
const OF_IMAGE = /^(ErrImagePull|ImagePullBackOff|InvalidImageName|ErrImageNeverPull|RegistryUnavailable)$/;

/** Reasons that stay, whatever others do. */
const OF_SPEC = /^(InvalidImageName|ErrImageNeverPull)$/;

function waitingReason(pod: KubeObject, status: PlainRecord, events: Events): Reason {
  const container = `container ${textAt(status, 'name')}`;
  const reason = textAt(status, 'state', 'waiting', 'reason');
  const message = textAt(status, 'state', 'waiting', 'message');
  const last = at(status, 'lastState', 'terminated');
  const crashed = last === undefined ? undefined : crashedOf(status);
  if (reason === 'CrashLoopBackOff' && crashed !== undefined) {
    const end = `${endOf(last)}${probeText(pod, last, events)}`;
    return {
      text: `${container} ${end}${crashed.restarts === 0 ? '' : `, restarted ${times(crashed.restarts)}`}`,
      outlook: 'crashing',
      crashed,
    };
  }
  const isLacking = reason === 'CreateContainerConfigError';
  const outlook = OF_SPEC.test(reason) ? 'final' : isLacking ? 'lacking' : 'stuck';
  if (!OF_IMAGE.test(reason))
    return { text: `${container} cannot start: ${reasonLine(reason, message)}`, outlook, crashed };
  const image = textAt(status, 'image');
  // The status says only that it waits to try again; the event of the last try says why it failed.
  const event =
    reason === 'ImagePullBackOff' ? events.messageOf(pod, /^Failed$/, /^Failed to pull image/) : undefined;
  const named = event?.includes(image) === true ? '' : ` ${image}`;
  return {
    text: `${container} cannot get its image${named}: ${reasonLine(reason, event ?? message)}`,
    outlook,
  };
}

/** What the kubelet killed a container for, if it did. */
function probeText(pod: KubeObject, terminated: unknown, events: Events): string {
  const code = numberAt(terminated, 'exitCode');
  if ((code !== 137 && code !== 143) || textAt(terminated, 'reason') === 'OOMKilled') return '';
  const probe = events.messageOf(pod, /^Unhealthy$/, /^(Liveness|Startup) probe/);
  return probe === undefined ? '' : `, since its probe failed (${probe})`;
}

/** `ended with exit code 1 (Error): message`. */
function endOf(terminated: unknown): string {
  const reason = textAt(terminated, 'reason');
  const signal = numberAt(terminated, 'signal') ?? 0;
  const code = numberAt(terminated, 'exitCode') ?? 0;
  const how = signal === 0 ? `exit code ${code}` : `signal ${signal}`;
  const end =
    reason === 'OOMKilled'
      ? `was killed: it needs more memory than its limit (OOMKilled, ${how})`
      : `ended with ${how}${reason === '' || reason === 'Error' ? '' : ` (${reason})`}`;
  const message = oneLine(textAt(terminated, 'message'));
  return message === '' ? end : `${end}: ${message}`;
}

/** What keeps the containers of a pod from being created. */
function startReason(pod: KubeObject, events: Events): Reason | undefined {
  const message = events.messageOf(pod, /^Failed(?!Scheduling)/);
  if (message !== undefined) return { text: message, outlook: 'lacking' };
  return textAt(pod, 'spec', 'nodeName') === '' ? passing('waits for the scheduler') : undefined;
}

function unreadyReason(pod: KubeObject, events: Events): Reason | undefined {
  if (hasCondition(pod, 'Ready')) return undefined;
  if (textAt(pod, 'status', 'phase') === 'Unknown' || textAt(pod, 'status', 'reason') === 'NodeLost')
    return { text: `its node ${textAt(pod, 'spec', 'nodeName')} does not answer`, outlook: 'lacking' };
  const probe = events.messageOf(pod, /^(Unhealthy|NodeNotReady)$/);
  if (probe !== undefined) return passing(probe);
  const ready = condition(pod, 'Ready');
  if (ready?.['reason'] === 'ReadinessGatesNotReady') return passing(oneLine(textAt(ready, 'message')));
  const unready = recordsAt(pod, 'status', 'containerStatuses').find((status) => status['ready'] !== true);
  if (unready === undefined) return undefined;
  const last = at(unready, 'lastState', 'terminated');
  const name = textAt(unready, 'name');
  if (last !== undefined)
    return passing(
      `container ${name} ${endOf(last)}${probeText(pod, last, events)}, and was started again`,
      crashedOf(unready),
    );
  return passing(`container ${name} is not ready`);
}

/** A pod that is ready, and was not always. */
function restartReason(pod: KubeObject): Reason | undefined {
  const status = statusesOf(pod).find(
    (each) => (numberAt(each, 'lastState', 'terminated', 'exitCode') ?? 0) !== 0,
  );
  if (status === undefined) return undefined;
  const count = times(numberAt(status, 'restartCount') ?? 1);
  return passing(
    `container ${textAt(status, 'name')} ${endOf(at(status, 'lastState', 'terminated'))}; restarted ${count}`,
  );
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}
