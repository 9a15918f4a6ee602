import { objectsOf } from '../../../graph/objects';
import type { Rule } from '../../rule';

export const nakedPod: Rule = {
  name: 'policy/naked-pod',
  severity: 'warning',
  about: 'Finds Pods that no workload looks after.',
  why: 'When its node is drained or fails, such a pod is gone.',
  run(cluster, report) {
    for (const { manifest, root } of objectsOf(cluster, '/Pod')) {
      const metadata = root.child('metadata');
      const runsOnce = ['Never', 'OnFailure'].includes(root.child('spec').child('restartPolicy').text);
      if (runsOnce || metadata.child('ownerReferences').size > 0) continue;
      // A test or a task of Helm, or a pod that the kubelet made from a file.
      const annotations = metadata.child('annotations');
      if (['helm.sh/hook', 'kubernetes.io/config.mirror'].some((key) => annotations.key(key).isSet)) continue;
      report(manifest, '', 'nothing makes it anew when its node goes', 'Write a Deployment of one replica.');
    }
  },
};
