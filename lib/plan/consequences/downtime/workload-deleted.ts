import { podTemplateOf } from '../../../graph/pod-template';
import { rolloutAt } from '../../../graph/rollouts';
import { formatId } from '../../../manifest/manifest';
import { forEachStep } from '../rule';
import { nameOf } from '../words';

export const workloadDeleted = forEachStep({
  kind: 'downtime',
  about: 'A workload is deleted, and its pods stop.',
  effects: ['deleted'],
  look(step, { before }, report) {
    const rollout = step.change.before && rolloutAt(before, step.change.before);
    if (rollout?.by === 'argo')
      report(
        'warning',
        `${nameOf(step)} is deleted, and its pods stop: ${formatId(rollout.workload.id)} has to start others in their place.`,
      );
    if (podTemplateOf(step.change.before?.object)?.replacesPods === true)
      report('warning', `${nameOf(step)} is deleted, and its pods stop.`);
  },
});
