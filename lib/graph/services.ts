import type { Entry } from './objects';
import { knownOf } from './objects';
import type { PodTemplate } from './pod-templates';
import { podTemplates } from './pod-templates';
import type { Subject } from './cluster';
import { LabelIndex } from './label-index';
import { textsOf } from './field-selectors';

/** The templates to judge, by their labels. */
export function podsByLabels(subject: Subject): LabelIndex<PodTemplate> {
  return new LabelIndex(podTemplates(subject));
}

/** The Services that send requests to `pod`. */
export function servicesOf(subject: Subject, pod: PodTemplate): readonly Entry[] {
  return subject.derived(servicesByPods).get(pod) ?? [];
}

function servicesByPods(subject: Subject): ReadonlyMap<PodTemplate, readonly Entry[]> {
  const index = subject.derived(podsByLabels);
  const found = new Map<PodTemplate, Entry[]>();
  for (const service of knownOf(subject, '/Service')) {
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
