import { podTemplateOf } from '../../../graph/pod-template';
import { forEachStep } from '../rule';
import { nameOf } from '../words';
import { deletedAndCreated } from '../recreation';

export const recreated = forEachStep({
  kind: 'downtime',
  about: 'A workload is deleted and created again, instead of rolled out.',
  effects: ['pods-replaced', 'updated'],
  look(step, _, report) {
    if (step.change.recreated === undefined || podTemplateOf(step.now)?.replacesPods !== true) return;
    report(
      'warning',
      `${nameOf(step)} is ${deletedAndCreated(step)}: its pods stop, and nothing serves until new ones are ready.`,
    );
  },
});
