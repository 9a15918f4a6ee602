import { formatId } from '../../../manifest/manifest';
import type { Rule } from '../../rule';
import type { Field } from '../../../manifest/field';
import type { Cluster } from '../../../graph/cluster';
import { unseenDoubt } from '../../../graph/doubt';
import { podMutatorOf } from '../../../graph/mutators';
import { podsByOwner, type Container, type Pods } from '../../../graph/pods';
import { scalerAt, setsRequests, utilizationsOf, type Utilization } from '../../../graph/scalers';
import { givesDefaults } from '../../../graph/limit-ranges';

export const scalerWithoutRequests: Rule = {
  name: 'wiring/scaler-without-requests',
  severity: 'error',
  about:
    'Finds autoscalers on the utilization of a resource that a container of their workload does not request, or of a missing container. A warning where a LimitRange or a webhook outside of the set may add it.',
  why: 'Utilization is a percentage of the request: without one, the autoscaler reports an error and does not scale.',
  run(cluster, report) {
    for (const manifest of cluster.set) {
      const scaler = scalerAt(cluster, manifest);
      if (scaler === undefined || scaler.direction !== 'horizontal') continue;
      const pods = podsByOwner(cluster).get(scaler.scaled);
      if (pods === undefined || pods.isOperated) continue;
      for (const use of utilizationsOf(scaler)) {
        if (setsRequests(cluster, scaler.scaled, use.resource)) continue;
        const problem = problemOf(cluster, pods, use);
        if (problem === undefined) continue;
        const { path } = use.container ?? use.field;
        const scales = `scales on ${use.resource} utilization, but ${formatId(pods.manifest.id)} has ${problem.text}`;
        const { doubt, proof, hint } = problem;
        if (doubt === undefined) report(manifest, path, `${scales}${proof}`, hint);
        else report(manifest, path, `${scales}; ${doubt}`, hint, 'warning');
      }
    }
  },
};

interface Problem {
  readonly text: string;
  /** Why it is certain, as what follows the text. */
  readonly proof: string;
  /** Who may make it good. */
  readonly doubt: string | undefined;
  readonly hint: string;
}

/** Source: calculateRequests of kubernetes `pkg/controller/podautoscaler/replica_calculator.go`. */
function problemOf(cluster: Cluster, pods: Pods, use: Utilization): Problem | undefined {
  const { resource, container } = use;
  const staying = pods.containers.filter(({ isLongRunning }) => isLongRunning);
  if (container !== undefined && !staying.some(({ name }) => name === container.text))
    return missing(cluster, pods, container.text, staying);
  if (givesDefaults(cluster, pods.namespace, resource, 'request')) return undefined;
  if (container === undefined && requests(pods.spec.at('resources'), resource)) return undefined;
  const looked = container === undefined ? staying : staying.filter(({ name }) => name === container.text);
  const without = looked.find((each: Container) => !requests(each.field.child('resources'), resource));
  if (without === undefined) return undefined;
  return {
    text: `no ${resource} request in container "${without.name}"`,
    proof: ', nor a LimitRange that sets one',
    doubt: requestDoubt(cluster, pods),
    hint: `Set resources.requests.${resource}, or scale on an absolute value.`,
  };
}

function requestDoubt(cluster: Cluster, pods: Pods): string | undefined {
  const mutator = podMutatorOf(cluster, pods);
  if (mutator !== undefined) return `${formatId(mutator.id)} may set one`;
  const range = { group: '', kind: 'LimitRange', namespace: pods.namespace };
  const unseen = unseenDoubt(cluster, range, pods.manifest);
  return unseen && `a LimitRange may set one: ${unseen}`;
}

/** Containers that injectors add to pods. */
const INJECTED: ReadonlySet<string> = new Set([
  'consul-dataplane',
  'daprd',
  'istio-proxy',
  'kuma-sidecar',
  'linkerd-proxy',
  'otc-container',
  'vault-agent',
]);

function missing(cluster: Cluster, pods: Pods, name: string, staying: readonly Container[]): Problem {
  const mutator = podMutatorOf(cluster, pods);
  const who = mutator === undefined ? INJECTED.has(name) && 'a webhook of the cluster' : formatId(mutator.id);
  return {
    text: `no container "${name}"`,
    proof: '',
    doubt: who === false ? undefined : `${who} may add it`,
    hint: `Name one of its containers: ${staying.map((each) => each.name).join(', ')}.`,
  };
}

/** A limit without a request is the request as well. */
function requests(resources: Field, resource: string): boolean {
  return resources.at('requests', resource).isSet || resources.at('limits', resource).isSet;
}
