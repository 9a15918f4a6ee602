import type { Field } from '../../../manifest/field';
import { longRunning, podsOf, type Container, type Pods } from '../../../graph/pods';
import { probeTiming } from '../../../graph/probes';
import type { Report, Rule } from '../../rule';

/** Seconds without requests after each start, beyond which the delay is likely to be meant for a startupProbe. */
const LATE = 300;
/** Default of `spec.progressDeadlineSeconds` of a Deployment. */
const DEADLINE = 600;

/**
 * Source: DeploymentTimedOut and DeploymentProgressing of kubernetes `pkg/controller/deployment/util`: a pod that becomes
 * ready is progress.
 */
export const lateReadiness: Rule = {
  name: 'policy/late-readiness',
  severity: 'warning',
  about:
    'Finds probes that let no pod become ready for five minutes or more, or for longer than the progress deadline of its Deployment.',
  why: 'The delay passes after each start, also where the container is ready at once: rollouts, restarts and autoscalers wait for it. After the deadline, the rollout counts as failed.',
  run(cluster, report) {
    for (const pods of podsOf(cluster)) {
      const [latest, ...more] = longRunning(pods)
        .flatMap((container) => delaysOf(container))
        .toSorted((a, b) => b.seconds - a.seconds);
      if (latest === undefined) continue;
      if (isTooLate(pods, latest)) reportDeadline(pods, latest, report);
      for (const each of isTooLate(pods, latest) ? more : [latest, ...more]) reportDelay(pods, each, report);
    }
  },
};

/** A probe that begins late. */
interface Delay {
  readonly container: string;
  readonly probe: Field;
  readonly seconds: number;
}

function delaysOf({ field, name }: Container): Delay[] {
  return ['readinessProbe', 'startupProbe'].flatMap((each) => {
    const probe = field.child(each);
    const seconds = probeTiming(probe)?.delay ?? 0;
    return seconds > 0 ? [{ container: name, probe, seconds }] : [];
  });
}

function deadlineOf({ kind, root }: Pods): number | undefined {
  if (kind !== 'apps/Deployment' || root.at('spec', 'paused').isTrue) return undefined;
  const field = root.at('spec', 'progressDeadlineSeconds');
  return field.isSet ? field.number : DEADLINE;
}

function isTooLate(pods: Pods, { seconds }: Delay): boolean {
  const deadline = deadlineOf(pods);
  return deadline !== undefined && seconds >= deadline;
}

function reportDeadline(pods: Pods, { container, probe, seconds }: Delay, report: Report): void {
  const message = `${probe.name} of container "${container}" begins after ${seconds}s, and progressDeadlineSeconds is ${deadlineOf(pods) ?? 0}: each rollout is reported as failed before its first pod can be ready`;
  report(pods.manifest, `${probe.path}.initialDelaySeconds`, message, HINT);
}

function reportDelay(pods: Pods, { container, probe, seconds }: Delay, report: Report): void {
  if (seconds < LATE) return;
  const message = `${probe.name} of container "${container}" begins after ${seconds}s: its pods get no requests before`;
  report(pods.manifest, `${probe.path}.initialDelaySeconds`, message, HINT);
}

const HINT = 'Use a startupProbe with a short period and a high failureThreshold.';
