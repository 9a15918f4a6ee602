import { podsOf } from '../../../graph/pods';
import type { Rule } from '../../rule';
import { givesDefaults } from '../../../graph/limit-ranges';

export const memoryLimit: Rule = {
  name: 'policy/memory-limit',
  severity: 'warning',
  about:
    'Finds containers that say how much memory they need, and not how much they may take; and init containers, which need not say what they need, without a limit.',
  why: 'A leak then takes the memory of the whole node, and the kernel kills whatever it likes there.',
  run(cluster, report) {
    for (const pod of podsOf(cluster)) {
      const ofPod = pod.spec.child('resources').child('limits').child('memory');
      for (const { field, name, role } of pod.containers) {
        const resources = field.child('resources');
        const limit = resources.child('limits').child('memory');
        const request = resources.child('requests').child('memory');
        if (role === 'ephemeral' || limit.isSet || ofPod.isSet) continue;
        // One that does not even say what it needs is another rule's, which lets init containers live on what the
        // others ask for.
        if (role !== 'init' && !request.isSet) continue;
        if (givesDefaults(cluster, pod.namespace, 'memory', 'limit')) continue;
        const message = `the container "${name}" may take all the memory of its node`;
        report(pod.manifest, limit.path, message, 'Set limits.memory.');
      }
    }
  },
};
