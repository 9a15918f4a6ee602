import type { Cluster } from '../../../graph/cluster';
import { limitRefusals } from '../../../graph/limit-refusals';
import { podMutatorOf } from '../../../graph/mutators';
import { podsOf, type Pods } from '../../../graph/pods';
import { formatId } from '../../../manifest/manifest';
import type { Rule } from '../../rule';

export const limitRangeRefuses: Rule = {
  name: 'wiring/limit-range-refuses',
  severity: 'error',
  about:
    'Finds pods that a LimitRange of their namespace refuses: a container or the pod asks for more or less than it allows, with the defaults that it gives. A warning where a webhook may change what they ask for.',
  why: 'The API server accepts the workload, and none of its pods can be created.',
  run(cluster, report) {
    for (const pods of podsOf(cluster)) {
      if (pods.isOperated) continue;
      const doubt = doubtOf(cluster, pods);
      for (const { range, container, message } of limitRefusals(cluster, pods.namespace, pods.spec.record)) {
        const { path } = placeOf(pods, container);
        const told = `${formatId(range.id)} refuses the pods: ${message}`;
        const hint = 'Set requests and limits within what the LimitRange allows.';
        if (doubt === undefined) report(pods.manifest, path, told, hint);
        else report(pods.manifest, path, `${told}; ${doubt}`, hint, 'warning');
      }
    }
  },
};

function placeOf({ containers, spec }: Pods, name: string | undefined): { readonly path: string } {
  const found = containers.find((each) => each.name === name)?.field;
  return (found ?? spec).child('resources');
}

function doubtOf(cluster: Cluster, pods: Pods): string | undefined {
  const mutator = podMutatorOf(cluster, pods);
  return mutator && `${formatId(mutator.id)} may change that`;
}
