import { knownOf } from '../../graph/objects';
import { knownPods, type Pods } from '../../graph/pods';
import type { Cluster } from '../../graph/cluster';
import { recordIn } from '../../apiserver/defaults/plain';
import { aggregate } from '../../kube/pod-resources';
import { canonical, parseQuantity } from '../../kube/quantity';
import type { PlainRecord } from '../../manifest/data';
import { formatId } from '../../manifest/manifest';
import type { RollingUpdate } from './rolling-update';
import type { Step, Steps, Report } from './rule';
import { scalerOf } from './scalers';
import { count, nameOf, numberIn } from './workload';

/**
 * Whether the ResourceQuotas of a namespace leave room for the pods that a rollout starts beside the old ones. Only
 * workloads of the set with a number of replicas are counted: what else is there takes more room.
 */
export function quotas(step: Step, { after }: Steps, rolling: RollingUpdate, report: Report): void {
  const { after: manifest } = step.change;
  const namespace = manifest?.id.namespace ?? 'default';
  for (const quota of knownOf(after, '/ResourceQuota')) {
    const spec = recordIn(quota.manifest.object, 'spec') ?? {};
    // A scope counts some pods only, by what they are like.
    if (quota.namespace !== namespace || spec['scopes'] !== undefined || spec['scopeSelector'] !== undefined)
      continue;
    const pods = after.derived(podsByNamespace).get(namespace) ?? [];
    const others = pods.filter((pod) => pod.manifest !== manifest);
    for (const [resource, value] of Object.entries(recordIn(spec, 'hard') ?? {})) {
      const hard = parseQuantity(String(value));
      const [old = 0n, fresh = 0n] = [step.was, step.now].map((each) => amount(podSpec(each), resource));
      if (hard === undefined || fresh === 0n) continue;
      const taken = others.reduce(
        (sum, pod) => sum + amount(record(pod.spec.value), resource) * BigInt(replicasOf(pod, after)),
        0n,
      );
      const reason = `${formatId(quota.manifest.id)} allows ${resource} ${canonical(hard)}, and each new pod takes ${canonical({ ...hard, nanos: fresh })}.`;
      hindrance(step, { free: hard.nanos - taken, old, fresh, reason }, rolling, report);
    }
  }
}

/** What is left of one resource for a workload, and what its pods take of it, in nanos. */
interface Room {
  readonly free: bigint;
  readonly old: bigint;
  readonly fresh: bigint;
  readonly reason: string;
}

function hindrance(
  step: Step,
  room: Room,
  { replicas, surge, unavailable }: RollingUpdate,
  report: Report,
): void {
  const { free, old, fresh, reason } = room;
  const name = nameOf(step);
  if (free < fresh * BigInt(replicas)) {
    const fitting = free < fresh ? 0n : free / fresh;
    return report(
      step,
      'warning',
      `Only ${fitting} of ${count(replicas, 'new pod')} of ${name} can be made: ${reason}`,
    );
  }
  const left = free - old * BigInt(replicas);
  const beside = left < 0n ? 0n : left / fresh;
  if (beside >= BigInt(surge)) return;
  if (beside === 0n && unavailable === 0)
    report(
      step,
      'warning',
      `The rollout of ${name} stands still: no new pod fits beside its ${count(replicas, 'old pod')}, none of which may stop before. ${reason}`,
    );
  else
    report(
      step,
      'info',
      `The rollout of ${name} goes slower: ${beside} of ${count(surge, 'new pod')} fit beside the old ones. ${reason}`,
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

const COUNTED: ReadonlySet<string> = new Set([
  'apps/Deployment',
  'apps/StatefulSet',
  'apps/ReplicaSet',
  '/ReplicationController',
]);

function replicasOf({ kind, manifest }: Pods, after: Cluster): number {
  if (kind === '/Pod') return 1;
  if (!COUNTED.has(kind)) return 0;
  return scalerOf(after, manifest)?.min ?? numberIn(recordIn(manifest.object, 'spec') ?? {}, 'replicas', 1);
}

function podSpec(object: PlainRecord | undefined): PlainRecord {
  const template = recordIn(recordIn(object ?? {}, 'spec') ?? {}, 'template') ?? {};
  return recordIn(template, 'spec') ?? {};
}

function record(value: unknown): PlainRecord {
  return recordIn({ value }, 'value') ?? {};
}
