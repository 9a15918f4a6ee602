import type { Cluster } from '../../../graph/cluster';
import { namespaceOf } from '../../../graph/namespace';
import { podTemplateOf } from '../../../graph/pod-template';
import { knownPods, type Pods } from '../../../graph/pods';
import { quotasIn } from '../../../graph/quotas';
import { replicasOf } from '../../../graph/replicas';
import { aggregate } from '../../../kube/pod-resources';
import { canonical } from '../../../kube/quantity';
import type { PlainRecord } from '../../../manifest/data';
import { formatId } from '../../../manifest/manifest';
import { forEachStep, type StepReport } from '../rule';
import { count, nameOf } from '../words';
import type { RollingUpdate } from './rolling-update';
import { worstMoment } from './worst-moment';

/** Only workloads of the set with a number of replicas are counted: what else is in the namespace takes more room. */
export const quotas = forEachStep({
  kind: 'rollout',
  about: 'A ResourceQuota leaves no room for the new pods that a rollout starts before the old ones stop.',
  effects: ['pods-replaced'],
  look(step, steps, report) {
    const rolling = worstMoment(step, steps);
    const { after: manifest } = step.change;
    if (rolling === undefined || manifest === undefined) return;
    const namespace = namespaceOf(manifest);
    for (const quota of quotasIn(steps.after, namespace)) {
      const pods = steps.after.derived(podsByNamespace).get(namespace) ?? [];
      const others = pods.filter((pod) => pod.manifest !== manifest);
      for (const [resource, hard] of quota.hard) {
        const [old = 0n, fresh = 0n] = [step.was, step.now].map((object) =>
          amount(podTemplateOf(object)?.field.at('spec').record ?? {}, resource),
        );
        if (fresh === 0n) continue;
        const taken = others.reduce(
          (sum, pod) =>
            sum + amount(pod.spec.record, resource) * BigInt(replicasOf(steps.after, pod.manifest)?.min ?? 0),
          0n,
        );
        const reason = `${formatId(quota.manifest.id)} allows ${resource} ${canonical(hard)}, and each new pod takes ${canonical({ ...hard, nanos: fresh })}.`;
        hindrance(nameOf(step), { free: hard.nanos - taken, old, fresh, reason }, rolling, report);
      }
    }
  },
});

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

function podsByNamespace(cluster: Cluster): ReadonlyMap<string, readonly Pods[]> {
  const found = new Map<string, Pods[]>();
  for (const pod of knownPods(cluster)) {
    const list = found.get(pod.namespace);
    if (list === undefined) found.set(pod.namespace, [pod]);
    else list.push(pod);
  }
  return found;
}

/** What a pod takes of what a quota counts, in nanos; less than the truth where the server adds to it. */
function amount(spec: PlainRecord, resource: string): bigint {
  if (resource === 'pods' || resource === 'count/pods') return 10n ** 9n;
  const [, side = 'requests', name = ''] =
    /^(?:(requests|limits)\.)?(cpu|memory|ephemeral-storage)$/.exec(resource) ?? [];
  if (name === '') return 0n;
  return aggregate(spec, side === 'limits' ? 'limits' : 'requests').get(name)?.nanos ?? 0n;
}
