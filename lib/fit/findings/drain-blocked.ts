import type { Report } from '../../check/rule';
import { grouped } from '../../kube/grouped';
import { identityKey, type ObjectId } from '../../manifest/manifest';
import { drainsOf, type DrainBlock } from '../drain';
import { fieldOf } from './field';
import type { Judgement } from './judgement';
import { named } from './words';

interface Trouble {
  readonly node: string;
  readonly workload: ObjectId;
  readonly message: string;
  readonly why: DrainBlock['why'] | 'no-room';
}

/** Pods that keep a node from being drained. */
export function drainBlocked({ cluster, first, workloads }: Judgement, report: Report): void {
  const { nodes } = first.simulation.state;
  const drains = drainsOf(first, nodes);
  const troubles = drains.flatMap(({ node, blocked, homeless }): Trouble[] => [
    ...blocked.map((block) => ({ ...block, node })),
    // A cluster of one node has no other node to go to, and need not be told so.
    ...(nodes.length < 2 ? [] : homeless.map((each) => ({ ...each, node, why: 'no-room' as const }))),
  ]);
  const byKey = grouped(troubles, ({ workload }) => identityKey(workload));
  for (const { id, manifest } of workloads) {
    const own = grouped(byKey.get(identityKey(id)) ?? [], ({ why }) => why);
    for (const [why, each] of own) {
      const places = named([...new Set(each.map(({ node }) => node))]);
      const message = each[0]?.message ?? '';
      const text =
        why === 'no-room'
          ? `an evicted pod finds no new node when ${places} is drained: ${message}`
          : `no pod may be evicted when ${places} is drained: ${message}`;
      report(manifest, fieldOf(cluster, manifest), text, HINTS[why]);
    }
  }
}

const HINTS: Readonly<Record<Trouble['why'], string>> = {
  budget: 'Let one pod be missing: maxUnavailable: 1 in the budget, or one more replica.',
  'several-budgets': 'Have one PodDisruptionBudget select the pod.',
  'no-controller': 'Have a Deployment or a Job make the pod.',
  'no-room': 'Make room on the other nodes: one more node, or lower requests.',
};
