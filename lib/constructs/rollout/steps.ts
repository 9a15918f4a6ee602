import { parseDuration } from '../../kube/duration';
import type { Reporter } from '../core/problems';
import { shown } from '../core/props';
import type { Canary } from './strategy';

/** A step of a canary, read. */
export type Step = { readonly weight: number } | { readonly wait: string | undefined };

const EXAMPLE = "Steps look like ['5%', pause('10m'), '25%', pause('10m')].";

/** The steps of a canary, the last of which is 100% or a wait after it; reports those that there cannot be. */
export function readSteps({ canary }: Canary, report: Reporter): readonly Step[] {
  const steps = canary.flatMap((step, index): Step[] => {
    const path = `[${index}]`;
    if (typeof step === 'string') {
      const weight = readWeight(step, path, report);
      return weight === undefined ? [] : [{ weight }];
    }
    const { duration } = step.pause;
    if (duration !== undefined) readSeconds(duration, path, report);
    return [{ wait: duration }];
  });
  if (canary.length === 0)
    report({ code: 'MISSING_PROP', message: 'Required value: a canary needs a step', hint: EXAMPLE });
  // Where a step could not be read, the others have no order.
  if (steps.length === canary.length) checkOrder(steps, report);
  const last = weightsOf(steps).at(-1);
  return last === 100 ? steps : [...steps, { weight: 100 }];
}

/** The shares of a canary in percent. */
export function weightsOf(steps: readonly Step[]): readonly number[] {
  return steps.flatMap((step) => ('weight' in step ? [step.weight] : []));
}

function readWeight(step: string, path: string, report: Reporter): number | undefined {
  const weight = /^\d{1,3}%$/.test(step) ? Number(step.slice(0, -1)) : undefined;
  if (weight !== undefined && weight >= 1 && weight <= 100) return weight;
  const message = `Invalid value: ${shown(step)}: expected a whole percentage from 1% to 100%`;
  report({
    code: 'INVALID_PROP',
    path,
    message,
    hint: EXAMPLE,
  });
  return undefined;
}

/**
 * A duration in whole seconds, as the prop at `path` has it; reports one that Argo Rollouts cannot read.
 *
 * Source: RolloutPause.DurationSeconds of argo-rollouts `pkg/apis/rollouts/v1alpha1/types.go`: a duration of Go, cut to seconds.
 */
export function readSeconds(duration: string, path: string, report: Reporter): number | undefined {
  const seconds = parseDuration(duration);
  if (seconds !== undefined && seconds >= 1) return Math.floor(seconds);
  const message =
    seconds === undefined
      ? `Invalid value: ${shown(duration)}: expected a duration`
      : `Invalid value: ${shown(duration)}: must be at least 1s`;
  report({ code: 'INVALID_PROP', path, message, hint: "Durations look like '90s', '10m' or '1h30m'." });
  return undefined;
}

function checkOrder(steps: readonly Step[], report: Reporter): void {
  const [first] = steps;
  if (first !== undefined && 'wait' in first)
    report({
      code: 'INVALID_PROP',
      path: '[0]',
      message: 'Forbidden: a canary begins with a percentage, since there is nothing to wait for before it',
      hint: EXAMPLE,
    });
  let most = 0;
  for (const [index, step] of steps.entries()) {
    if (!('weight' in step)) continue;
    if (step.weight <= most)
      report({
        code: 'INVALID_PROP',
        path: `[${index}]`,
        message: `Invalid value: "${step.weight}%": must be greater than the ${most}% before it`,
      });
    most = Math.max(most, step.weight);
  }
}
