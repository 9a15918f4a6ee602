import { podTemplateOf } from '../../../graph/pod-template';
import { formatId, type KubeObject } from '../../../manifest/manifest';
import { forEachStep, type Step } from '../rule';
import { count, kindOf, nameOf, numberIn, oldSpecOf, specOf } from '../words';
import { autoscalerOf, type Autoscaler } from './autoscalers';

export const replicas = forEachStep({
  kind: 'scaling',
  about: 'A workload sets another number of pods, or leaves it to an autoscaler.',
  look(step, { before, after }, report) {
    const { change, was } = step;
    if (change.before === undefined || change.after === undefined || change.effect === 'rejected') return;
    if (!isScaled(step)) return;
    const scaler = autoscalerOf(after, change.after);
    const [asked, askedBefore] = [declaredBy(change.after.object), declaredBy(change.before.object)];
    const [now, then] = [specOf(step), oldSpecOf(step)].map((spec) => numberIn(spec, 'replicas', 1)) as [
      number,
      number,
    ];
    const isChanged = was !== undefined && now !== then;
    if (scaler === undefined) {
      if (isChanged)
        report(
          now === 0 ? 'warning' : 'info',
          scaledByHand(step, then, now, autoscalerOf(before, change.before)),
        );
      return;
    }
    const name = nameOf(step);
    const by = formatId(scaler.manifest.id);
    if (asked === undefined && askedBefore !== undefined && askedBefore > 1)
      report(
        'warning',
        `${name} no longer sets replicas. Unless its autoscaler has set them since the last apply, it drops from ${askedBefore} pods to 1 before ${by} scales it up again. Add the autoscaler first, and remove replicas in a later change.`,
      );
    else if (asked !== undefined && isChanged)
      report(
        'warning',
        `${name} is set to ${count(now, 'pod')} until ${by} scales it again. Leave out replicas.`,
      );
  },
});

/** How many pods an object asks for; nothing where it leaves that to something else. */
export function declaredBy(object: KubeObject | undefined): number | undefined {
  const spec = object?.['spec'] as { readonly replicas?: unknown } | null | undefined;
  return typeof spec?.replicas === 'number' ? spec.replicas : undefined;
}

function isScaled(step: Step): boolean {
  return kindOf(step) !== 'apps/DaemonSet' && podTemplateOf(step.now)?.replacesPods === true;
}

function scaledByHand(step: Step, then: number, now: number, old: Autoscaler | undefined): string {
  const name = nameOf(step);
  if (now === 0) return `${name} stops ${then === 1 ? 'its only pod' : `all ${then} pods`}: replicas is 0.`;
  const from = old === undefined ? String(then) : 'the number that its autoscaler had chosen';
  const isLeft = declaredBy(step.change.after?.object) === undefined;
  return `${name} scales from ${from} to ${count(now, 'pod')}${isLeft ? ', the default' : ''}.`;
}
