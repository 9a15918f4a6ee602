import { knownOf, objectsOf } from '../../../graph/objects';
import type { Cluster } from '../../../graph/cluster';
import { emptySelector } from '../../../graph/services';
import type { Rule } from '../../rule';

/** Source: `ServiceSpec.selector` of core/v1: without labels, the control plane makes no EndpointSlices. */
export const serviceSelectorEmpty: Rule = {
  name: 'wiring/service-selector-empty',
  severity: 'warning',
  about: 'Finds Services whose selector is {}, and that no EndpointSlice belongs to.',
  why: 'An empty selector of a Service selects no pods, unlike that of a NetworkPolicy, which selects all.',
  run(cluster, report) {
    const served = servedByHand(cluster);
    for (const entry of objectsOf(cluster, '/Service')) {
      const { manifest, namespace } = entry;
      const selector = emptySelector(entry);
      if (selector === undefined || served.has(`${namespace}/${manifest.id.name}`)) continue;
      const hint =
        'Select the labels of the pods, or remove the selector if EndpointSlices list the addresses.';
      report(manifest, selector.path, 'selector is empty, so the Service selects no pods', hint);
    }
  },
};

/** The Services whose addresses an object lists, by namespace and name. */
function servedByHand(cluster: Cluster): ReadonlySet<string> {
  const slices = knownOf(cluster, 'discovery.k8s.io/EndpointSlice').map(
    ({ root, namespace }) =>
      `${namespace}/${root.at('metadata', 'labels', 'kubernetes.io/service-name').text}`,
  );
  const endpoints = knownOf(cluster, '/Endpoints').map(
    ({ manifest, namespace }) => `${namespace}/${manifest.id.name}`,
  );
  return new Set([...slices, ...endpoints]);
}
