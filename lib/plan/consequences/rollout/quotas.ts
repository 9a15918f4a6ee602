import type { Cluster } from '../../../graph/cluster';
import { namespaceOf } from '../../../graph/namespace';
import { podTemplateOf } from '../../../graph/pod-template';
import { formatId } from '../../../manifest/manifest';
import { canonical } from '../../../kube/quantity';
import { forEachStep, type StepReport } from '../rule';
import { count, nameOf } from '../words';
import { amountOf, NamespaceUse, type Limit } from './namespace-use';
import type { RollingUpdate } from './rolling-update';
import { worstMoment } from './worst-moment';

/** Of the quotas of one resource, more than these are counted, the tightest first. */
const MOST_TOLD = 3;

/** Only workloads of the set with a number of replicas are counted: what else is in the namespace takes more room. */
export const quotas = forEachStep({
  kind: 'rollout',
  about: 'A ResourceQuota leaves no room for the new pods that a rollout starts before the old ones stop.',
  effects: ['pods-replaced'],
  look(step, steps, report) {
    const rolling = worstMoment(step, steps);
    const { after: manifest } = step.change;
    if (rolling === undefined || manifest === undefined) return;
    const use = steps.after.derived(useOf);
    const name = nameOf(step);
    for (const [resource, limits] of use.limitsIn(namespaceOf(manifest))) {
      const [old = 0n, fresh = 0n] = [step.was, step.now].map((object) =>
        amountOf(podTemplateOf(object)?.field.at('spec').record ?? {}, resource),
      );
      if (fresh === 0n) continue;
      const taken = use.takenBeside(manifest, resource);
      const room = (limit: Limit): Room => ({
        free: limit.hard.nanos - taken,
        old,
        fresh,
        reason: `${formatId(limit.quota.manifest.id)} allows ${resource} ${canonical(limit.hard)}, and each new pod takes ${canonical({ ...limit.hard, nanos: fresh })}.`,
      });
      const short = below(limits, taken + needOf(old, fresh, rolling));
      for (const limit of limits.slice(0, Math.min(short, MOST_TOLD)))
        hindrance(name, room(limit), rolling, report);
      if (short > MOST_TOLD)
        report('info', `${count(short - MOST_TOLD, 'more ResourceQuota')} of ${resource} limit ${name}.`);
    }
  },
});

function useOf(cluster: Cluster): NamespaceUse {
  return new NamespaceUse(cluster);
}

/** How many limits, which come in their order, are below an amount. */
function below(limits: readonly Limit[], amount: bigint): number {
  let [low, high] = [0, limits.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((limits[middle]?.hard.nanos ?? amount) < amount) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What the pods of a workload take of a resource where nothing hinders their rollout. */
function needOf(old: bigint, fresh: bigint, { replicas, surge }: RollingUpdate): bigint {
  const all = fresh * BigInt(replicas);
  const together = surge === 0 ? 0n : old * BigInt(replicas) + fresh * BigInt(surge);
  return all > together ? all : together;
}

/** What is left of one resource for a workload, and what its pods take of it, in nanos. */
interface Room {
  readonly free: bigint;
  readonly old: bigint;
  readonly fresh: bigint;
  readonly reason: string;
}

function hindrance(
  name: string,
  { free, old, fresh, reason }: Room,
  { replicas, surge, unavailable }: RollingUpdate,
  report: StepReport,
): void {
  if (free < fresh * BigInt(replicas)) {
    const fitting = free < fresh ? 0n : free / fresh;
    return report(
      'warning',
      `Only ${fitting} of ${count(replicas, 'new pod')} of ${name} can be created: ${reason}`,
    );
  }
  const left = free - old * BigInt(replicas);
  const extra = left < 0n ? 0n : left / fresh;
  if (extra >= BigInt(surge)) return;
  if (extra === 0n && unavailable === 0)
    report(
      'warning',
      `The rollout of ${name} is stuck: no new pod fits next to its ${count(replicas, 'old pod')}, and none of them may stop first. ${reason}`,
    );
  else
    report(
      'info',
      `The rollout of ${name} is slower: ${extra} of ${count(surge, 'new pod')} fit next to the old ones. ${reason}`,
    );
}
