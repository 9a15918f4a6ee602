import { podTemplateOf } from '../../../graph/pod-template';
import { forEachStep } from '../rule';
import { nameOf } from '../words';

export const workloadDeleted = forEachStep({
  kind: 'downtime',
  about: 'A workload is deleted, and its pods stop.',
  look(step, _, report) {
    const { effect, before } = step.change;
    if (effect === 'deleted' && podTemplateOf(before?.object)?.replacesPods === true)
      report('warning', `${nameOf(step)} is deleted, and its pods stop.`);
  },
});
