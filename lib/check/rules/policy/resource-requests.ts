import type { Field } from '../../../manifest/field';
import { podsOf, longRunning } from '../../../graph/pods';
import type { Rule } from '../../rule';
import { givesDefaults } from '../../../graph/limit-ranges';

export const resourceRequests: Rule = {
  name: 'policy/resource-requests',
  severity: 'warning',
  about: 'Finds containers without CPU or memory requests.',
  why: 'The scheduler assumes that they need nothing, overcommits nodes, and their pods are evicted first.',
  run(cluster, report) {
    for (const pod of podsOf(cluster)) {
      for (const { field, name } of longRunning(pod)) {
        const resources = field.child('resources');
        const missing = ['cpu', 'memory'].filter(
          (resource) =>
            !isAskedFor(resources, resource) &&
            !isAskedFor(pod.spec.child('resources'), resource) &&
            !givesDefaults(cluster, pod.namespace, resource, 'request'),
        );
        if (missing.length === 0) continue;
        const message = `container "${name}" has no ${missing.join(' and ')} request`;
        const hint = `Set requests.${missing.join(' and requests.')}, and limits.memory.`;
        report(pod.manifest, resources.child('requests').path, message, hint);
      }
    }
  },
};

/** A limit without a request is the request as well. */
function isAskedFor(resources: Field, resource: string): boolean {
  return ['requests', 'limits'].some((kind) => resources.child(kind).child(resource).isSet);
}
