import { recordIn } from '../../../apiserver/defaults/plain';
import { forEachStep } from '../rule';
import { autoscalerOf } from '../scaling/autoscalers';
import { count, kindOf, nameOf, numberIn } from '../words';
import { claimsPerPod, retentionOf } from './claims';

export const statefulSetDeleted = forEachStep({
  kind: 'data',
  about: 'A StatefulSet is deleted, and the claims of its pods with it or not.',
  look(step, { before }, report) {
    const { effect, before: manifest } = step.change;
    if (effect !== 'deleted' || kindOf(step) !== 'apps/StatefulSet' || manifest === undefined) return;
    const spec = recordIn(manifest.object, 'spec') ?? {};
    const each = claimsPerPod(spec);
    if (each === 0) return;
    // How many an autoscaler has made of them is not known here.
    const isScaled = autoscalerOf(before, manifest) !== undefined;
    const claims = isScaled ? 'claims' : count(each * numberIn(spec, 'replicas', 1), 'claim');
    if (retentionOf(spec)['whenDeleted'] === 'Delete')
      report(
        'error',
        `${nameOf(step)} is deleted together with the ${claims} of its pods: persistentVolumeClaimRetentionPolicy.whenDeleted is Delete.`,
      );
    else
      report('warning', `${nameOf(step)} is deleted, and leaves the ${claims} of its pods with their data.`);
  },
});
