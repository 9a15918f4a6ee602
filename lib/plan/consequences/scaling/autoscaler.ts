import { formatId, type Manifest } from '../../../manifest/manifest';
import type { ConsequenceRule, StepReport } from '../rule';
import { count, nameOf } from '../words';
import { autoscalerOf, scaledBy, type Autoscaler } from './autoscalers';
import { declaredBy } from './replicas';

export const autoscaler: ConsequenceRule = {
  kind: 'scaling',
  about: 'An autoscaler takes over a workload, lets go of it, pauses, or keeps another number of pods.',
  run({ steps, before, after }, report) {
    const successors = new Map(steps.map(({ change }) => [change.before, change.after]));
    for (const step of steps) {
      const { change } = step;
      if (change.effect === 'none' || change.effect === 'rejected') continue;
      const [old, now] = [scaledBy(before, change.before), scaledBy(after, change.after)];
      const say: StepReport = (severity, message) => report(step, severity, `${nameOf(step)} ${message}`);
      if (old !== undefined && now !== undefined && successors.get(old.target) === now.target)
        changed(old, now, say);
      else {
        const left = successors.get(old?.target);
        if (old !== undefined && left !== undefined) letsGo(old, left, autoscalerOf(after, left), say);
        if (now !== undefined) say('info', `now scales ${formatId(now.target.id)}: ${rangeOf(now)}.`);
      }
    }
  },
};

function letsGo(
  { target, restores }: Autoscaler,
  workload: Manifest,
  next: Autoscaler | undefined,
  say: StepReport,
): void {
  const message = `no longer scales ${formatId(target.id)}`;
  const own = declaredBy(workload.object);
  if (next !== undefined) say('info', `${message}: ${formatId(next.manifest.id)} does.`);
  else if (own !== undefined)
    say('info', `${message}: the next apply sets it to ${count(own, 'pod')} again.`);
  else if (restores) say('info', `${message}, which gets back the number of pods from before it.`);
  else say('info', `${message}, which keeps the pods that it has.`);
}

function changed(old: Autoscaler, now: Autoscaler, say: StepReport): void {
  const target = formatId(now.target.id);
  if (now.isPaused !== old.isPaused)
    say(
      'info',
      now.isPaused
        ? `is paused: ${target} keeps the pods that it has.`
        : `is no longer paused, and scales ${target} again.`,
    );
  if (now.min === old.min && now.max === old.max) return;
  const range = `now keeps ${rangeOf(now)} of ${target}, instead of ${rangeOf(old)}`;
  const present = declaredBy(now.target.object) ?? declaredBy(old.target.object);
  const [least, most] = present === undefined ? [old.min, old.max] : [present, present];
  const has = present === undefined ? 'it ' : `it has ${present}, and `;
  if (most < now.min) say('warning', `${range}: ${has}is scaled up to ${now.min} immediately.`);
  else if (least > now.max) say('warning', `${range}: ${has}is scaled down to ${now.max} immediately.`);
  else say('info', `${range}.`);
}

/** `3 to 9 pods`. */
function rangeOf({ min, max }: Autoscaler): string {
  return min === max ? count(max, 'pod') : `${min} to ${count(max, 'pod')}`;
}
