import type { RuleFacts } from './facts-of-rule';

/** The rules about room on nodes, which run where nodes are known and asked for. */
export type FitRuleName =
  'fit/drain-blocked' | 'fit/no-headroom' | 'fit/pending' | 'fit/quota' | 'fit/zone-loss';

/** The description of each: `lib/fit/findings` has what they run. */
export const FIT_FACTS: Readonly<Record<FitRuleName, RuleFacts>> = {
  'fit/drain-blocked': {
    name: 'fit/drain-blocked',
    severity: 'warning',
    about:
      'Finds pods that keep a node from being drained: their budget lets none go, or no other node has room for them.',
    why: 'An upgrade of the nodes hangs, or leaves the pods pending.',
  },
  'fit/no-headroom': {
    name: 'fit/no-headroom',
    severity: 'warning',
    about:
      'Finds autoscalers whose maximum has no room on the nodes, and Deployments whose rollout has no room for its first new pod.',
    why: 'New pods stay pending on the busiest day, or in the middle of a rollout, which gets stuck.',
  },
  'fit/pending': {
    name: 'fit/pending',
    severity: 'error',
    about:
      'Finds pods that no node takes, in the words of kube-scheduler; as a warning where it depends on which of equally good nodes others got, and as information where they find one when node pools grow, with how far these grow.',
    why: 'The pods stay pending.',
  },
  'fit/quota': {
    name: 'fit/quota',
    severity: 'error',
    about: 'Finds pods that a ResourceQuota refuses.',
    why: 'The pods are never created. kubectl shows the workload with fewer pods than it wants, and no pod that is pending.',
  },
  'fit/zone-loss': {
    name: 'fit/zone-loss',
    severity: 'warning',
    about:
      'Finds pods without a node when a zone is lost; as information where only their volume keeps them in that zone.',
    why: 'The pods stay pending until the zone is back.',
  },
};

/** Whether a rule is about room on nodes. */
export function isFitRule(name: string): name is FitRuleName {
  return Object.hasOwn(FIT_FACTS, name);
}
