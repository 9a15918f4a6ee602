import type { Rule } from '../../rule';
import { podsOf } from '../../../graph/pods';

export const readOnlyRoot: Rule = {
  name: 'policy/read-only-root',
  severity: 'warning',
  strict: true,
  about: 'Finds containers that can write to their own root file system.',
  why: 'What is written there is lost with the container and counts against the disk of the node, and an intruder can change the program itself.',
  run(cluster, report) {
    for (const { manifest, spec, containers } of podsOf(cluster)) {
      if (spec.child('os').child('name').text === 'windows') continue;
      for (const { field, name } of containers) {
        const readOnly = field.child('securityContext').child('readOnlyRootFilesystem');
        if (readOnly.isTrue) continue;
        const hint = 'Write readOnlyRootFilesystem: true, and mount an emptyDir where it has to write.';
        report(manifest, readOnly.path, `lets the container "${name}" write to its root file system`, hint);
      }
    }
  },
};
