import { everyTerm } from '../pods/terms';
import type { ClusterState } from '../state/cluster-state';
import type { DomainCounts } from '../state/pod-counter';
import type { FitPod } from '../state/node';
import { lasting, passing, type Filter, type NodeFilter } from './filter';

const NAME = 'InterPodAffinity';
const AFFINITY = lasting(NAME, "node(s) didn't match pod affinity rules");
const ANTI = passing(NAME, "node(s) didn't match pod anti-affinity rules");
const OF_OTHERS = passing(NAME, "node(s) didn't satisfy existing pods anti-affinity rules");

/**
 * Required affinity and anti-affinity of the pod, and the anti-affinity of running pods to it. A pod that its own terms
 * accept may be the first, if no pod anywhere is accepted by all of them.
 *
 * @source k8s.io/kubernetes pkg/scheduler/framework/plugins/interpodaffinity/filtering.go Filter 1.36
 */
export const interPodAffinity: Filter = {
  name: NAME,
  hangsOn: 'cluster',
  for(pod, state) {
    const tests = [nearOthers(pod, state), awayFromOthers(pod, state), avoidedByOthers(pod, state)].filter(
      (test) => test !== undefined,
    );
    if (tests.length === 0) return undefined;
    return (node) => {
      for (const test of tests) {
        const refusal = test(node);
        if (refusal !== undefined) return refusal;
      }
      return undefined;
    };
  },
};

function nearOthers({ shape }: FitPod, state: ClusterState): NodeFilter | undefined {
  const terms = shape.affinity.required;
  if (terms.length === 0) return undefined;
  const all = everyTerm(terms);
  const counts = terms.map(({ topologyKey }) => state.counts(all, topologyKey));
  const mayBeFirst = counts.every(({ total }) => total === 0) && all.accepts(shape.class);
  return (node) => {
    if (counts.some(({ topology }) => topology.domain(node) < 0)) return AFFINITY;
    return mayBeFirst || counts.every((count) => count.at(node) > 0) ? undefined : AFFINITY;
  };
}

function awayFromOthers({ shape }: FitPod, state: ClusterState): NodeFilter | undefined {
  const counts = shape.affinity.requiredAnti.map((term) => state.counts(term, term.topologyKey));
  return refusing(counts, ANTI);
}

function avoidedByOthers({ shape }: FitPod, state: ClusterState): NodeFilter | undefined {
  const held = state.held.accepting(shape.class).filter(({ hold }) => hold === 'requiredAnti');
  return refusing(
    held.map(({ where }) => where),
    OF_OTHERS,
  );
}

function refusing(counts: readonly DomainCounts[], refusal: typeof ANTI): NodeFilter | undefined {
  const present = counts.filter(({ total }) => total > 0);
  if (present.length === 0) return undefined;
  return (node) => (present.some((count) => count.at(node) > 0) ? refusal : undefined);
}
