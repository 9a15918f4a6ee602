import { formatId, identityKey } from '../../../manifest/manifest';
import type { ConsequenceRule } from '../rule';
import { kindOf, nameOf } from '../words';

export const jobReplaced: ConsequenceRule = {
  kind: 'rollout',
  about: 'A Job is replaced by one of another name, which runs.',
  run({ steps }, report) {
    const gone = new Set(
      steps.flatMap(({ change }) => (change.replacedBy === undefined ? [] : [identityKey(change.id)])),
    );
    for (const step of steps) {
      const { replaces } = step.change;
      if (replaces === undefined || kindOf(step) !== 'batch/Job') continue;
      const old = formatId(replaces);
      const left = gone.has(identityKey(replaces))
        ? `which is deleted: if it still runs then, its pods are stopped.`
        : 'which stays: if it still runs, both run at the same time.';
      report(step, 'info', `${nameOf(step)} runs. It takes the place of ${old}, ${left}`);
    }
  },
};
