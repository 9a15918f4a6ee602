import type { ApplyPlan, ApplyResult, FailedObject } from '../../cluster/apply/types';
import { hideIn } from './objects';
import { hideLines } from './text';
import { redactChanges, redactorOf } from './plan';

/** Hides the secrets of a plan's objects, and what looks like one, in texts about them: reasons, events, logs. */
export function hiderOf({ changes }: Pick<ApplyPlan, 'changes'>): (text: string) => string {
  const redactor = redactorOf(changes, false);
  return (text) => redactor.text(text);
}

/** A copy of a result that shows no secret of any of its objects. */
export function redactResult(result: ApplyResult): ApplyResult {
  const hide = hiderOf(result.plan);
  const shown = (value: unknown): unknown => hideIn(value, hide);
  const { plan, failed, unready, outdated } = result;
  const hidden = (objects: readonly FailedObject[]): FailedObject[] =>
    objects.map((each) => ({
      ...each,
      reason: hide(each.reason),
      lines: hideLines(each.lines, hide),
    }));
  return {
    ...result,
    failed: hidden(failed),
    ...(unready !== undefined && { unready: hidden(unready) }),
    ...(outdated !== undefined && { outdated: outdated.map(hide) }),
    plan: {
      ...plan,
      changes: redactChanges(plan.changes),
      refusals: plan.refusals.map((each) => ({
        ...each,
        message: hide(each.message),
        ...(each.hint !== undefined && { hint: hide(each.hint) }),
      })),
      differences: plan.differences.map((each) => ({
        ...each,
        ...('planned' in each && { planned: shown(each.planned) }),
        ...('server' in each && { server: shown(each.server) }),
      })),
      warnings: plan.warnings.map((each) => ({ ...each, message: hide(each.message) })),
    },
  };
}
