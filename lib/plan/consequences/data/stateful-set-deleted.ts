import { replicasOf } from '../../../graph/replicas';
import { recordIn } from '../../../apiserver/defaults/plain';
import { forEachStep } from '../rule';
import { count, nameOf } from '../words';
import { claimsPerPod, retentionOf } from './claims';

export const statefulSetDeleted = forEachStep({
  kind: 'data',
  about: 'A StatefulSet is deleted, and the claims of its pods are deleted or kept.',
  effects: ['deleted'],
  objects: ['apps/StatefulSet'],
  look(step, { before }, report) {
    const { before: manifest } = step.change;
    if (manifest === undefined) return;
    const spec = recordIn(manifest.object, 'spec') ?? {};
    const each = claimsPerPod(spec);
    if (each === 0) return;
    const pods = replicasOf(before, manifest);
    // How many pods an autoscaler has created is not known here.
    const claims = pods !== undefined && pods.min === pods.max ? count(each * pods.max, 'claim') : 'claims';
    if (retentionOf(spec)['whenDeleted'] === 'Delete')
      report(
        'error',
        `${nameOf(step)} is deleted together with the ${claims} of its pods: persistentVolumeClaimRetentionPolicy.whenDeleted is Delete.`,
      );
    else
      report('warning', `${nameOf(step)} is deleted, and leaves the ${claims} of its pods with their data.`);
  },
});
