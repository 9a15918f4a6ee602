import type { Entry } from './objects';
import { knownOf } from './objects';
import type { PodTemplate } from './pod-templates';
import { podTemplates } from './pod-templates';
import type { Cluster } from './cluster';
import { LabelIndex } from './label-index';
import { textsOf } from './field-selectors';

/** The templates to judge, by their labels. */
export function podsByLabels(cluster: Cluster): LabelIndex<PodTemplate> {
  return new LabelIndex(podTemplates(cluster));
}

/** The Services that send requests to `pod`. */
export function servicesOf(cluster: Cluster, pod: PodTemplate): readonly Entry[] {
  return cluster.derived(servicesByPods).get(pod) ?? [];
}

function servicesByPods(cluster: Cluster): ReadonlyMap<PodTemplate, readonly Entry[]> {
  const index = cluster.derived(podsByLabels);
  const found = new Map<PodTemplate, Entry[]>();
  for (const service of knownOf(cluster, '/Service')) {
    const matchLabels = textsOf(service.root.child('spec').child('selector'));
    if (Object.keys(matchLabels).length === 0) continue;
    for (const pod of index.select({ matchLabels }, [service.namespace])) {
      const services = found.get(pod);
      if (services === undefined) found.set(pod, [service]);
      else services.push(service);
    }
  }
  return found;
}
