import { formatId } from '../../../manifest/manifest';
import type { Rule } from '../../rule';
import type { Field } from '../../../manifest/field';
import { podsByOwner, type Container, type Pods } from '../../../graph/pods';
import { scalerAt, utilizationsOf, type Utilization } from '../../../graph/scalers';
import { givesDefaults } from '../../../graph/limit-ranges';

export const scalerWithoutRequests: Rule = {
  name: 'wiring/scaler-without-requests',
  severity: 'error',
  about:
    'Finds autoscalers on the utilization of a resource that a container of their workload does not request, or of a missing container.',
  why: 'Utilization is a percentage of the request: without one, the autoscaler reports an error and does not scale.',
  run(cluster, report) {
    for (const manifest of cluster.set) {
      const scaler = scalerAt(cluster, manifest);
      if (scaler === undefined) continue;
      const pods = podsByOwner(cluster).get(scaler.scaled);
      if (pods === undefined || scaler.direction !== 'horizontal') continue;
      for (const use of utilizationsOf(scaler)) {
        const problem = problemOf(pods, use, givesDefaults(cluster, pods.namespace, use.resource, 'request'));
        if (problem === undefined) continue;
        const hint = `Set resources.requests.${use.resource}, or scale on an absolute value.`;
        const message = `scales on ${use.resource} utilization, but ${formatId(pods.manifest.id)} has ${problem}`;
        report(manifest, (use.container ?? use.field).path, message, hint);
      }
    }
  },
};

/** Source: calculateRequests of kubernetes `pkg/controller/podautoscaler/replica_calculator.go`. */
function problemOf(pods: Pods, { resource, container }: Utilization, defaults: boolean): string | undefined {
  const staying = pods.containers.filter(({ isLongRunning }) => isLongRunning);
  if (container !== undefined && !staying.some(({ name }) => name === container.text))
    return `no container "${container.text}"`;
  if (defaults || (container === undefined && requests(pods.spec.at('resources'), resource)))
    return undefined;
  const looked = container === undefined ? staying : staying.filter(({ name }) => name === container.text);
  const without = looked.find((each: Container) => !requests(each.field.child('resources'), resource));
  return without && `no ${resource} request in container "${without.name}"`;
}

/** A limit without a request is the request as well. */
function requests(resources: Field, resource: string): boolean {
  return resources.at('requests', resource).isSet || resources.at('limits', resource).isSet;
}
