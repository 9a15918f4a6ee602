import type { Report } from '../../check/rule';
import { replicasOf, type HorizontalScaler } from '../../graph/replicas';
import { rollingUpdateOf } from '../../graph/rolling-update';
import { Field } from '../../manifest/field';
import { formatId } from '../../manifest/manifest';
import { roomFor } from '../headroom';
import type { Judgement, JudgedWorkload } from './judgement';

/** Autoscalers, and rollouts, that want more pods than there is room for. */
export function noHeadroom({ cluster, first, workloads }: Judgement, report: Report): void {
  for (const workload of workloads) {
    const { manifest, pods } = workload;
    // What is pending already is another rule's finding.
    if (pods.some(({ node }) => node === undefined)) continue;
    const replicas = replicasOf(cluster, manifest);
    const wanted = (replicas?.max ?? pods.length) - pods.length;
    const needsSurge = surges(workload);
    const room = roomFor(workload, first, Math.max(wanted, needsSurge ? 1 : 0));
    if (room?.message === undefined) continue;
    const { more, message } = room;
    if (needsSurge && more === 0)
      report(
        manifest,
        strategyPath(manifest.object),
        `a rollout gets stuck, as its first new pod finds no node: ${message}`,
        SURGE_HINT,
      );
    const scaler = replicas?.scalers.find(({ range }) => range.max === replicas.max);
    if (scaler === undefined || wanted <= more) continue;
    const most = pods.length + more;
    const text = `only ${most} of at most ${replicas?.max ?? most} pods of ${formatId(manifest.id)} find a node: ${message}`;
    report(scaler.manifest, maximumPath(scaler), text, SCALER_HINT);
  }
}

const SURGE_HINT = 'Make room for one more pod, or let one be missing: maxUnavailable: 1.';
const SCALER_HINT = 'Make room for the maximum, or lower it.';

/** Whether a rollout begins with a new pod, before any of the old ones stops. */
function surges({ manifest: { object }, pods }: JudgedWorkload): boolean {
  if (object.kind !== 'Deployment' || pods.length === 0) return false;
  const rolling = rollingUpdateOf(Field.root(object).child('spec').record, pods.length);
  return rolling !== undefined && rolling.surge > 0 && rolling.unavailable === 0;
}

function strategyPath(object: JudgedWorkload['manifest']['object']): string {
  const spec = Field.root(object).child('spec');
  const strategy = spec.child('strategy');
  return strategy.isSet ? strategy.path : spec.path;
}

/** `spec.maxReplicas`, or `spec.maxReplicaCount` of a ScaledObject. */
function maximumPath({ root }: HorizontalScaler): string {
  const names = ['maxReplicas', 'maxReplicaCount'];
  const fields = names.map((name) => root.at('spec', name));
  return (fields.find(({ isSet }) => isSet) ?? root.child('spec')).path;
}
