import { replicasOf } from '../../../graph/replicas';
import { count, kindOf, nameOf, numberIn, oldSpecOf, specOf } from '../words';
import { podRefusal } from '../refused-pods';
import { deploymentRollout } from '../rollout/rolling-update';
import { strategyOf, worstMoment } from '../rollout/worst-moment';
import { forEachStep, type Step, type Steps } from '../rule';

/** Only pods that are created later are looked at: of a rollout, of a new workload, and of one that is scaled up. */
export const podsRefused = forEachStep({
  kind: 'downtime',
  about:
    'New pods cannot be created, since they violate the Pod Security level that their namespace enforces, ask for what a LimitRange does not allow, or lack requests or limits that a ResourceQuota demands: those of a rollout, of a new workload, or of one that is scaled up.',
  effects: ['created', 'pods-replaced', 'updated'],
  look(step, steps, report) {
    const outcome = refusedOutcome(step, steps);
    if (outcome !== undefined) report('error', outcome);
  },
});

/** What becomes of a workload whose new pods are rejected, and why. */
export function refusedOutcome(step: Step, steps: Steps): string | undefined {
  const refusal = podRefusal(step.change.after, steps);
  const outcome = refusal && outcomeOf(step, steps);
  return outcome && `${outcome} FailedCreate: ${refusal}.`;
}

/** What becomes of the workload; nothing where it creates no pods for now. */
function outcomeOf(step: Step, steps: Steps): string | undefined {
  const [kind, name, { effect }] = [kindOf(step), nameOf(step), step.change];
  if (kind === 'batch/CronJob') return `No Job of ${name} runs: the pods cannot be created.`;
  if (kind === '/Pod' || kind === '/PodTemplate') return undefined;
  if (effect === 'pods-replaced') return rollout(step, steps);
  const replicas = step.change.after && replicasOf(steps.after, step.change.after);
  if (effect === 'created') return replicas?.max === 0 ? undefined : `No pod of ${name} can be created.`;
  const grown = numberIn(specOf(step), 'replicas', 0) - numberIn(oldSpecOf(step), 'replicas', 0);
  return grown > 0 ? `The ${count(grown, 'more pod')} of ${name} cannot be created.` : undefined;
}

function rollout(step: Step, steps: Steps): string | undefined {
  const [kind, name] = [kindOf(step), nameOf(step)];
  if (kind === 'apps/ReplicaSet' || kind === '/ReplicationController')
    return `New pods of ${name} cannot be created; those that run go on.`;
  if (kind === 'apps/StatefulSet' || kind === 'apps/DaemonSet') {
    if (strategyOf(specOf(step)).isOnDelete)
      return `A pod of ${name} that is deleted is not replaced: new pods cannot be created.`;
    if (kind === 'apps/DaemonSet')
      return `The rollout of ${name} stops at its first pods: new ones cannot be created.`;
    const rolling = worstMoment(step, steps);
    if (rolling === undefined) return undefined;
    return `The rollout of ${name} stops at the first pod, with ${rolling.replicas - 1} of ${rolling.replicas} old pods serving: it is deleted, and its successor cannot be created.`;
  }
  if (kind !== 'apps/Deployment') return `New pods of ${name} cannot be created.`;
  const rollout = deploymentRollout(step, steps.after);
  if (rollout === undefined) return undefined;
  if (rollout.rolling === undefined)
    return `${name} stops its pods, and nothing serves: new pods cannot be created.`;
  const { replicas, unavailable } = rollout.rolling;
  return `The rollout of ${name} is stuck, with ${replicas - unavailable} of ${replicas} old pods serving: new pods cannot be created.`;
}
