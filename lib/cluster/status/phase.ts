import type { PlainRecord } from '../../manifest/data';
import type { KubeObject } from '../../manifest/manifest';
import { at, condition, hasCondition, numberAt, recordsAt, textAt } from '../fields';

/** The columns STATUS, READY and RESTARTS of `kubectl get pods`. */
export interface Phase {
  readonly phase: string;
  readonly ready: string;
  readonly restarts: number;
}

/**
 * What kubectl prints of a pod.
 *
 * Source: Kubernetes, pkg/printers/internalversion/printers.go, printPod
 */
export function phaseOf(pod: KubeObject): Phase {
  const init = initPhase(pod);
  const main = mainPhase(pod);
  const isInitializing = init.phase !== undefined && !hasCondition(pod, 'Initialized');
  const total = recordsAt(pod, 'spec', 'containers').length + sidecarsOf(pod).size;
  const ready = init.ready + (isInitializing ? 0 : main.ready);
  const phase = isInitializing ? init.phase : (main.phase ?? init.phase ?? plainPhase(pod));
  return {
    phase: endingPhase(pod) ?? phase ?? '',
    ready: `${ready}/${total}`,
    restarts: isInitializing ? init.restarts : init.sidecarRestarts + main.restarts,
  };
}

function endingPhase(pod: KubeObject): string | undefined {
  if (at(pod, 'metadata', 'deletionTimestamp') === undefined) return undefined;
  if (textAt(pod, 'status', 'reason') === 'NodeLost') return 'Unknown';
  return isOver(pod) ? undefined : 'Terminating';
}

/** Whether no container of a pod runs or will run again. */
export function isOver(pod: KubeObject): boolean {
  return /^(Succeeded|Failed)$/.test(textAt(pod, 'status', 'phase'));
}

function plainPhase(pod: KubeObject): string {
  if (condition(pod, 'PodScheduled')?.['reason'] === 'SchedulingGated') return 'SchedulingGated';
  return textAt(pod, 'status', 'reason') || textAt(pod, 'status', 'phase') || 'Unknown';
}

/** Names of init containers that go on beside the others. */
function sidecarsOf(pod: KubeObject): Set<string> {
  const init = recordsAt(pod, 'spec', 'initContainers');
  return new Set(
    init.filter((each) => each['restartPolicy'] === 'Always').map((each) => textAt(each, 'name')),
  );
}

interface InitPhase {
  /** Absent once all have done their work. */
  readonly phase?: string;
  readonly ready: number;
  readonly restarts: number;
  readonly sidecarRestarts: number;
}

function initPhase(pod: KubeObject): InitPhase {
  const sidecars = sidecarsOf(pod);
  const total = recordsAt(pod, 'spec', 'initContainers').length;
  let [ready, restarts, sidecarRestarts] = [0, 0, 0];
  for (const [index, status] of recordsAt(pod, 'status', 'initContainerStatuses').entries()) {
    const isSidecar = sidecars.has(textAt(status, 'name'));
    const count = numberAt(status, 'restartCount') ?? 0;
    restarts += count;
    if (isSidecar) sidecarRestarts += count;
    if (numberAt(status, 'state', 'terminated', 'exitCode') === 0) continue;
    if (isSidecar && status['started'] === true) {
      if (status['ready'] === true) ready++;
      continue;
    }
    return { phase: `Init:${stateWord(status) ?? `${index}/${total}`}`, ready, restarts, sidecarRestarts };
  }
  return { ready, restarts, sidecarRestarts };
}

/** Of an init container: how it ended, or why it waits, other than for its turn. */
function stateWord(status: PlainRecord): string | undefined {
  if (at(status, 'state', 'terminated') !== undefined) return ended(status);
  const waiting = textAt(status, 'state', 'waiting', 'reason');
  return waiting === '' || waiting === 'PodInitializing' ? undefined : waiting;
}

function ended(status: PlainRecord): string {
  const reason = textAt(status, 'state', 'terminated', 'reason');
  const signal = numberAt(status, 'state', 'terminated', 'signal') ?? 0;
  if (reason !== '') return reason;
  if (signal !== 0) return `Signal:${signal}`;
  return `ExitCode:${numberAt(status, 'state', 'terminated', 'exitCode') ?? 0}`;
}

function mainPhase(pod: KubeObject): { phase?: string; ready: number; restarts: number } {
  let phase: string | undefined;
  let [ready, restarts] = [0, 0];
  // The first container counts most.
  for (const status of recordsAt(pod, 'status', 'containerStatuses').reverse()) {
    restarts += numberAt(status, 'restartCount') ?? 0;
    const waiting = textAt(status, 'state', 'waiting', 'reason');
    if (waiting !== '') phase = waiting;
    else if (at(status, 'state', 'terminated') !== undefined) phase = ended(status);
    else if (status['ready'] === true && at(status, 'state', 'running') !== undefined) ready++;
  }
  if (phase === 'Completed' && ready > 0) phase = hasCondition(pod, 'Ready') ? 'Running' : 'NotReady';
  return { ...(phase !== undefined && { phase }), ready, restarts };
}
