import { forEachStep } from '../rule';
import { kindOf, nameOf, oldSpecOf, specOf } from '../words';

export const suspended = forEachStep({
  kind: 'rollout',
  about: 'A Job or CronJob is suspended, or resumed.',
  effects: ['updated'],
  objects: ['batch/Job', 'batch/CronJob'],
  isInPlace: true,
  look(step, _, report) {
    const [was, is] = [oldSpecOf(step)['suspend'] === true, specOf(step)['suspend'] === true];
    if (step.was === undefined || was === is) return;
    const name = nameOf(step);
    if (kindOf(step) === 'batch/CronJob')
      return report(
        'info',
        is
          ? `${name} is suspended: it starts no Jobs, and running ones go on.`
          : `${name} is resumed and starts Jobs again.`,
      );
    if (is) report('warning', `${name} is suspended: its pods are stopped, unless it is complete.`);
    else report('info', `${name} is resumed: its pods start.`);
  },
});
