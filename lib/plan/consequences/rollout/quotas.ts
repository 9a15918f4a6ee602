import { namespaceOf } from '../../../graph/namespace';
import { podTemplateOf } from '../../../graph/pod-template';
import { formatId } from '../../../manifest/manifest';
import { canonical } from '../../../kube/quantity';
import { forEachStep, type Step, type StepReport, type Steps } from '../rule';
import { count, kindOf, nameOf, numberIn, oldSpecOf, specOf } from '../words';
import { NamespaceUse, type Limit } from '../../../graph/namespace-use';
import { quotasIn } from '../../../graph/quotas';
import type { RollingUpdate } from '../../../graph/rolling-update';
import { worstMoment } from './worst-moment';

/** Of the quotas of one resource, more than these are counted, the tightest first. */
const MOST_TOLD = 3;

/**
 * Only workloads of the set with a number of replicas are counted, and Jobs that the change starts: what else is in the
 * namespace takes more room.
 */
export const quotas = forEachStep({
  kind: 'rollout',
  about:
    'A ResourceQuota leaves no room for new pods: of a rollout that starts them before the old ones stop, of a new workload or Job, or of one that is scaled up.',
  effects: ['created', 'updated', 'pods-replaced'],
  look(step, steps, report) {
    const { after: manifest } = step.change;
    if (manifest === undefined) return;
    const namespace = namespaceOf(manifest);
    if (quotasIn(steps.after, namespace).length === 0) return;
    const use = useOf(steps);
    const rolling = startOf(step, steps, use);
    if (rolling === undefined) return;
    for (const counted of use.limitsIn(namespace)) {
      const [old = 0n, fresh = 0n] = [step.was, step.now].map((object) => {
        const spec = podTemplateOf(object)?.field.at('spec').record;
        return spec === undefined ? 0n : use.amountOf(spec, namespace, counted);
      });
      if (fresh === 0n) continue;
      const taken = use.takenBeside(manifest, counted);
      const { resource, limits } = counted;
      const room = (limit: Limit): Room => ({
        free: limit.hard.nanos - taken,
        old,
        fresh,
        reason: `${formatId(limit.quota.manifest.id)} allows ${resource} ${canonical(limit.hard)}, and each new pod takes ${canonical({ ...limit.hard, nanos: fresh })}.`,
      });
      const name = nameOf(step);
      const short = below(limits, taken + needOf(old, fresh, rolling));
      for (const limit of limits.slice(0, Math.min(short, MOST_TOLD)))
        hindrance(name, room(limit), rolling, report);
      if (short > MOST_TOLD)
        report('info', `${count(short - MOST_TOLD, 'more ResourceQuota')} of ${resource} limit ${name}.`);
    }
  },
});

/** How a change starts pods: a rollout, or all pods of what is new, resumed or scaled up. */
function startOf(step: Step, steps: Steps, use: NamespaceUse): RollingUpdate | undefined {
  const { effect, after } = step.change;
  if (effect === 'pods-replaced' && step.change.recreated === undefined) return worstMoment(step, steps);
  if (after === undefined || kindOf(step) === '/Pod') return undefined;
  const replicas = use.replicasOf(after);
  const isMore =
    effect !== 'updated' || startsJob(step) || replicas > numberIn(oldSpecOf(step), 'replicas', replicas);
  return isMore && replicas > 0 ? { replicas, surge: 0, unavailable: replicas } : undefined;
}

const uses = new WeakMap<Steps, NamespaceUse>();

function useOf(steps: Steps): NamespaceUse {
  const known = uses.get(steps);
  if (known !== undefined) return known;
  const jobs = steps.steps.filter(startsJob).flatMap(({ change }) => change.after ?? []);
  const use = new NamespaceUse(steps.after, new Set(jobs));
  uses.set(steps, use);
  return use;
}

/** Whether a step starts a Job: a new one, one that is made again, or one that was suspended. */
function startsJob(step: Step): boolean {
  const { effect, recreated } = step.change;
  if (kindOf(step) !== 'batch/Job' || specOf(step)['suspend'] === true) return false;
  return (
    effect === 'created' ||
    recreated !== undefined ||
    (effect === 'updated' && oldSpecOf(step)['suspend'] === true)
  );
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
    const pods = count(replicas, old === 0n || surge > 0 || unavailable < replicas ? 'new pod' : 'pod');
    return report('warning', `Only ${fitting} of ${pods} of ${name} can be created: ${reason}`);
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
