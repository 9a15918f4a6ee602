import type { Field } from '../../../manifest/field';
import type { Pods } from '../../../graph/pods';
import { podsOf } from '../../../graph/pods';
import type { Rule } from '../../rule';
import { describeDomains, domainsFor } from '../../../graph/nodes';
import { replicasOf } from '../../../graph/replicas';
import { affinityTerms, spreadConstraints } from '../../../graph/scheduling';

/**
 * Source: the filters PodTopologySpread and InterPodAffinity of kube-scheduler. Fewer domains than `minDomains` make
 * the global minimum 0, so that each takes at most `maxSkew` pods.
 */
export const unsatisfiableSpread: Rule = {
  name: 'policy/unsatisfiable-spread',
  severity: 'error',
  about: 'Finds pods that must run apart in more zones or nodes than the cluster has.',
  why: 'The last pods cannot be scheduled and stay pending.',
  run(cluster, report) {
    for (const pod of podsOf(cluster)) {
      const { min = 0 } = replicasOf(cluster, pod.manifest) ?? {};
      for (const { at, topologyKey, each } of [...antiAffinity(pod), ...spread(pod)]) {
        const domains = domainsFor(cluster, pod, topologyKey);
        if (domains === undefined || min <= each(domains)) continue;
        const message = `requires ${min} pods to run apart, but the cluster has ${describeDomains(topologyKey, domains)}`;
        report(pod.manifest, at.path, message, 'Run fewer replicas, or make it a preference.');
      }
    }
  },
};

/** A constraint that keeps the pods of a workload apart. */
interface Apart {
  readonly at: Field;
  readonly topologyKey: string;
  /** How many pods fit into that many domains. */
  readonly each: (domains: number) => number;
}

function antiAffinity(pod: Pods): Apart[] {
  return affinityTerms(pod, 'podAntiAffinity', 'required')
    .filter(({ selectsItself }) => selectsItself)
    .map(({ field }) => ({
      at: field.child('topologyKey'),
      topologyKey: field.child('topologyKey').text,
      each: (domains) => domains,
    }));
}

function spread(pod: Pods): Apart[] {
  return spreadConstraints(pod)
    .filter(
      ({ field, selectsItself }) =>
        selectsItself && field.child('whenUnsatisfiable').text === 'DoNotSchedule',
    )
    .map(({ field }) => ({
      at: field.child('minDomains'),
      topologyKey: field.child('topologyKey').text,
      each: (domains) =>
        field.child('minDomains').number > domains ? domains * field.child('maxSkew').number : Infinity,
    }));
}
