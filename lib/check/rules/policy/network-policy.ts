import { knownOf } from '../../../graph/objects';
import type { PodTemplate } from '../../../graph/pod-templates';
import { podTemplates } from '../../../graph/pod-templates';
import type { Rule } from '../../rule';
import type { Cluster } from '../../../graph/cluster';
import { selectorOf } from '../../../graph/field-selectors';
import { podsByLabels } from '../../../graph/services';

export const networkPolicy: Rule = {
  name: 'policy/network-policy',
  severity: 'warning',
  strict: true,
  about: 'Finds pods that no NetworkPolicy selects.',
  why: 'Every pod of the cluster reaches them, and they reach everything.',
  run(cluster, report) {
    const selected = cluster.derived(selectedPods);
    for (const pod of podTemplates(cluster)) {
      // A policy does not hold what is on the network of its node.
      if (selected.has(pod) || pod.spec.child('hostNetwork').isTrue) continue;
      report(
        pod.manifest,
        '',
        'no NetworkPolicy says who may reach its pods',
        'Add one that names their callers.',
      );
    }
  },
};

function selectedPods(cluster: Cluster): ReadonlySet<PodTemplate> {
  const index = cluster.derived(podsByLabels);
  return new Set(
    knownOf(cluster, 'networking.k8s.io/NetworkPolicy').flatMap(({ root, namespace }) =>
      index.select(selectorOf(root.child('spec').child('podSelector')) ?? {}, [namespace]),
    ),
  );
}
