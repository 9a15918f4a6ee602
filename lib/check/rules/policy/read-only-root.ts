import type { Rule } from '../../rule';
import { podsOf } from '../../../graph/pods';

export const readOnlyRoot: Rule = {
  name: 'policy/read-only-root',
  severity: 'warning',
  strict: true,
  about: 'Finds containers with a writable root file system.',
  why: 'Written files are lost with the container and use the disk of the node, and an attacker can change the program.',
  run(cluster, report) {
    for (const { manifest, spec, containers } of podsOf(cluster)) {
      if (spec.child('os').child('name').text === 'windows') continue;
      for (const { field, name } of containers) {
        const readOnly = field.child('securityContext').child('readOnlyRootFilesystem');
        if (readOnly.isTrue) continue;
        const hint = 'Set readOnlyRootFilesystem: true, and mount an emptyDir for writable paths.';
        report(manifest, readOnly.path, `container "${name}" can write to its root file system`, hint);
      }
    }
  },
};
