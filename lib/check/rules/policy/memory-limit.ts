import { podsOf } from '../../../graph/pods';
import type { Rule } from '../../rule';
import { givesDefaults } from '../../../graph/limit-ranges';

export const memoryLimit: Rule = {
  name: 'policy/memory-limit',
  severity: 'warning',
  about:
    'Finds containers with a memory request but no memory limit, and init containers without a memory limit.',
  why: 'A memory leak takes all memory of the node, and the kernel kills other processes there.',
  run(cluster, report) {
    for (const pod of podsOf(cluster)) {
      const ofPod = pod.spec.child('resources').child('limits').child('memory');
      for (const { field, name, role } of pod.containers) {
        const resources = field.child('resources');
        const limit = resources.child('limits').child('memory');
        const request = resources.child('requests').child('memory');
        if (role === 'ephemeral' || limit.isSet || ofPod.isSet) continue;
        // policy/resource-requests reports containers without a request, other than init containers.
        if (role !== 'init' && !request.isSet) continue;
        if (givesDefaults(cluster, pod.namespace, 'memory', 'limit')) continue;
        const message = `container "${name}" has no memory limit`;
        report(pod.manifest, limit.path, message, 'Set limits.memory.');
      }
    }
  },
};
