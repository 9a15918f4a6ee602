import { objectsOf } from '../../../graph/objects';
import type { Rule } from '../../rule';

export const jobTtl: Rule = {
  name: 'policy/job-ttl',
  severity: 'info',
  strict: true,
  about: 'Finds Jobs that are never deleted after they finish.',
  why: 'Finished Jobs and their pods fill etcd until somebody deletes them.',
  run(cluster, report) {
    for (const { manifest, root } of objectsOf(cluster, 'batch/Job')) {
      const ttl = root.child('spec').child('ttlSecondsAfterFinished');
      if (ttl.isSet || root.child('metadata').child('ownerReferences').size > 0) continue;
      report(
        manifest,
        ttl.path,
        'is never deleted after it finishes',
        'Set ttlSecondsAfterFinished, unless GitOps keeps the Job.',
      );
    }
  },
};
