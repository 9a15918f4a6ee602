import { referencesIn } from '../../graph/references';
import { recordIn, recordsIn } from '../../apiserver/defaults/plain';
import { formatId, type Manifest } from '../../manifest/manifest';
import { deadProbes } from './probes';
import { rollingUpdateOf } from './rolling-update';
import type { ConsequenceRule, Step, Steps, Report } from './rule';
import { scalerOf } from './scalers';
import { count, kindOf, nameOf, numberIn, specOf } from './workload';

export const downtime: ConsequenceRule = {
  name: 'downtime',
  about:
    'Where nothing serves for a while, new pods wait for old ones that wait for them, or they never become ready.',
  run(steps, report) {
    for (const step of steps.steps) {
      const { effect } = step.change;
      if (effect === 'pods-replaced') deadProbes(step, steps, report);
      if (effect === 'deleted') gone(step, report);
      else if (effect === 'pods-replaced' && kindOf(step) === 'apps/Deployment')
        deployment(step, steps, report);
      else if (effect === 'pods-replaced' && kindOf(step) === 'apps/StatefulSet') statefulSet(step, report);
    }
  },
};

const WORKLOADS: ReadonlySet<string> = new Set(['apps/Deployment', 'apps/StatefulSet', 'apps/DaemonSet']);

function gone(step: Step, report: Report): void {
  if (WORKLOADS.has(kindOf(step))) report(step, 'warning', `${nameOf(step)} is deleted, and its pods stop.`);
}

function deployment(step: Step, { after }: Steps, report: Report): void {
  const { after: manifest } = step.change;
  if (manifest === undefined) return;
  const spec = specOf(step);
  const replicas = scalerOf(after, manifest)?.min ?? numberIn(spec, 'replicas', 1);
  if (replicas === 0 || spec['paused'] === true) return;
  const name = nameOf(step);
  const rolling = rollingUpdateOf(spec, replicas);
  if (rolling === undefined) {
    const pods = replicas === 1 ? 'its only pod' : `all ${count(replicas, 'pod')}`;
    report(step, 'warning', `${name} stops ${pods} before a new one starts, and nothing serves in between.`);
    return;
  }
  if (rolling.unavailable >= replicas) {
    const pods = replicas === 1 ? 'its only pod' : `all ${count(replicas, 'pod')} at once`;
    report(
      step,
      'warning',
      `${name} may stop ${pods} before a new one serves: its strategy lets ${rolling.unavailable} be missing.`,
    );
  }
  if (rolling.surge === 0) return;
  for (const [claim, mode] of exclusiveClaims(manifest, after)) {
    report(
      step,
      'warning',
      `${name} starts new pods beside the old ones, but ${claim} is ${mode}: a new pod on another node waits for a volume that the old pod keeps. Set spec.strategy.type to Recreate, or maxSurge to 0.`,
    );
  }
  if (rolling.unavailable > 0) return;
  for (const port of hostPorts(step)) {
    report(
      step,
      'warning',
      `${name} starts new pods beside the old ones, but each holds port ${port} of its node: a new pod needs a node on which none runs. Set maxSurge to 0 and maxUnavailable to 1.`,
    );
  }
}

/** The claims of the set that pods of `manifest` mount, and that no two nodes can share. */
function exclusiveClaims(manifest: Manifest, after: Steps['after']): [string, string][] {
  return referencesIn(after)
    .from(manifest)
    .flatMap((reference): [string, string][] => {
      if (reference.type !== 'names' || reference.role !== 'claim' || reference.found === undefined)
        return [];
      const spec = recordIn(reference.found.object, 'spec');
      const modes = Array.isArray(spec?.['accessModes']) ? (spec['accessModes'] as unknown[]) : [];
      const isShared = modes.some((mode) => mode === 'ReadWriteMany' || mode === 'ReadOnlyMany');
      return isShared || modes.length === 0 ? [] : [[formatId(reference.found.id), String(modes[0])]];
    });
}

function hostPorts(step: Step): number[] {
  const pod = recordIn(recordIn(specOf(step), 'template') ?? {}, 'spec') ?? {};
  const ports = recordsIn(pod, 'containers').flatMap((container) => recordsIn(container, 'ports'));
  const own = pod['hostNetwork'] === true ? 'containerPort' : 'hostPort';
  return [...new Set(ports.map((port) => numberIn(port, own, 0)))].filter((port) => port > 0);
}

function statefulSet(step: Step, report: Report): void {
  const spec = specOf(step);
  const strategy = recordIn(spec, 'updateStrategy') ?? {};
  const partition = numberIn(recordIn(strategy, 'rollingUpdate') ?? {}, 'partition', 0);
  const start = numberIn(recordIn(spec, 'ordinals') ?? {}, 'start', 0);
  const isReplaced = strategy['type'] !== 'OnDelete' && partition <= start;
  if (numberIn(spec, 'replicas', 1) !== 1 || !isReplaced) return;
  report(step, 'warning', `${nameOf(step)} has one pod, which stops before its successor starts.`);
}
