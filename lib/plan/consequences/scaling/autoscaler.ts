import type { Cluster } from '../../../graph/cluster';
import { replicasOf, type HorizontalScaler, type Replicas } from '../../../graph/replicas';
import { scalerAt, type Range } from '../../../graph/scalers';
import { formatId, type Manifest } from '../../../manifest/manifest';
import type { Severity } from '../../../check/finding';
import type { ConsequenceRule } from '../rule';
import { count, nameOf } from '../words';

export const autoscaler: ConsequenceRule = {
  kind: 'scaling',
  about: 'An autoscaler starts or stops scaling a workload, pauses, resumes, or changes its range of pods.',
  run({ steps, before, after }, report) {
    const successors = new Map(steps.map(({ change }) => [change.before, change.after]));
    for (const step of steps) {
      const { change } = step;
      if (change.effect === 'none' || change.effect === 'rejected') continue;
      const [old, now] = [scalerOf(before, change.before), scalerOf(after, change.after)];
      const say = (severity: Severity, message: string): void =>
        report(step, severity, `${nameOf(step)} ${message}`);
      if (old !== undefined && now !== undefined && successors.get(old.scaled) === now.scaled) {
        const present = replicasOf(after, now.scaled)?.current ?? replicasOf(before, old.scaled)?.current;
        changed(old, now, present, say);
      } else {
        const left = successors.get(old?.scaled);
        if (old !== undefined && left !== undefined) letsGo(old, replicasOf(after, left), say);
        if (now !== undefined) say('info', `now scales ${formatId(now.scaled.id)}: ${inWords(now.range)}.`);
      }
    }
  },
};

/** The autoscaler of the number of pods that an object is. */
function scalerOf(cluster: Cluster, manifest: Manifest | undefined): HorizontalScaler | undefined {
  const scaler = manifest && scalerAt(cluster, manifest);
  return scaler?.range === undefined ? undefined : { ...scaler, range: scaler.range };
}

function letsGo(
  { scaled, restores }: HorizontalScaler,
  left: Replicas | undefined,
  say: (severity: Severity, message: string) => void,
): void {
  const message = `no longer scales ${formatId(scaled.id)}`;
  const [next] = left?.scalers ?? [];
  const own = left?.current;
  if (next !== undefined) say('info', `${message}: ${formatId(next.manifest.id)} does.`);
  else if (own !== undefined)
    say('info', `${message}: the next apply sets it to ${count(own, 'pod')} again.`);
  else if (restores) say('info', `${message}, which returns to its original number of pods.`);
  else say('info', `${message}, which keeps its current number of pods.`);
}

function changed(
  old: HorizontalScaler,
  now: HorizontalScaler,
  present: number | undefined,
  say: (severity: Severity, message: string) => void,
): void {
  const target = formatId(now.scaled.id);
  if (now.isPaused !== old.isPaused)
    say(
      'info',
      now.isPaused
        ? `is paused: ${target} keeps its current number of pods.`
        : `is no longer paused, and scales ${target} again.`,
    );
  const { min, max } = now.range;
  if (min === old.range.min && max === old.range.max) return;
  const range = `now keeps ${inWords(now.range)} of ${target}, instead of ${inWords(old.range)}`;
  const has = present === undefined ? 'it ' : `it has ${present}, and `;
  if ((present ?? old.range.max) < min) say('warning', `${range}: ${has}is scaled up to ${min} immediately.`);
  else if ((present ?? old.range.min) > max)
    say('warning', `${range}: ${has}is scaled down to ${max} immediately.`);
  else say('info', `${range}.`);
}

/** `3 to 9 pods`. */
function inWords({ min, max }: Range): string {
  return min === max ? count(max, 'pod') : `${min} to ${count(max, 'pod')}`;
}
