import { formatId } from '../../../manifest/manifest';
import type { Rule } from '../../rule';
import { namespaceOf } from '../../../graph/namespace';
import type { Field } from '../../../manifest/field';
import type { Container, Pods } from '../../../graph/pods';
import { worldOf } from '../../../graph/references';
import { scalersOf, utilizationsOf, type Utilization } from '../../../graph/scalers';
import type { Cluster } from '../../../graph/cluster';

export const scalerWithoutRequests: Rule = {
  name: 'wiring/scaler-without-requests',
  severity: 'error',
  about:
    'Finds autoscalers that count in percent of a resource which a container of their workload does not request, or of a container that it does not have.',
  why: 'There is nothing to take a percentage of: the autoscaler reports an error and scales nothing.',
  run(cluster, report) {
    const limited = namespacesWithDefaults(cluster);
    for (const scaler of scalersOf(cluster)) {
      const pods = scaler.found === undefined ? undefined : worldOf(cluster).podsOf(scaler.found);
      if (pods === undefined || scaler.direction !== 'horizontal') continue;
      for (const use of utilizationsOf(scaler)) {
        const problem = problemOf(pods, use, limited.has(pods.namespace));
        if (problem === undefined) continue;
        const hint = `Give it resources.requests.${use.resource}, or scale on an absolute value.`;
        const message = `scales on ${use.resource} in percent of what is requested, and ${problem} of ${formatId(pods.manifest.id)}`;
        report(scaler.from, (use.container ?? use.at).path, message, hint);
      }
    }
  },
};

/** A LimitRange may give requests to containers that have none. */
function namespacesWithDefaults(cluster: Cluster): ReadonlySet<string> {
  const ranges = [...cluster.set, ...cluster.assumed].filter(({ id }) => id.kind === 'LimitRange');
  return new Set(ranges.map(namespaceOf));
}

/** Source: calculateRequests of kubernetes `pkg/controller/podautoscaler/replica_calculator.go`. */
function problemOf(pods: Pods, { resource, container }: Utilization, defaults: boolean): string | undefined {
  const staying = pods.containers.filter(({ isLongRunning }) => isLongRunning);
  if (container !== undefined && !staying.some(({ name }) => name === container.text))
    return `there is no container "${container.text}"`;
  if (defaults || (container === undefined && requests(pods.spec.at('resources'), resource)))
    return undefined;
  const looked = container === undefined ? staying : staying.filter(({ name }) => name === container.text);
  const without = looked.find((each: Container) => !requests(each.field.child('resources'), resource));
  return without && `nothing is requested by the container "${without.name}"`;
}

/** A limit without a request is the request as well. */
function requests(resources: Field, resource: string): boolean {
  return resources.at('requests', resource).isSet || resources.at('limits', resource).isSet;
}
