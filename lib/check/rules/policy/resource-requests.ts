import type { Field } from '../../../manifest/field';
import { podsOf, longRunning } from '../../../graph/pods';
import type { Rule } from '../../rule';
import { givesDefaults } from '../../../graph/limit-ranges';

export const resourceRequests: Rule = {
  name: 'policy/resource-requests',
  severity: 'warning',
  about: 'Finds containers that do not say how much CPU and memory they need.',
  why: 'The scheduler takes them for needing nothing, fills nodes beyond what they bear, and their pods are the first to go.',
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
        const message = `the container "${name}" does not say how much ${missing.join(' and ')} it needs`;
        const hint = `Set requests.${missing.join(' and requests.')}, and a limit for memory.`;
        report(pod.manifest, resources.child('requests').path, message, hint);
      }
    }
  },
};

/** A limit is a request where there is none. */
function isAskedFor(resources: Field, resource: string): boolean {
  return ['requests', 'limits'].some((kind) => resources.child(kind).child(resource).isSet);
}
