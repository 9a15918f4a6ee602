import { recordIn } from '../../apiserver/defaults/plain';
import { formatId, groupOf } from '../../manifest/manifest';
import type { PlainRecord } from '../../manifest/data';
import type { ConsequenceRule, Step, Steps, Report } from './rule';
import { scalerOf, type Scaler } from './scalers';
import { count, kindOf, nameOf, numberIn, specOf } from './workload';

export const scaling: ConsequenceRule = {
  name: 'scaling',
  about: 'How many pods there are, and who says so: the object or an autoscaler.',
  run(steps, report) {
    const byTarget = new Map(steps.steps.map((step) => [targetKey(step), step]));
    for (const step of steps.steps) {
      if (kindOf(step) === 'autoscaling/HorizontalPodAutoscaler') autoscaler(step, byTarget, report);
      else if (SCALED.has(kindOf(step))) replicas(step, steps, report);
    }
  },
};

const SCALED: ReadonlySet<string> = new Set([
  'apps/Deployment',
  'apps/StatefulSet',
  'apps/ReplicaSet',
  '/ReplicationController',
]);

/** What the object itself asks for; nothing where it leaves that to somebody else. */
function declared(object: PlainRecord | undefined): number | undefined {
  const value = recordIn(object ?? {}, 'spec')?.['replicas'];
  return typeof value === 'number' ? value : undefined;
}

function replicas(step: Step, { before, after }: Steps, report: Report): void {
  const { change, was } = step;
  if (change.before === undefined || change.after === undefined || change.effect === 'rejected') return;
  const [scaler, old] = [scalerOf(after, change.after), scalerOf(before, change.before)];
  const [asked, askedBefore] = [declared(change.after.object), declared(change.before.object)];
  const [now, then] = [
    numberIn(specOf(step), 'replicas', 1),
    numberIn(recordIn(was ?? {}, 'spec') ?? {}, 'replicas', 1),
  ];
  if (scaler === undefined) {
    if (was !== undefined && now !== then)
      report(step, now === 0 ? 'warning' : 'info', scaledByHand(step, then, now, old));
    return;
  }
  const name = nameOf(step);
  if (asked === undefined && askedBefore !== undefined && askedBefore > 1) {
    const rest = `${formatId(scaler.manifest.id)} scales it up again`;
    const message = `${name} no longer says how many pods there are: unless its autoscaler has set the number since it was last applied, it drops from ${askedBefore} to 1 before ${rest}. Let the autoscaler take over first, and take replicas away after that.`;
    report(step, 'warning', message);
  } else if (asked !== undefined && was !== undefined && now !== then) {
    report(
      step,
      'warning',
      `${name} is set to ${count(now, 'pod')}, whatever number ${formatId(scaler.manifest.id)} has come to, until that scales it again. Leave replicas out.`,
    );
  }
}

function scaledByHand(step: Step, then: number, now: number, old: Scaler | undefined): string {
  const name = nameOf(step);
  if (now === 0)
    return `${name} stops ${then === 1 ? 'its only pod' : `all ${then} pods`}: it has 0 replicas.`;
  const from = old === undefined ? `from ${then}` : 'from what its autoscaler had come to';
  const isLeft = declared(step.change.after?.object) === undefined;
  return `${name} scales ${from} to ${count(now, 'pod')}${isLeft ? ', which is the default' : ''}.`;
}

function targetKey({ change: { id } }: Step): string {
  return `${id.namespace ?? 'default'}|${groupOf(id.apiVersion)}|${id.kind}|${id.name}`;
}

/** The step of what an autoscaler scales. */
function targetOf(step: Step, byTarget: ReadonlyMap<string, Step>): Step | undefined {
  const object = step.change.after?.object ?? step.change.before?.object;
  const target = recordIn(recordIn(object ?? {}, 'spec') ?? {}, 'scaleTargetRef') ?? {};
  const { apiVersion } = target;
  const group = typeof apiVersion === 'string' ? groupOf(apiVersion) : '';
  return byTarget.get(
    `${step.change.id.namespace ?? 'default'}|${group}|${String(target['kind'])}|${String(target['name'])}`,
  );
}

function autoscaler(step: Step, byTarget: ReadonlyMap<string, Step>, report: Report): void {
  const target = targetOf(step, byTarget);
  const { effect } = step.change;
  if (target === undefined || effect === 'none' || effect === 'rejected') return;
  const [name, scaled] = [nameOf(step), nameOf(target)];
  const own = declared(target.change.after?.object);
  if (effect === 'deleted') {
    if (target.change.effect === 'deleted') return;
    const rest =
      own === undefined
        ? 'the number of pods stays what it is, and nobody changes it'
        : `it has ${count(own, 'pod')} again with the next apply`;
    return report(step, 'info', `${name} lets go of ${scaled}: ${rest}.`);
  }
  const spec = specOf(step);
  const [min, max] = [numberIn(spec, 'minReplicas', 1), numberIn(spec, 'maxReplicas', 1)];
  const range = `${min} to ${max}`;
  if (effect === 'created') report(step, 'info', `${name} takes over how many pods ${scaled} has: ${range}.`);
  const before = recordIn(step.was ?? {}, 'spec') ?? {};
  const isChanged = min !== before['minReplicas'] || max !== before['maxReplicas'];
  const present = own ?? declared(target.change.before?.object);
  if (!isChanged || present === undefined || (present >= min && present <= max)) return;
  const end = present < min ? min : max;
  report(
    step,
    'warning',
    `${name} keeps ${range} pods, and ${scaled} has ${present}: it is scaled to ${end} at once.`,
  );
}
