import { podTemplateOf } from '../../../graph/pod-template';
import { replicasOf } from '../../../graph/replicas';
import { rolloutOf } from '../../../graph/rollouts';
import { formatId, type Manifest } from '../../../manifest/manifest';
import { CHANGED, forEachStep, type Step } from '../rule';
import { count, nameOf, numberIn, oldSpecOf, specOf } from '../words';

export const replicas = forEachStep({
  kind: 'scaling',
  about: 'A workload changes its number of pods, or leaves it to an autoscaler.',
  effects: CHANGED,
  look(step, { before, after }, report) {
    const { change, was } = step;
    if (change.before === undefined || change.after === undefined) return;
    if (podTemplateOf(step.now)?.replacesPods !== true) return;
    const [old, pods] = [replicasOf(before, change.before), replicasOf(after, change.after)];
    if (pods === undefined) return;
    const [scaler] = pods.scalers;
    const [asked, askedBefore] = [pods.current, old?.current];
    const [now, then] = [specOf(step), oldSpecOf(step)].map((spec) => numberIn(spec, 'replicas', 1)) as [
      number,
      number,
    ];
    const isChanged = was !== undefined && now !== then;
    const rollout = rolloutOf(after, change.after);
    if (rollout?.by === 'argo') {
      // From then on, the number of the Deployment is left to the Rollout.
      if (rolloutOf(before, change.before) === undefined && now < then)
        report('warning', handedOver(nameOf(step), formatId(rollout.manifest.id), then, now));
      return;
    }
    if (scaler === undefined) {
      const wasScaled = old !== undefined && old.scalers.length > 0;
      const from = wasScaled ? 'the number that its autoscaler set' : String(then);
      if (isChanged && now === 0) report('warning', stopped(step, then));
      else if (isChanged)
        report(
          'info',
          `${nameOf(step)} scales from ${from} to ${count(now, 'pod')}${asked === undefined ? ', the default' : ''}.`,
        );
      return;
    }
    const name = nameOf(step);
    const by = formatId(scaler.manifest.id);
    if (asked === undefined && askedBefore !== undefined && askedBefore > 1)
      report(
        'warning',
        `${name} no longer sets replicas. Unless its autoscaler has set them since the last apply, it drops from ${askedBefore} pods to 1 before ${by} scales it up again. ${wayToHandOver(change.after, askedBefore)}`,
      );
    else if (asked !== undefined && isChanged)
      report(
        'warning',
        `${name} is set to ${count(now, 'pod')} until ${by} scales it again. Remove replicas from the manifest.`,
      );
  },
});

function handedOver(name: string, rollout: string, then: number, now: number): string {
  return `${name} drops from ${count(then, 'pod')} to ${now} before ${rollout} has started its own. Apply the Rollout alone first, and the rest when it is healthy.`;
}

/** A construct has a prop for it; YAML needs two steps. */
function wayToHandOver({ origin }: Manifest, pods: number): string {
  return origin?.construct === undefined
    ? 'Add the autoscaler first, and remove replicas in a later change.'
    : `Set replicas.initial to ${pods} until the autoscaler has set the number.`;
}

function stopped(step: Step, then: number): string {
  return `${nameOf(step)} stops ${then === 1 ? 'its only pod' : `all ${then} pods`}: replicas is 0.`;
}
