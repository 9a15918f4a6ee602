import { equal } from '../../../apiserver/update/equal';
import { podIndex, type Pods } from '../../../graph/pods';
import { serviceOf, type Service } from '../../../graph/services';
import type { Manifest } from '../../../manifest/manifest';
import type { ConsequenceRule, Report, Step, Steps } from '../rule';
import { count, kindOf, nameOf, specOf } from '../words';

export const serviceSelector: ConsequenceRule = {
  kind: 'traffic',
  about: 'A Service selects other pods: none, or only pods that do not run yet.',
  run(steps, report) {
    const services = steps.steps.filter(
      (step) => step.change.effect === 'updated' && kindOf(step) === '/Service',
    );
    if (services.length === 0) return;
    const byWorkload = new Map(steps.steps.map((step) => [step.change.after, step]));
    // Services with the same selector share what they select, and what there is to say about it.
    const selections = new Map<readonly Pods[], Selection>();
    for (const step of services) selected(step, steps, { byWorkload, selections }, report);
  },
};

interface Known {
  readonly byWorkload: ReadonlyMap<Manifest | undefined, Step>;
  readonly selections: Map<readonly Pods[], Selection>;
}

/** What is known of the pods that a selector selects. */
interface Selection {
  /** A Canary that has yet to start them, where none has started any. */
  readonly canary: Step | undefined;
  /** The workloads whose pods are selected as soon as they are replaced. */
  readonly waiting: readonly Step[];
}

function selected(
  step: Step,
  { before, after }: Steps,
  { byWorkload, selections }: Known,
  report: Report,
): void {
  const { change } = step;
  if (change.before === undefined || change.after === undefined) return;
  const [old, now] = [serviceOf(before, change.before), serviceOf(after, change.after)];
  // An alias has no pods, which the change of its type says.
  if (equal(old?.selector, now?.selector) || specOf(step)['type'] === 'ExternalName') return;
  const name = nameOf(step);
  if (now?.selector === undefined)
    return report(
      step,
      'warning',
      `${name} no longer selects pods: something else has to provide its endpoints.`,
    );
  if (now.pods.length === 0)
    return report(
      step,
      'error',
      `The new selector of ${name} matches no pods of this set, so it has no endpoints.`,
    );
  const selection =
    selections.get(now.pods) ??
    selectionOf(now, podIndex(before).select(now.selector, [now.namespace]), byWorkload);
  selections.set(now.pods, selection);
  const { canary, waiting } = selection;
  if (canary !== undefined)
    return report(
      step,
      'warning',
      `The new selector of ${name} matches only pods that ${nameOf(canary)} has yet to start: it sends nothing to the running pods until those are ready. Apply the Canary alone first, and the rest when they are.`,
    );
  for (const own of waiting.slice(0, MOST_TOLD))
    report(
      step,
      'warning',
      `The new selector of ${name} matches only the new pods of ${nameOf(own)}: it sends nothing to the running pods, even before the new ones are ready.`,
    );
  const rest = waiting.length - MOST_TOLD;
  if (rest > 0)
    report(
      step,
      'warning',
      `The new selector of ${name} matches only the new pods of ${count(rest, 'more workload')}.`,
    );
}

function selectionOf(
  { pods }: Service,
  running: readonly Pods[],
  byWorkload: Known['byWorkload'],
): Selection {
  const canaries = notStarted(pods, byWorkload);
  const canary = canaries.length === pods.length ? canaries[0] : undefined;
  return { canary, waiting: notRunning(pods, running, byWorkload) };
}

/** The Canaries of Flagger that are new, and so have yet to make the pods that serve. */
function notStarted(
  selected: readonly Pods[],
  byWorkload: ReadonlyMap<Manifest | undefined, Step>,
): readonly Step[] {
  return selected.flatMap(({ kind, manifest }) => {
    const own = kind === 'flagger.app/Canary' ? byWorkload.get(manifest) : undefined;
    return own?.change.effect === 'created' ? [own] : [];
  });
}

/** More workloads than this are counted. */
const MOST_TOLD = 5;

/** The workloads whose pods are selected as soon as they are replaced. */
function notRunning(
  selected: readonly Pods[],
  running: readonly Pods[],
  byWorkload: ReadonlyMap<Manifest | undefined, Step>,
): Step[] {
  const owners = new Set(running.map(({ manifest }) => manifest));
  return selected.flatMap(({ manifest }) => {
    const own = byWorkload.get(manifest);
    if (own?.change.effect !== 'pods-replaced' || own.change.before === undefined) return [];
    return owners.has(own.change.before) ? [] : [own];
  });
}
