import { recordIn } from '../../apiserver/defaults/plain';
import type { PlainRecord } from '../../manifest/data';
import { budgets } from './budget';
import { quotas } from './quota';
import { rollingUpdateOf } from './rolling-update';
import type { ConsequenceRule, Step, Steps } from './rule';
import { scalerOf } from './scalers';
import { count, kindOf, nameOf, numberIn, scaled, specOf } from './workload';
import { worstMoment } from './worst-moment';

export const rollout: ConsequenceRule = {
  name: 'rollout',
  about:
    'Which pods are replaced, how many at a time, how many are left to serve at the worst moment, and what budgets and quotas make of it.',
  run(steps, report) {
    for (const step of steps.steps) {
      const message = step.change.effect === 'pods-replaced' ? replaced(step, steps) : nextRun(step);
      if (message !== undefined) report(step, 'info', message);
      const rolling = worstMoment(step, steps);
      if (rolling === undefined) continue;
      budgets(step, steps, rolling, report);
      quotas(step, steps, rolling, report);
    }
  },
};

function replaced(step: Step, { after }: Steps): string | undefined {
  const spec = specOf(step);
  const { after: manifest } = step.change;
  const scaler = manifest === undefined ? undefined : scalerOf(after, manifest);
  const replicas = scaler?.min ?? numberIn(spec, 'replicas', 1);
  switch (kindOf(step)) {
    case 'apps/Deployment':
      return deployment(nameOf(step), spec, replicas, scaler !== undefined);
    case 'apps/StatefulSet':
      return statefulSet(nameOf(step), spec, replicas);
    case 'apps/DaemonSet':
      return daemonSet(nameOf(step), spec);
    default:
      return `The pods of ${nameOf(step)} stay as they are: only pods that are made from now on follow the new template.`;
  }
}

function deployment(name: string, spec: PlainRecord, replicas: number, isScaled: boolean): string {
  if (spec['paused'] === true) return `${name} is paused: its pods stay as they are until it no longer is.`;
  if (replicas === 0) return `${name} has no pods to replace.`;
  const least = isScaled ? ', at the least that its HorizontalPodAutoscaler keeps' : '';
  const rolling = rollingUpdateOf(spec, replicas);
  if (rolling === undefined) return `${name} stops ${all(replicas)}${least}, and then starts new ones.`;
  const { surge, unavailable } = rolling;
  const serving = replicas - unavailable;
  return `${name} replaces ${all(replicas)}${least}, with ${surge === 0 ? 'no more' : `at most ${surge} more`} at a time and at least ${serving} of ${replicas} serving.`;
}

function all(replicas: number): string {
  return replicas === 1 ? 'its 1 pod' : `all ${replicas} pods`;
}

/** Without the gate MaxUnavailableStatefulSet, which no release has open, pods are replaced one by one. */
function statefulSet(name: string, spec: PlainRecord, replicas: number): string {
  const strategy = recordIn(spec, 'updateStrategy') ?? {};
  if (strategy['type'] === 'OnDelete') {
    return `${name} replaces a pod when somebody deletes it, and not before: its update strategy is OnDelete.`;
  }
  if (replicas === 0) return `${name} has no pods to replace.`;
  const start = numberIn(recordIn(spec, 'ordinals') ?? {}, 'start', 0);
  const partition = numberIn(recordIn(strategy, 'rollingUpdate') ?? {}, 'partition', 0);
  const left = Math.min(Math.max(partition - start, 0), replicas);
  if (left === replicas)
    return `${name} replaces no pod: its partition is ${partition}, beyond its ${count(replicas, 'pod')}.`;
  const kept = left === 0 ? '' : `, and leaves the ${left} below partition ${partition} as they are`;
  const last = start + replicas - 1;
  const order =
    replicas - left === 1 ? `pod ${last}` : `its pods one by one, from ${last} down to ${start + left}`;
  return `${name} replaces ${order}, with ${replicas - 1} of ${replicas} serving${kept}.`;
}

function daemonSet(name: string, spec: PlainRecord): string {
  const strategy = recordIn(spec, 'updateStrategy') ?? {};
  if (strategy['type'] === 'OnDelete') {
    return `${name} replaces a pod when somebody deletes it, and not before: its update strategy is OnDelete.`;
  }
  const rolling = recordIn(strategy, 'rollingUpdate') ?? {};
  const [surge, unavailable] = [rolling['maxSurge'] ?? 0, rolling['maxUnavailable'] ?? 1];
  const nodes = (value: unknown): string =>
    typeof value === 'number' ? count(value, 'node') : `${String(value)} of the nodes`;
  if (scaled(surge, 100, 'up') > 0) {
    return `${name} replaces its pod on every node, on ${nodes(surge)} at a time, where the new pod starts before the old one stops.`;
  }
  return `${name} replaces its pod on every node, and is missing on at most ${nodes(unavailable)} at a time.`;
}

/** What makes pods only now and then changes nothing for those that run. */
function nextRun(step: Step): string | undefined {
  const isCronJob = kindOf(step) === 'batch/CronJob' && step.change.effect === 'updated';
  const isAboutJobs = step.change.fields.some(({ path }) => path.startsWith('spec.jobTemplate'));
  if (!isCronJob || !isAboutJobs) return undefined;
  return `${nameOf(step)} makes its next Job after the new template, and leaves those that run alone.`;
}
