import { CHANGED, forEachStep } from '../rule';
import { count, nameOf, numberIn, oldSpecOf, specOf } from '../words';
import { claimsPerPod, retentionOf } from './claims';

export const statefulSetShrinks = forEachStep({
  kind: 'data',
  about: 'A StatefulSet has fewer pods, whose claims are deleted or kept.',
  effects: CHANGED,
  objects: ['apps/StatefulSet'],
  look(step, _, report) {
    const [old, spec] = [oldSpecOf(step), specOf(step)];
    const fewer = numberIn(old, 'replicas', 1) - numberIn(spec, 'replicas', 1);
    const each = claimsPerPod(spec);
    if (fewer <= 0 || each === 0) return;
    const change = `${nameOf(step)} loses ${count(fewer, 'pod')}`;
    const claims = `${fewer === 1 ? 'its' : 'their'} ${count(fewer * each, 'claim')}`;
    if (retentionOf(spec)['whenScaled'] === 'Delete')
      report(
        'error',
        `${change} and deletes ${claims}: persistentVolumeClaimRetentionPolicy.whenScaled is Delete.`,
      );
    else report('info', `${change} and keeps ${claims}.`);
  },
});
