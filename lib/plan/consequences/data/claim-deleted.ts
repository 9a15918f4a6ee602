import { recordIn } from '../../../apiserver/defaults/plain';
import type { Cluster } from '../../../graph/cluster';
import type { PlainRecord } from '../../../manifest/data';
import { forEachStep } from '../rule';
import { nameOf } from '../words';
import { storageClassOf } from './claims';

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

/** The reclaim policy of the volume of a claim, where its storage class is known. */
function reclaimPolicy(claim: PlainRecord, cluster: Cluster): string | undefined {
  const storageClass = storageClassOf(claim, cluster);
  return storageClass === undefined ? undefined : storageClass.root.child('reclaimPolicy').text || 'Delete';
}
