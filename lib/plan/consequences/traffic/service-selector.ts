import { equal } from '../../../apiserver/update/equal';
import { podIndex } from '../../../graph/pods';
import { serviceOf } from '../../../graph/services';
import type { Manifest } from '../../../manifest/manifest';
import type { ConsequenceRule, Report, Step, Steps } from '../rule';
import { kindOf, nameOf, specOf } from '../words';

export const serviceSelector: ConsequenceRule = {
  kind: 'traffic',
  about: 'A Service selects other pods: none, or only pods that do not run yet.',
  run(steps, report) {
    const byWorkload = new Map(steps.steps.map((step) => [step.change.after, step]));
    for (const step of steps.steps)
      if (step.change.effect === 'updated' && kindOf(step) === '/Service')
        selected(step, steps, byWorkload, report);
  },
};

function selected(
  step: Step,
  { before, after }: Steps,
  byWorkload: ReadonlyMap<Manifest | undefined, Step>,
  report: Report,
): void {
  const { change } = step;
  if (change.before === undefined || change.after === undefined) return;
  const [old, now] = [serviceOf(before, change.before), serviceOf(after, change.after)];
  // An alias has no pods, which the change of its type says.
  if (equal(old?.selector, now?.selector) || specOf(step)['type'] === 'ExternalName') return;
  const name = nameOf(step);
  if (now?.selector === undefined)
    return report(
      step,
      'warning',
      `${name} no longer selects pods: something else has to provide its endpoints.`,
    );
  if (now.pods.length === 0)
    return report(
      step,
      'error',
      `The new selector of ${name} matches no pods of this set, so it has no endpoints.`,
    );
  const running = podIndex(before).select(now.selector, [now.namespace]);
  const owners = new Set(running.map(({ manifest }) => manifest));
  for (const { manifest } of now.pods) {
    const own = byWorkload.get(manifest);
    if (own?.change.effect !== 'pods-replaced' || own.change.before === undefined) continue;
    if (owners.has(own.change.before)) continue;
    report(
      step,
      'warning',
      `The new selector of ${name} matches only the new pods of ${nameOf(own)}: it sends nothing to the running pods, even before the new ones are ready.`,
    );
  }
}
