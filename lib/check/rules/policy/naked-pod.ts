import { objectsOf } from '../../../graph/objects';
import type { Rule } from '../../rule';

export const nakedPod: Rule = {
  name: 'policy/naked-pod',
  severity: 'warning',
  about: 'Finds Pods without a controller.',
  why: 'When the node is drained or fails, the pod is gone.',
  run(cluster, report) {
    for (const { manifest, root } of objectsOf(cluster, '/Pod')) {
      const metadata = root.child('metadata');
      const runsOnce = ['Never', 'OnFailure'].includes(root.child('spec').child('restartPolicy').text);
      if (runsOnce || metadata.child('ownerReferences').size > 0) continue;
      // A Helm hook, or a static pod of the kubelet.
      const annotations = metadata.child('annotations');
      if (['helm.sh/hook', 'kubernetes.io/config.mirror'].some((key) => annotations.key(key).isSet)) continue;
      report(
        manifest,
        '',
        'has no controller that replaces it when its node fails',
        'Use a Deployment with one replica.',
      );
    }
  },
};
