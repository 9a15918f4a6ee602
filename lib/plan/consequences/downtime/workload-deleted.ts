import { podTemplateOf } from '../../../graph/pod-template';
import { forEachStep } from '../rule';
import { nameOf } from '../words';

export const workloadDeleted = forEachStep({
  kind: 'downtime',
  about: 'A workload is deleted, and its pods stop.',
  effects: ['deleted'],
  look(step, _, report) {
    if (podTemplateOf(step.change.before?.object)?.replacesPods === true)
      report('warning', `${nameOf(step)} is deleted, and its pods stop.`);
  },
});
