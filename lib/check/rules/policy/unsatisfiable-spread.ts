import { matches } from '../../../kube/labels';
import type { Field } from '../../../manifest/field';
import type { PodTemplate } from '../../../graph/pod-templates';
import { podTemplates } from '../../../graph/pod-templates';
import type { Rule } from '../../rule';
import { describeDomains, domainsFor } from '../../../graph/nodes';
import { replicasOf } from '../../../graph/replicas';
import { selectorOf } from '../../../graph/field-selectors';

/**
 * Source: the filters PodTopologySpread and InterPodAffinity of kube-scheduler. Fewer domains than `minDomains` make
 * the emptiest of them count as empty, so that each takes `maxSkew` pods and no more.
 */
export const unsatisfiableSpread: Rule = {
  name: 'policy/unsatisfiable-spread',
  severity: 'error',
  about: 'Finds pods that must keep apart in more zones or nodes than the cluster has.',
  why: 'The scheduler finds no place for the last of them, which wait for ever.',
  run(cluster, report) {
    for (const pod of podTemplates(cluster)) {
      const { min = 0 } = replicasOf(cluster, pod) ?? {};
      for (const { at, topologyKey, each } of [...antiAffinity(pod), ...spread(pod)]) {
        const domains = domainsFor(cluster, pod, topologyKey);
        if (domains === undefined || min <= each(domains)) continue;
        const message = `asks for ${min} pods apart, and the cluster has ${describeDomains(topologyKey, domains)}`;
        report(pod.manifest, at.path, message, 'Run fewer, or write it as a preference.');
      }
    }
  },
};

/** Something that keeps pods of a workload apart. */
interface Apart {
  readonly at: Field;
  readonly topologyKey: string;
  /** How many pods there is a place for, in so many domains. */
  readonly each: (domains: number) => number;
}

function antiAffinity(pod: PodTemplate): Apart[] {
  const required = pod.spec
    .child('affinity')
    .child('podAntiAffinity')
    .child('requiredDuringSchedulingIgnoredDuringExecution');
  return required.items
    .filter((term) => matches(selectorOf(term.child('labelSelector')), pod.labels))
    .map((term) => ({
      at: term.child('topologyKey'),
      topologyKey: term.child('topologyKey').text,
      each: (domains) => domains,
    }));
}

function spread(pod: PodTemplate): Apart[] {
  return pod.spec
    .child('topologySpreadConstraints')
    .items.filter(
      (constraint) =>
        constraint.child('whenUnsatisfiable').text === 'DoNotSchedule' &&
        matches(selectorOf(constraint.child('labelSelector')), pod.labels),
    )
    .map((constraint) => ({
      at: constraint.child('minDomains'),
      topologyKey: constraint.child('topologyKey').text,
      each: (domains) =>
        constraint.child('minDomains').number > domains
          ? domains * constraint.child('maxSkew').number
          : Infinity,
    }));
}
