import { podTemplates, runningContainers } from '../../pods';
import type { Rule } from '../../rule';
import { container } from '../example';
import { givesDefaults } from '../limit-ranges';

export const memoryLimit: Rule = {
  name: 'policy/memory-limit',
  severity: 'warning',
  about: 'Finds containers that say how much memory they need, and not how much they may take.',
  why: 'A leak then takes the memory of the whole node, and the kernel kills whatever it likes there.',
  example: {
    failing: container('resources:\n  requests: { cpu: 100m, memory: 64Mi }'),
    passing: container('resources:\n  requests: { cpu: 100m, memory: 64Mi }\n  limits: { memory: 128Mi }'),
  },
  run(subject, tell) {
    for (const pod of podTemplates(subject)) {
      const ofPod = pod.spec.child('resources').child('limits').child('memory');
      for (const { field, name } of runningContainers(pod)) {
        const resources = field.child('resources');
        const limit = resources.child('limits').child('memory');
        const request = resources.child('requests').child('memory');
        // One that does not even say what it needs is another rule's.
        if (!request.isThere || limit.isThere || ofPod.isThere) continue;
        if (givesDefaults(subject, pod.namespace, 'memory', 'limit')) continue;
        const message = `the container “${name}” may take all the memory of its node`;
        tell(pod.manifest, limit.path, message, 'Set limits.memory.');
      }
    }
  },
};
