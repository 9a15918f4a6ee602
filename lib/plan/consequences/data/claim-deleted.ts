import { recordIn } from '../../../apiserver/defaults/plain';
import { forEachStep } from '../rule';
import { nameOf } from '../words';
import { reclaimPolicy } from './claims';

export const claimDeleted = forEachStep({
  kind: 'data',
  about: 'A PersistentVolumeClaim is deleted, and its volume is deleted or kept.',
  effects: ['deleted'],
  objects: ['/PersistentVolumeClaim'],
  look(step, { before }, report) {
    const claim = recordIn(step.change.before?.object ?? {}, 'spec') ?? {};
    const policy = reclaimPolicy(claim, before);
    if (policy === 'Retain') {
      const message = `${nameOf(step)} is deleted. Its volume is kept, but no new claim binds to it automatically.`;
      return report('warning', message);
    }
    const why =
      policy === undefined ? ', unless its reclaim policy is Retain' : ': its reclaim policy is Delete';
    report('error', `${nameOf(step)} is deleted, and its volume with all data${why}.`);
  },
});
