import { replicasOf, type Replicas } from '../../../graph/replicas';
import { rolloutOf } from '../../../graph/rollouts';
import { refusedOutcome } from '../downtime/pods-refused';
import { recordIn } from '../../../apiserver/defaults/plain';
import { formatId } from '../../../manifest/manifest';
import type { PlainRecord } from '../../../manifest/data';
import { forEachStep, type Step, type Steps } from '../rule';
import { count, kindOf, nameOf, specOf } from '../words';
import { customRollout } from './custom-rollout';
import { allOf } from './pods';
import { rollingUpdateOf, share } from '../../../graph/rolling-update';
import { stagedRollout } from './staged';
import { strategyOf } from './worst-moment';

export const podsReplaced = forEachStep({
  kind: 'rollout',
  about: 'Pods are replaced: how many, how many at a time, and how many serve meanwhile.',
  effects: ['pods-replaced'],
  isInPlace: true,
  look(step, steps, report) {
    if (refusedOutcome(step, steps) === undefined) report('info', sentence(step, steps));
  },
});

function sentence(step: Step, { before, after }: Steps): string {
  const { before: old, after: manifest } = step.change;
  const [name, spec] = [nameOf(step), specOf(step)];
  const pods = manifest && replicasOf(after, manifest);
  const rollout = manifest && rolloutOf(after, manifest);
  if (rollout !== undefined)
    return stagedRollout(rollout, name, pods, old === undefined || rolloutOf(before, old)?.by !== rollout.by);
  const kind = kindOf(step);
  if (kind === 'apps/DaemonSet') return daemonSet(name, spec);
  if (kind === 'apps/ReplicaSet' || kind === '/ReplicationController')
    return `${name} keeps its pods: only new pods use the new template.`;
  if (kind === 'apps/Deployment' && pods !== undefined) return deployment(name, spec, pods);
  if (kind === 'apps/StatefulSet' && pods !== undefined) return statefulSet(name, spec, pods);
  return customRollout(name, spec, pods);
}

function deployment(name: string, spec: PlainRecord, pods: Replicas): string {
  if (spec['paused'] === true) return `${name} is paused: its pods stay until it is resumed.`;
  if (pods.max === 0) return `${name} has no pods to replace.`;
  const rolling = rollingUpdateOf(spec, Math.max(pods.min, 1));
  if (rolling === undefined) return `${name} stops ${allOf(pods)}, and then starts new ones.`;
  const { replicas, surge, unavailable } = rolling;
  if (pods.min === 0) return `${name} replaces ${allOf(pods)} in a rolling update.`;
  const more = surge === 0 ? 'no more' : `at most ${surge} more`;
  const serving = `at least ${replicas - unavailable} of ${replicas} serving`;
  return `${name} replaces ${allOf(pods)}, with ${more} at a time and ${serving}.`;
}

/** Without the gate MaxUnavailableStatefulSet, which is closed by default, pods are replaced one by one. */
function statefulSet(name: string, spec: PlainRecord, pods: Replicas): string {
  const { isOnDelete, partition, start } = strategyOf(spec);
  if (isOnDelete) return onDelete(name);
  if (pods.max === 0) return `${name} has no pods to replace.`;
  if (pods.min === 0) return `${name} replaces ${allOf(pods)} one by one.`;
  const replicas = pods.min;
  const [scaler] = pods.scalers;
  const left = Math.min(Math.max(partition - start, 0), replicas);
  if (left === replicas)
    return `${name} replaces no pods: its partition is ${partition}, beyond its ${count(replicas, 'pod')}.`;
  const kept = left === 0 ? '' : `, and keeps the ${count(left, 'pod')} below partition ${partition}`;
  const last = start + replicas - 1;
  const order =
    replicas - left === 1 ? `pod ${last}` : `its pods one by one, from ${last} down to ${start + left}`;
  const scaled = scaler === undefined ? '' : ` (at the minimum of ${formatId(scaler.manifest.id)})`;
  return `${name} replaces ${order}, with ${replicas - 1} of ${replicas} serving${scaled}${kept}.`;
}

function daemonSet(name: string, spec: PlainRecord): string {
  const strategy = recordIn(spec, 'updateStrategy') ?? {};
  if (strategy['type'] === 'OnDelete') return onDelete(name);
  const rolling = recordIn(strategy, 'rollingUpdate') ?? {};
  const { maxSurge: surge, maxUnavailable: unavailable } = rolling;
  const nodes = (value: unknown): string =>
    typeof value === 'number' ? count(value, 'node') : `${String(value)} of the nodes`;
  if (share(surge, 100, true) > 0)
    return `${name} replaces its pod on every node, on ${nodes(surge)} at a time, and starts each new pod before the old one stops.`;
  return `${name} replaces its pod on every node, with no pod on at most ${nodes(unavailable)} at a time.`;
}

function onDelete(name: string): string {
  return `${name} replaces a pod only when it is deleted: its update strategy is OnDelete.`;
}
