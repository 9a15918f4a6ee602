import { objectsOf } from '../../../graph/objects';
import type { Rule } from '../../rule';

export const jobTtl: Rule = {
  name: 'policy/job-ttl',
  severity: 'info',
  strict: true,
  about: 'Finds Jobs that stay for ever when they are done.',
  why: 'They and their pods fill the store of the cluster until somebody deletes them.',
  run(cluster, report) {
    for (const { manifest, root } of objectsOf(cluster, 'batch/Job')) {
      const ttl = root.child('spec').child('ttlSecondsAfterFinished');
      if (ttl.isSet || root.child('metadata').child('ownerReferences').size > 0) continue;
      report(
        manifest,
        ttl.path,
        'stays for ever when it is done',
        'Set ttlSecondsAfterFinished, unless GitOps keeps it.',
      );
    }
  },
};
